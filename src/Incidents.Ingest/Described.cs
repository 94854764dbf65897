using Incidents.Ingest.Sources;
using Incidents.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using NodaTime;

namespace Incidents.Ingest;

// The bodies of the webhooks as the API's description shows them; the sources read the JSON itself, field by field.

/// <summary>Our own format. Without <paramref name="DedupKey"/>: the Idempotency-Key, else a hash of service and summary.</summary>
internal sealed record GenericAlert(
    string Summary,
    string? DedupKey = null,
    [property: Words("firing", "resolved")] string Status = "firing",
    [property: Words("critical", "error", "warning", "info", "SEV1", "SEV2", "SEV3", "SEV4")] string? Severity = null,
    string? Service = null,
    IReadOnlyDictionary<string, string>? Details = null,
    IReadOnlyList<GenericLink>? Links = null,
    Instant? StartsAt = null);

internal sealed record GenericLink(string Href, string? Text = null);

/// <summary>Alertmanager's webhook v4 as far as it is read; further fields are welcome.</summary>
internal sealed record AlertmanagerBody(IReadOnlyList<AlertmanagerAlert> Alerts, string? GroupKey = null, string? ExternalURL = null);

internal sealed record AlertmanagerAlert(
    IReadOnlyDictionary<string, string> Labels,
    [property: Words("firing", "resolved")] string Status = "firing",
    IReadOnlyDictionary<string, string>? Annotations = null,
    Instant? StartsAt = null,
    Instant? EndsAt = null,
    string? Fingerprint = null,
    string? GeneratorURL = null);

/// <summary>What was stored. <paramref name="Errors"/>: elements that could not be read, when there are any; the others were stored all the same.</summary>
internal sealed record AcceptedAnswer(int Accepted, IReadOnlyList<Guid> Ids, IReadOnlyList<Fault>? Errors = null);

internal static class Described
{
    /// <summary>Metadata of a source's webhook: what it takes and what it answers.</summary>
    public static IEnumerable<object> Of(ISource source)
    {
        yield return new AcceptsMetadata(["application/json"], source is Generic ? typeof(GenericAlert) : typeof(AlertmanagerBody));
        yield return new ProducesResponseTypeMetadata(source is Generic ? StatusCodes.Status202Accepted : StatusCodes.Status200OK, typeof(AcceptedAnswer), ["application/json"]);
        int[] refusals = [StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status413PayloadTooLarge, StatusCodes.Status422UnprocessableEntity, StatusCodes.Status503ServiceUnavailable];
        foreach (var status in source is Generic ? [.. refusals, StatusCodes.Status429TooManyRequests] : refusals)
            yield return new ProducesResponseTypeMetadata(status, typeof(ProblemDetails), ["application/problem+json"]);
    }
}
