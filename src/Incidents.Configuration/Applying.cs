using System.Security.Cryptography;
using Incidents.Configuration.Document;
using Incidents.Configuration.Plan;
using Incidents.Configuration.Storage;
using Incidents.Contracts.Organisation;
using Incidents.Kernel;
using Incidents.Persistence;
using Incidents.Persistence.Storage;
using Incidents.Persistence.Transactions;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Incidents.Configuration;

/// <summary>What an apply is asked to do. <see cref="Effective"/>: from when changed schedules hold. <see cref="Expected"/>: refuse unless the organisation is at this version.</summary>
internal sealed record ApplyRequest(string Yaml, bool DryRun, Instant? Effective, long? Expected, string Author, Role Rights = Role.Admin);

/// <summary><see cref="Version"/> after the apply; before it on a dry run or when nothing was to do.</summary>
internal sealed record ApplyOutcome(bool Applied, ChangePlan Plan, long Version);

/// <summary>A document into force: one transaction, one version.</summary>
internal sealed class Applying(WorkRunner runner, Database database, OrganisationCache cache, Clock clock, ILogger<Applying> logger)
{
    public async Task<Result<ApplyOutcome>> Apply(ApplyRequest request, CancellationToken cancellationToken)
    {
        // An effective instant before now would rewrite shifts that have been worked.
        if (request.Effective < clock.Now)
            return Error.Invalid("effective", "The past does not change: give a later instant, or none.");
        var read = OrganisationDocument.Read(request.Yaml);
        if (read.Error is { } unreadable)
            return unreadable;
        var document = read.Value;
        if (request.DryRun || document.Faults.Any)
        {
            await using var db = database.CreateContext();
            return await Plan(db, document, request, cancellationToken);
        }
        var outcome = await runner.Run(async work =>
        {
            await ItemStore.Lock(work.Db, cancellationToken);
            var planned = await Plan(work.Db, document, request, cancellationToken);
            if (!planned.IsOk || planned.Value.Plan.Changes.Count == 0)
                return planned;
            var version = await ItemStore.Write(work.Db, planned.Value.Plan, request.Author, work.Now, request.Effective, cancellationToken);
            work.Announce("organisationChanged", new { version });
            return planned.Value with { Applied = true, Version = version };
        }, cancellationToken);
        if (outcome is { IsOk: true, Value.Applied: true })
        {
            // In force here before the answer; elsewhere within a second.
            await cache.AtLeast(outcome.Value.Version, CancellationToken.None);
            int Count(ChangeAction action) => outcome.Value.Plan.Changes.Count(c => c.Action == action);
            Log.Applied(logger, outcome.Value.Version, request.Author, Count(ChangeAction.Create), Count(ChangeAction.Update), Count(ChangeAction.Delete));
        }
        return outcome;
    }

    private static async Task<Result<ApplyOutcome>> Plan(IncidentsDbContext db, OrganisationDocument document, ApplyRequest request, CancellationToken cancellationToken)
    {
        var version = await ItemStore.Version(db, cancellationToken);
        if (request.Expected is { } expected && expected != version)
            return new Error(ErrorKind.Stale, "stale", $"The organisation has changed: it is at version {version}, not {expected}.", []);
        var plan = Planner.Plan(await ItemStore.Present(db, cancellationToken), document, NewKey);
        if (plan.Error is { } invalid)
            return invalid;
        return request.Rights < Role.Admin && Admins(plan.Value) is { Count: > 0 } admins
            ? Error.Forbidden("Only an admin makes, changes or removes an admin.") with { Faults = admins }
            : new ApplyOutcome(Applied: false, plan.Value, version);
    }

    /// <summary>Changes that touch an admin: a manager must not become one by a document of their own, nor take one's place.</summary>
    private static List<Fault> Admins(ChangePlan plan) => [.. plan.Changes
        .Where(c => c.Before?.Item.Value is Person { Role: Role.Admin } || c.After?.Value is Person { Role: Role.Admin })
        .Select(c => new Fault(c.After?.Path ?? c.Section.PathOf(c.Name), "is an admin, or would be."))];

    /// <summary>32 URL-safe characters, 192 bits.</summary>
    private static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(24)).Replace('+', '-').Replace('/', '_');
}
