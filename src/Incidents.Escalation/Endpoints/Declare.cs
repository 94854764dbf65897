using System.Text.Json;
using Incidents.Contracts.Seams;
using Incidents.Escalation.Saga;
using Incidents.Kernel;
using Incidents.Persistence.Incidents;
using Incidents.Persistence.Transactions;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Incidents.Escalation.Endpoints;

/// <summary>Body of <c>POST /incidents</c>. With <paramref name="DedupKey"/>, an open incident of the same key is answered instead of a second one.</summary>
internal sealed record DeclareBody(string? Title, string? Service, string? Severity, string? Details, string? DedupKey, string? As);

/// <summary>An incident opened by hand: saved, paged for, answered after commit.</summary>
internal static class Declare
{
    public static async Task<IResult> Handle(HttpContext http, IncidentReader reader, IncidentLifecycle lifecycle, IOrganisation organisation, WorkRunner works, CancellationToken ct)
    {
        var raw = await Bodies.Read(http, ct);
        var parsed = Bodies.Parse<DeclareBody>(raw, optional: false);
        if (!parsed.IsOk)
            return parsed.Error!.ToProblem();
        var body = parsed.Value ?? new DeclareBody(null, null, null, null, null, null);
        var snapshot = await organisation.Fresh(ct);
        var faults = Check(body, snapshot);
        if (faults.Count > 0)
            return Error.Invalid(faults).ToProblem();
        var actor = http.Actor().ActingAs(body.As, snapshot);
        if (!actor.IsOk)
            return actor.Error!.ToProblem();

        var answer = await works.Run(work => Idempotency.Once(work, http.Request.Headers["Idempotency-Key"].ToString(), http.Request.Path, raw, async () =>
        {
            if (body.DedupKey is { } key && await Open(work, key, ct) is { } existing)
                return JsonSerializer.Serialize(existing.Id);
            var facts = new NewIncident(body.Title!.Trim(), body.Details, body.Service, Severities.Parse(body.Severity) ?? Severities.Default, Urgency.High, "api", body.DedupKey, actor.Value.Login, actor.Value.Via, []);
            var incident = lifecycle.Prepare(work, snapshot, facts);
            await lifecycle.Start(work, snapshot, [(incident, facts)], ct);
            return JsonSerializer.Serialize(incident.Id);
        }, ct), ct);
        if (!answer.IsOk)
            return answer.Error!.ToProblem();
        var view = (await reader.One(JsonSerializer.Deserialize<Guid>(answer.Value).ToString(), http.Actor(), ct))!;
        return Results.Json(view, Json.Options, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<Incident?> Open(Work work, string key, CancellationToken ct)
    {
        if (!work.Db.IsSqlite)
            await work.Db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({"api\n" + key}, 3))", ct);
        return await work.Db.Incidents.FirstOrDefaultAsync(i => i.Integration == "api" && i.DedupKey == key && i.Status != IncidentStatus.Resolved, ct);
    }

    internal static List<Fault> Check(DeclareBody body, Contracts.Organisation.OrganisationSnapshot organisation)
    {
        var faults = new List<Fault>();
        if (string.IsNullOrWhiteSpace(body.Title))
            faults.Add(new Fault("title", "Say in one sentence what is wrong."));
        else if (body.Title.Length > 1000)
            faults.Add(new Fault("title", "At most 1,000 characters."));
        if (string.IsNullOrWhiteSpace(body.Service))
            faults.Add(new Fault("service", "Name the service that breaks."));
        else if (!organisation.Services.ContainsKey(body.Service))
            faults.Add(new Fault("service", $"There is no service '{body.Service}'."));
        if (body.Severity is not null && Severities.Parse(body.Severity) is null)
            faults.Add(new Fault("severity", "Use SEV1, SEV2, SEV3 or SEV4."));
        if (body.DedupKey is { Length: > 512 })
            faults.Add(new Fault("dedupKey", "At most 512 characters."));
        return faults;
    }
}
