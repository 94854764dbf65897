using System.Text.Json.Nodes;
using Incidents.Server.Description;

namespace Incidents.Server.Tests;

public sealed class ApiDocument_when_described(SharedServer server)
{
    [Fact]
    public async Task Is_the_committed_one()
    {
        var text = await server.Client.Text("/openapi/v1.json");

        Approval.Holds(text, "docs", "openapi.json");
    }

    [Fact]
    public async Task Names_every_operation_once_with_a_summary_and_a_tag()
    {
        var operations = Operations(await Document());

        Assert.All(operations, o => Assert.False(string.IsNullOrEmpty((string?)o["summary"]), o.ToJsonString()));
        Assert.All(operations, o => Assert.Single(o["tags"]!.AsArray()));
        Assert.Equal(operations.Count, operations.Select(o => (string)o["operationId"]!).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Tells_the_body_of_every_answer_in_json()
    {
        var operations = Operations(await Document()).Where(o => (string)o["operationId"]! is not ("events" or "metrics" or "getConfig" or "getPayCsv"));

        foreach (var operation in operations)
        {
            var (status, answer) = operation["responses"]!.AsObject().First(r => r.Key[0] == '2');
            Assert.True(status == "204" || answer!["content"]?["application/json"]?["schema"] is not null, (string)operation["operationId"]!);
        }
    }

    [Fact]
    public async Task Asks_for_a_key_or_a_session_everywhere_under_api_and_leaves_out_what_is_internal()
    {
        var paths = (await Document())["paths"]!.AsObject();

        Assert.All(paths.Where(p => p.Key.StartsWith("/api/", StringComparison.Ordinal)).SelectMany(p => p.Value!.AsObject()), o => Assert.Equal(2, o.Value!["security"]!.AsArray().Count));
        Assert.DoesNotContain(paths, p => p.Key.StartsWith("/simulator", StringComparison.Ordinal) || p.Key.StartsWith("/callbacks", StringComparison.Ordinal) || p.Key.StartsWith("/a/", StringComparison.Ordinal) || p.Key.StartsWith("/sign", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Lists_what_a_timeline_and_a_status_can_say()
    {
        var schemas = (await Document())["components"]!["schemas"]!;

        Assert.Equal(Persistence.Incidents.TimelineKinds.All, schemas["TimelineView"]!["properties"]!["kind"]!["enum"]!.AsArray().Select(k => (string)k!));
        Assert.Equal(["voice", "sms", "slack", "email", "link", "web", "api", "source", "system"], schemas["TimelineView"]!["properties"]!["via"]!["enum"]!.AsArray().Select(k => (string)k!));
        Assert.Equal(["triage", "triggered", "acknowledged", "snoozed", "resolved"], schemas["IncidentView"]!["properties"]!["status"]!["enum"]!.AsArray().Select(k => (string)k!));
        Assert.Equal("date-time", (string)schemas["Instant"]!["format"]!);
        Assert.Equal("string", (string)schemas["Instant"]!["type"]!);
    }

    [Fact]
    public async Task Shows_examples_whose_fields_exist()
    {
        var document = await Document();
        var schemas = document["components"]!["schemas"]!;
        var byId = Operations(document).ToDictionary(o => (string)o["operationId"]!, StringComparer.Ordinal);

        foreach (var (id, example) in RequestExamples.All.Where(r => r.Body.StartsWith('{')))
        {
            var schema = byId[id]["requestBody"]!["content"]!["application/json"]!["schema"]!;
            if (((string?)schema["$ref"])?.EndsWith("/JsonObject", StringComparison.Ordinal) != true)
                Fits(id, example, schema, schemas, all: false);
        }
        foreach (var (id, example) in ApiExamples.Answers)
            Fits(id, example, byId[id]["responses"]!.AsObject().First(r => r.Key[0] == '2').Value!["content"]!["application/json"]!["schema"]!, schemas, all: true);
    }

    [Fact]
    public async Task Shows_an_example_of_every_body()
    {
        var document = await Document();

        var bare = Operations(document).Where(o => Bodies(o["requestBody"]).Concat(Bodies(o["responses"]!.AsObject().First(r => r.Key[0] == '2').Value)).Any(b => b["example"] is null));

        Assert.Empty(bare.Select(o => (string)o["operationId"]!));
        Assert.DoesNotContain(SampleWords.Missing, document.ToJsonString(), StringComparison.Ordinal);
    }

    /// <summary>The event stream, metrics, files: what is neither asked for nor answered in JSON has none.</summary>
    private static IEnumerable<JsonNode> Bodies(JsonNode? holder)
        => holder?["content"]?.AsObject().Where(c => c.Key is "application/json").Select(c => c.Value!) ?? [];

    private static void Fits(string id, string example, JsonNode schema, JsonNode schemas, bool all)
    {
        var reference = schema["$ref"] ?? schema["oneOf"]!.AsArray().Select(s => s!["$ref"]).First(r => r is not null);
        var shape = schemas[((string)reference!).Split('/')[^1]]!;
        var known = shape["properties"]!.AsObject().Select(p => p.Key).ToHashSet(StringComparer.Ordinal);
        var given = JsonNode.Parse(example)!.AsObject().Select(p => p.Key).ToHashSet(StringComparer.Ordinal);
        // What Alertmanager sends and is not read is not in its schema.
        if (!id.StartsWith("ingestAlertmanager", StringComparison.Ordinal) && !id.StartsWith("ingestGrafana", StringComparison.Ordinal))
            Assert.True(given.IsSubsetOf(known), $"{id}: {string.Join(", ", given.Except(known, StringComparer.Ordinal))}");
        if (all && shape["required"] is { } required)
            Assert.True(required.AsArray().Select(r => (string)r!).ToHashSet(StringComparer.Ordinal).IsSubsetOf(given), id);
    }

    private async Task<JsonNode> Document() => JsonNode.Parse(await server.Client.Text("/openapi/v1.json"))!;

    private static List<JsonObject> Operations(JsonNode document)
        => [.. document["paths"]!.AsObject().SelectMany(p => p.Value!.AsObject()).Where(o => o.Value is JsonObject).Select(o => o.Value!.AsObject())];
}
