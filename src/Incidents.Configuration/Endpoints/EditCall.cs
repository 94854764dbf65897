using System.Text.Json;
using System.Text.Json.Nodes;
using Incidents.Configuration.Document;
using Incidents.Configuration.Edits;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Microsoft.AspNetCore.Http;

namespace Incidents.Configuration.Endpoints;

/// <summary>One edit over HTTP, as its request asks for it.</summary>
/// <param name="Body">The item in the document's shape; empty for a deletion.</param>
/// <param name="Raw">The bytes of the body, for the idempotency key.</param>
internal sealed record EditCall(ChangeTerms Terms, bool DryRun, JsonObject Body, byte[] Raw)
{
    private const int LargestBody = 1024 * 1024;

    /// <param name="target">The item that <c>If-Match</c> and <c>If-None-Match</c> are about; null: they mean nothing here.</param>
    public static async Task<Result<EditCall>> Read(HttpContext context, (Section Section, string Name)? target, bool withBody)
    {
        var raw = await ReadBody(context);
        if (raw.Length > LargestBody)
            return new Error(ErrorKind.TooLarge, "too-large", "The body is larger than 1 MiB.", []);
        var body = Parse(raw, withBody);
        if (body.Error is { } malformed)
            return malformed;

        var faults = new List<Fault>();
        var query = context.Request.Query;
        var dryRun = Query.Flag(query["dryRun"], "dryRun", faults);
        var effective = Query.Moment(query["effective"], "effective", faults);
        var waiver = Query.Waiver(query["waiver"].ToString() is { Length: > 0 } given ? given : WaiverOf(body.Value, faults), faults);
        var expectation = target is { } item ? Expectation(context.Request, item.Section, item.Name, faults) : null;
        if (faults.Count > 0)
            return Error.Invalid(faults);
        return new EditCall(new ChangeTerms(context.Actor(), effective, Waiver: waiver, IfItem: expectation), dryRun, body.Value, raw);
    }

    private static ItemExpectation? Expectation(HttpRequest request, Section section, string name, List<Fault> faults)
    {
        var none = request.Headers.IfNoneMatch.ToString();
        var match = request.Headers.IfMatch.ToString();
        if (none.Length > 0 && none != "*")
            faults.Add(new Fault("If-None-Match", "Use * to create, or leave it out."));
        if (none.Length > 0 && match.Length > 0)
            faults.Add(new Fault("If-Match", "Use If-Match or If-None-Match, not both."));
        var revision = Query.Tag(match, "the item", faults);
        return none == "*" ? new ItemExpectation(section, name, Revision: null, Absent: true)
            : match.Length > 0 ? new ItemExpectation(section, name, revision, Absent: false)
            : null;
    }

    /// <summary>The reason may also come with the item; it is no part of it.</summary>
    private static string? WaiverOf(JsonObject body, List<Fault> faults)
    {
        if (!body.Remove("waiver", out var waiver) || waiver is null)
            return null;
        if (waiver is JsonValue value && value.TryGetValue<string>(out var text))
            return text;
        faults.Add(new Fault("waiver", "Use a text: the reason."));
        return null;
    }

    private static Result<JsonObject> Parse(byte[] raw, bool required)
    {
        if (raw.Length == 0)
            return required ? Error.Malformed("The body is empty: send JSON.") : new JsonObject();
        try
        {
            return JsonNode.Parse(raw, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false }) as JsonObject is { } parsed ? parsed : Error.Malformed("The body must be a JSON object.");
        }
        catch (JsonException broken)
        {
            return Error.Malformed($"Not JSON: {broken.Message}");
        }
    }

    /// <summary>One byte more than is allowed tells that there is too much.</summary>
    private static async Task<byte[]> ReadBody(HttpContext context)
    {
        using var buffer = new MemoryStream();
        var block = new byte[8192];
        int read;
        while (buffer.Length <= LargestBody && (read = await context.Request.Body.ReadAsync(block, context.RequestAborted)) > 0)
            buffer.Write(block, 0, read);
        return buffer.ToArray();
    }
}
