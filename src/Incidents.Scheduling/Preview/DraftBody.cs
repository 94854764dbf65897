using System.Text.Json;
using System.Text.Json.Nodes;
using Incidents.Kernel;
using Microsoft.AspNetCore.Http;
using NodaTime;
using NodaTime.Text;

namespace Incidents.Scheduling.Preview;

/// <summary>The body of a request about a draft: an edit in the document's shape, and beside it what the endpoint itself takes.</summary>
internal static class DraftBody
{
    public static async Task<Result<JsonObject>> Read(HttpContext context, CancellationToken cancellationToken)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<JsonObject>(context.Request.Body, Json.Options, cancellationToken) is { } body ? body : Error.Malformed("The body is not a JSON object.");
        }
        catch (JsonException e)
        {
            return Error.Malformed("The body is not the JSON object that was expected: " + e.Message);
        }
    }

    /// <summary>The instant under a key, which is then no part of the edit any more. Null: there is none, or it cannot be read, which adds a fault.</summary>
    public static Instant? Take(JsonObject body, string key, List<Fault> faults)
    {
        if (!body.Remove(key, out var value) || value is null)
            return null;
        if (value is JsonValue text && text.TryGetValue<string>(out var written) && OffsetDateTimePattern.Rfc3339.Parse(written) is { Success: true } parsed)
            return parsed.Value.ToInstant();
        faults.Add(new Fault(key, "Use an RFC 3339 instant such as 2026-11-21T22:00:00Z."));
        return null;
    }

    /// <summary>The text under a key, in the same way.</summary>
    public static string? TakeText(JsonObject body, string key, List<Fault> faults)
    {
        if (!body.Remove(key, out var value) || value is null)
            return null;
        if (value is JsonValue text && text.TryGetValue<string>(out var written))
            return written;
        faults.Add(new Fault(key, "Use a text."));
        return null;
    }
}
