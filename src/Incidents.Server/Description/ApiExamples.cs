using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Incidents.Server.Description;

/// <summary>Examples of the calls that people begin with. A test sends the requests to a server and compares the fields of the answers.</summary>
internal static class ApiExamples
{
    private const string Incident = """
        {"id":"019a9d3e-5f10-7c3a-9b1e-2f6d8c0a4e11","number":42,"title":"Checkout error rate is 7 %","details":"https://grafana.example.com/d/checkout","status":"acknowledged","severity":"SEV1","urgency":"high","service":"payments-api","team":"payments","pool":"A","policy":"standard","openedAt":"2026-11-21T22:14:03.112Z","pagingStartsAt":"2026-11-21T22:14:03.112Z","acknowledgedAt":"2026-11-21T22:14:31.9Z","acknowledgedBy":"ana","resolvedAt":null,"resolvedBy":null,"mergedInto":null,"level":1,"levels":6,"pass":1,"passes":3,"nextStepAt":null,"snoozedUntil":null,"paged":["ana"],"runbook":"https://wiki.example.com/payments","alertCount":0,"alerts":[],"mayAct":true}
        """;

    public static IReadOnlyDictionary<string, string> Requests { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["declareIncident"] = """{"title":"Checkout error rate is 7 %","service":"payments-api","severity":"SEV1","details":"https://grafana.example.com/d/checkout"}""",
        ["acknowledgeIncident"] = """{"note":"Looking at the deploy of 22:10."}""",
        ["resolveIncident"] = """{"note":"Rolled back."}""",
        ["escalateIncident"] = """{"note":"I need a second pair of eyes."}""",
        ["snoozeIncident"] = """{"until":"2026-11-22T06:00:00Z","note":"Waits for the vendor."}""",
        ["addNote"] = """{"note":"The vendor confirms: fixed at 06:00 UTC."}""",
        ["createKey"] = """{"name":"deploy pipeline","person":null,"role":"responder"}""",
        ["sendTestAlert"] = """{"summary":"Does the right phone ring?"}""",
        ["ingestGeneric"] = """{"summary":"Nightly backup failed","dedupKey":"backup-db1","severity":"error","service":"payments-api","details":{"host":"db1","exit":"2"},"links":[{"href":"https://ci.example.com/42","text":"log"}]}""",
        ["ingestAlertmanager"] = """{"version":"4","groupKey":"{}:{alertname=\"HighErrorRate\"}","alerts":[{"status":"firing","labels":{"alertname":"HighErrorRate","service":"payments-api","severity":"critical"},"annotations":{"summary":"Checkout error rate is 7 %"},"startsAt":"2026-11-21T22:14:00Z","endsAt":"0001-01-01T00:00:00Z","fingerprint":"c1f4a7d2b8e6f035"}]}""",
    };

    public static IReadOnlyDictionary<string, string> Answers { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["getIncident"] = Incident,
        ["acknowledgeIncident"] = Incident,
        ["getTimeline"] = """{"items":[{"at":"2026-11-21T22:14:03.112Z","kind":"opened","actor":"ana","via":"api","level":null,"person":null,"channel":null,"attempt":null,"text":"ana opened it."}]}""",
        ["getOnCall"] = """{"items":[{"schedule":"payments","team":"payments","pool":"A","position":"primary","people":["ana"],"from":"2026-11-16T09:00:00Z","until":"2026-11-23T09:00:00Z","why":{"kind":"layer","name":"weekly"}}]}""",
        ["ingestGeneric"] = """{"accepted":1,"ids":["019a9d3e-5f10-7c3a-9b1e-2f6d8c0a4e10"]}""",
        ["ingestAlertmanager"] = """{"accepted":1,"ids":["019a9d3e-5f10-7c3a-9b1e-2f6d8c0a4e10"]}""",
        ["ready"] = """{"status":"ok","checks":[{"name":"database","status":"ok","detail":"Postgres"},{"name":"bus","status":"ok","detail":"RabbitMq"},{"name":"sweeper","status":"ok","detail":null},{"name":"paging","status":"ok","detail":"Twilio."}]}""",
    };

    public static void Add(OpenApiOperation operation)
    {
        var id = operation.OperationId ?? "";
        if (Requests.TryGetValue(id, out var request))
            Show(operation.RequestBody?.Content, request);
        if (Answers.TryGetValue(id, out var answer) && operation.Responses?.FirstOrDefault(r => r.Key is "200" or "201" or "202").Value is { } response)
            Show(response.Content, answer);
    }

    private static void Show(IDictionary<string, OpenApiMediaType>? content, string example)
    {
        foreach (var media in content?.Values ?? (IEnumerable<OpenApiMediaType>)[])
            media.Example = JsonNode.Parse(example);
    }
}
