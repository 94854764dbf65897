using System.Text.Json;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Persistence.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Incidents.Ingest.Payloads;

/// <param name="Status">As the source said.</param>
/// <param name="Outcome">What became of it; waiting: triage has not taken it yet.</param>
/// <param name="Incident">Number of the incident that it opened, joined or resolved.</param>
/// <param name="Rule">Triage rule that dropped it or took it for a heartbeat.</param>
internal sealed record PayloadAlertView(
    Guid Id,
    string Title,
    string Key,
    [property: Words("firing", "resolved")] string Status,
    [property: Words("waiting", "opened", "joined", "repeat", "recorded", "reopened", "resolved", "resolvedUnknown", "late", "dropped", "heartbeat", "parked")] string Outcome,
    long? Incident,
    string? Rule);

/// <param name="Source">Format of the path that it came to.</param>
/// <param name="Status">HTTP status that was answered.</param>
/// <param name="Reason">Why it was refused; null: it was taken.</param>
/// <param name="Title">What the refusal said.</param>
/// <param name="Errors">Faults that refused it, or elements that were left out of one that was taken.</param>
/// <param name="Size">Bytes of the body; null where reading stopped at the limit.</param>
/// <param name="Body">Indented where it is JSON, secrets masked, at most 16,384 characters.</param>
/// <param name="BodyCut">Something of the body is not shown.</param>
/// <param name="AlertCount">Alerts that were accepted of it; the first 20 are listed.</param>
internal sealed record PayloadView(
    string Id,
    Instant ReceivedAt,
    [property: Words("alertmanager", "grafana", "generic")] string Source,
    int Status,
    [property: Words("tooLarge", "malformed", "invalid", "limit", "unavailable")] string? Reason,
    string? Title,
    IReadOnlyList<Fault> Errors,
    long? Size,
    string? ContentType,
    string? Agent,
    string Body,
    bool BodyCut,
    int AlertCount,
    IReadOnlyList<PayloadAlertView> Alerts);

internal sealed record PayloadList(IReadOnlyList<PayloadView> Items, string? NextCursor);

/// <summary>What a source sent last, for those who set it up. Responders and up: bodies say more about a system than everybody need know.</summary>
internal static class PayloadEndpoint
{
    public static void Map(IEndpointRouteBuilder endpoints)
        => endpoints.MapGet("/api/v1/integrations/{name}/payloads", Handle).RequireRole(Role.Responder).WithTags("Alerts").WithName("listPayloads")
            .WithSummary("What an integration received last and what became of it, newest first")
            .WithDescription("The last 20 requests that were taken and the last 20 that were refused, for 7 days at most; a request is here about a second after its answer. Of an integration that gets more than five requests a second (for each process) these are a sample. "
                + "Values of fields that are named like secrets, credentials in addresses and authorization headers inside the body are masked; of the request's own headers only content type and user agent are kept. Requests with a key that no integration has are in no list.")
            .Produces<PayloadList>().ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> Handle(string name, IOrganisation organisation, Database database, IAlertOutcomes outcomes, CancellationToken cancellationToken)
    {
        if (!organisation.Current.Integrations.ContainsKey(name) && !(await organisation.Fresh(cancellationToken)).Integrations.ContainsKey(name))
            return Error.NotFound($"There is no integration '{name}'.").ToProblem();
        await using var db = database.CreateContext();
        var rows = await db.Set<PayloadRow>().AsNoTracking().Where(p => p.Integration == name).OrderByDescending(p => p.ReceivedAt).ThenByDescending(p => p.Id).Take(2 * PayloadLog.Kept).ToListAsync(cancellationToken);
        var alerts = rows.ToDictionary(r => r.Id, r => JsonSerializer.Deserialize<List<PayloadAlert>>(r.Alerts, Json.Options) ?? []);
        var known = await outcomes.Of([.. alerts.Values.SelectMany(a => a).Select(a => a.Id)], cancellationToken);
        return TypedResults.Json(new PayloadList([.. rows.Select(r => View(r, alerts[r.Id], known))], null), Json.Options);
    }

    private static PayloadView View(PayloadRow row, List<PayloadAlert> alerts, IReadOnlyDictionary<Guid, AlertOutcome> known) => new(
        row.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), row.ReceivedAt, row.Source, row.Status, row.Reason, row.Title,
        JsonSerializer.Deserialize<List<Fault>>(row.Faults, Json.Options) ?? [], row.Size, row.ContentType, row.Agent, row.Body, row.BodyCut, row.AlertCount,
        [.. alerts.Select(a => new PayloadAlertView(a.Id, a.Title, a.Key, a.Firing ? "firing" : "resolved", known.GetValueOrDefault(a.Id)?.Outcome ?? "waiting", known.GetValueOrDefault(a.Id)?.Incident, known.GetValueOrDefault(a.Id)?.Rule))]);
}
