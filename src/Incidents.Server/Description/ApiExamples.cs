using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Incidents.Server.Description;

/// <summary>An example for every body: requests by hand, answers that people begin with by hand too, all others from their schemas.</summary>
internal static class ApiExamples
{
    private const string Incident = """
        {"id":"019a9d3e-5f10-7c3a-9b1e-2f6d8c0a4e11","number":42,"title":"Checkout error rate is 7 %","details":"https://grafana.example.com/d/checkout","status":"acknowledged","severity":"SEV1","urgency":"high","service":"checkout","team":"payments","pool":"A","policy":"default","openedAt":"2026-11-21T22:14:03.112Z","pagingStartsAt":"2026-11-21T22:14:03.112Z","acknowledgedAt":"2026-11-21T22:14:31.9Z","acknowledgedBy":"ana","resolvedAt":null,"resolvedBy":null,"mergedInto":null,"level":1,"levels":6,"pass":1,"passes":3,"nextStepAt":null,"snoozedUntil":null,"paged":["ana"],"runbook":"https://runbooks.example.com/checkout","alertCount":0,"alerts":[],"mayAct":true}
        """;

    private static readonly string Triggered = Incident.Replace("\"status\":\"acknowledged\"", "\"status\":\"triggered\"", StringComparison.Ordinal)
        .Replace("\"acknowledgedAt\":\"2026-11-21T22:14:31.9Z\",\"acknowledgedBy\":\"ana\"", "\"acknowledgedAt\":null,\"acknowledgedBy\":null", StringComparison.Ordinal);

    public static IReadOnlyDictionary<string, string> Answers { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["getIncident"] = Incident,
        ["acknowledgeIncident"] = Incident,
        ["addNote"] = Incident,
        ["resolveIncident"] = Incident.Replace("\"status\":\"acknowledged\"", "\"status\":\"resolved\"", StringComparison.Ordinal).Replace("\"resolvedAt\":null,\"resolvedBy\":null", "\"resolvedAt\":\"2026-11-21T22:31:40.2Z\",\"resolvedBy\":\"ana\"", StringComparison.Ordinal),
        ["snoozeIncident"] = Incident.Replace("\"status\":\"acknowledged\"", "\"status\":\"snoozed\"", StringComparison.Ordinal).Replace("\"snoozedUntil\":null", "\"snoozedUntil\":\"2036-11-22T06:00:00Z\"", StringComparison.Ordinal),
        ["escalateIncident"] = Triggered,
        ["declareIncident"] = Triggered,
        ["getTimeline"] = """{"items":[{"at":"2026-11-21T22:14:03.112Z","kind":"opened","actor":"ana","via":"api","level":null,"person":null,"channel":null,"attempt":null,"text":"ana opened it."}]}""",
        ["getOnCall"] = """{"items":[{"schedule":"payments","team":"payments","pool":"A","position":"primary","people":["ana"],"from":"2026-11-16T09:00:00Z","until":"2026-11-23T09:00:00Z","why":{"kind":"layer","name":"weekly"}}]}""",
        ["ingestGeneric"] = """{"accepted":1,"ids":["019a9d3e-5f10-7c3a-9b1e-2f6d8c0a4e10"]}""",
        ["ingestAlertmanager"] = """{"accepted":1,"ids":["019a9d3e-5f10-7c3a-9b1e-2f6d8c0a4e10"]}""",
        ["ready"] = """{"status":"ok","checks":[{"name":"database","status":"ok","detail":"Postgres"},{"name":"bus","status":"ok","detail":"RabbitMq"},{"name":"sweeper","status":"ok","detail":null},{"name":"paging","status":"ok","detail":"Twilio."}]}""",
    };

    /// <summary>Call once all schemas are known.</summary>
    public static void Add(OpenApiDocument document)
    {
        var requests = RequestExamples.All.ToDictionary(r => r.Operation, r => r.Body, StringComparer.Ordinal);
        var samples = new AnswerSamples(document);
        foreach (var operation in document.Paths.Values.SelectMany(p => p.Operations?.Values ?? Enumerable.Empty<OpenApiOperation>()))
        {
            var id = operation.OperationId ?? "";
            if (requests.TryGetValue(id, out var request))
                Show(operation.RequestBody?.Content, _ => Node(request));
            var given = Answers.GetValueOrDefault(id);
            foreach (var (_, answer) in operation.Responses?.Where(r => r.Key[0] == '2') ?? [])
                Show(answer.Content?.Where(c => c.Key == "application/json").ToDictionary(), media => given is not null ? Node(given) : media.Schema is { } schema ? samples.Of(schema) : null);
        }
    }

    private static void Show(IDictionary<string, OpenApiMediaType>? content, Func<OpenApiMediaType, JsonNode?> example)
    {
        foreach (var media in content?.Values ?? (IEnumerable<OpenApiMediaType>)[])
            media.Example = example(media);
    }

    /// <summary>A body that is no JSON (a calendar, YAML) is shown as a text.</summary>
    private static JsonNode? Node(string body) => body.StartsWith('{') ? JsonNode.Parse(body) : JsonValue.Create(body);
}
