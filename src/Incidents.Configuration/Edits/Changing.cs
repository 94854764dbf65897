using System.Security.Cryptography;
using System.Text.Json;
using Incidents.Configuration.Document;
using Incidents.Configuration.Document.Sections;
using Incidents.Configuration.Plan;
using Incidents.Configuration.Storage;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Persistence;
using Incidents.Persistence.Transactions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Incidents.Configuration.Edits;

/// <summary>
/// Who changes the organisation and on what terms. <see cref="Effective"/>: from when changed schedules hold; null: now. <see cref="IfVersion"/>: refuse
/// unless the organisation is at it. <see cref="IfItem"/>: refuse unless that item is as the caller saw it. <see cref="Waiver"/>: why breaches of enforced
/// limits are accepted. <see cref="AnyTeam"/>: found to be the actor's own, or a mere draft, so that no right over a team is asked for.
/// </summary>
internal sealed record ChangeTerms(
    Actor Actor, Instant? Effective = null, long? IfVersion = null, string? Waiver = null, ItemExpectation? IfItem = null, bool AnyTeam = false);

/// <summary>An item as its editor saw it. <paramref name="Revision"/> null: any. <paramref name="Absent"/>: it must not be there.</summary>
internal sealed record ItemExpectation(Section Section, string Name, long? Revision, bool Absent);

/// <summary>A change that may be made. <see cref="Rows"/> is null when nothing is to do. <see cref="Waived"/>: breaches that the waiver accepts.</summary>
internal sealed record PreparedChange(ChangePlan Plan, long Before, AmendedRows? Rows, IReadOnlyList<Fault> Waived)
{
    /// <summary>The version after it.</summary>
    public long Version => Rows?.Version ?? Before;
}

/// <summary>The one way in which the organisation changes, by document or by edit: plan, rights, guards, write.</summary>
internal sealed class Changing(IServiceProvider services, OrganisationCache cache, ILogger<Changing> logger)
{
    /// <summary>Everything but writing. In a transaction that holds <see cref="ItemStore.Lock"/>, or on any context to see what would be.</summary>
    public async Task<Result<PreparedChange>> Prepare(
        IncidentsDbContext db, Instant now, ChangeTerms terms, Func<IReadOnlyList<PresentItem>, Result<OrganisationDocument>> wanted, CancellationToken cancellationToken)
    {
        // An effective instant before now would rewrite shifts that have been worked.
        if (terms.Effective < now - Duration.FromMinutes(1))
            return Error.Invalid("effective", "The past does not change: give a later instant, or none.");
        var stored = await ItemStore.Load(db, cancellationToken);
        if (terms.IfVersion is { } expected && expected != stored.Version)
            return new Error(ErrorKind.Stale, "stale", $"The organisation has changed: it is at version {stored.Version}, not {expected}.", []);
        if (terms.IfItem is { } item && Stale(stored, item) is { } stale)
            return stale;
        var present = ItemStore.Present(stored.Rows);
        var document = wanted(present);
        if (document.Error is { } unreadable)
            return unreadable;
        var plan = Planner.Plan(present, document.Value, NewKey);
        if (plan.Error is { } invalid)
            return OnCallNow.Explain(invalid, present, document.Value, services.GetService<IOnCall>(), await Present(stored), now);
        if (terms.Actor.Role < Role.Admin && Admins(plan.Value) is { Count: > 0 } admins)
            return Error.Forbidden("Only an admin makes, changes or removes an admin.") with { Faults = admins };
        if (!terms.AnyTeam && TeamCheck.Refusal(terms.Actor, plan.Value, present) is { } foreign)
            return foreign;
        if (plan.Value.Changes.Count == 0)
            return new PreparedChange(plan.Value, stored.Version, Rows: null, []);
        return await Guard(stored, plan.Value, now, terms, cancellationToken);
    }

    private async Task<Result<PreparedChange>> Guard(StoredRows stored, ChangePlan plan, Instant now, ChangeTerms terms, CancellationToken cancellationToken)
    {
        // Asked for late: a guard may itself need what reads the organisation.
        var guards = services.GetServices<IOrganisationGuard>().ToList();
        var before = guards.Count == 0 ? null : await Present(stored);
        var amended = new AmendedRows(stored, plan, terms.Actor.Login, now, terms.Effective);
        var faults = new List<Fault>();
        if (guards.Count > 0)
        {
            var after = amended.Snapshot();
            foreach (var guard in guards)
                faults.AddRange(await guard.Check(before!, after, now, cancellationToken));
        }
        if (faults.Count > 0 && string.IsNullOrWhiteSpace(terms.Waiver))
            return new Error(ErrorKind.Invalid, "limits", "Limits that are enforced would be broken. Change that, or give a reason for it as 'waiver'.", faults);
        return new PreparedChange(plan, stored.Version, amended, faults);
    }

    /// <summary>The snapshot of the stored rows; the cached one when it is the same.</summary>
    private ValueTask<OrganisationSnapshot> Present(StoredRows stored) => new(cache.Current.Version == stored.Version ? cache.Current : stored.Snapshot());

    /// <summary>Writes a prepared change in the transaction that it was prepared in.</summary>
    public async Task Write(Work work, PreparedChange change, ChangeTerms terms, CancellationToken cancellationToken)
    {
        if (change.Rows is not { } rows)
            return;
        work.Db.AddRange(Audit(change, rows, terms, work.Now));
        await ItemStore.Write(work.Db, rows, cancellationToken);
        work.Announce("organisationChanged", new { version = rows.Version });
        int Count(ChangeAction action) => change.Plan.Changes.Count(c => c.Action == action);
        work.AfterCommit(() =>
        {
            Log.Applied(logger, rows.Version, terms.Actor.Login, Count(ChangeAction.Create), Count(ChangeAction.Update), Count(ChangeAction.Delete));
            if (change.Waived.Count > 0)
                Log.Waived(logger, rows.Version, terms.Actor.Login, change.Waived.Count, terms.Waiver!);
        });
    }

    /// <summary>A row per change. Breaches that were accepted stand with the items that they are about; those of nothing that changed, with the first.</summary>
    private static List<ChangeRow> Audit(PreparedChange change, AmendedRows rows, ChangeTerms terms, Instant now)
    {
        var left = change.Waived.ToList();
        var audit = new List<ChangeRow>(rows.Changes.Count);
        for (var place = rows.Changes.Count - 1; place >= 0; place--)
        {
            var (planned, before, after) = (rows.Changes[place].Change, rows.Changes[place].Before, rows.Changes[place].After);
            var path = planned.Section.PathOf(planned.Name);
            var waived = left.Where(f => place == 0 || f.Path == path || f.Path.StartsWith(path + ".", StringComparison.Ordinal)).ToList();
            left.RemoveAll(waived.Contains);
            audit.Add(new ChangeRow
            {
                Version = rows.Version,
                Place = place,
                At = now,
                Actor = terms.Actor.Login,
                Via = terms.Actor.Via,
                Kind = planned.Section.Kind,
                Name = planned.Name,
                Action = OrganisationEditor.ActionName(planned.Action),
                Item = rows.Changes[place].Item,
                Before = before?.Id,
                After = after?.Id,
                Waiver = waived.Count == 0 ? null : terms.Waiver,
                Waived = waived.Count == 0 ? null : JsonSerializer.Serialize(waived, Json.Options),
            });
        }
        return audit;
    }

    private static Error? Stale(StoredRows stored, ItemExpectation expected)
    {
        var row = stored.Rows.FirstOrDefault(r => r.Replaced is null && r.Kind == expected.Section.Kind && r.Name == expected.Name);
        var what = $"The {expected.Section.Kind} '{expected.Name}'";
        return (row, expected) switch
        {
            (not null, { Absent: true }) => Stale($"{what} is there already; it was last changed by {row.WrittenBy} at {row.WrittenAt}."),
            (null, { Absent: false }) => Stale($"{what} is not there any more."),
            (not null, { Revision: { } revision }) when revision != row.Revision => Stale($"{what} has changed meanwhile: by {row.WrittenBy} at {row.WrittenAt}."),
            _ => null,
        };
    }

    private static Error Stale(string title) => new(ErrorKind.Stale, "stale", title, []);

    /// <summary>
    /// Changes that touch an admin: a manager must not become one by a document of their own, nor take one's place. Whom a schedule counts as qualified
    /// is no right of theirs.
    /// </summary>
    private static List<Fault> Admins(ChangePlan plan) => [.. plan.Changes
        .Where(c => c.Before?.Item.Value is Person { Role: Role.Admin } || c.After?.Value is Person { Role: Role.Admin })
        .Where(c => c.Action != ChangeAction.Update || !c.Paths.All(p => p.StartsWith("qualifiedFor", StringComparison.Ordinal)))
        .Select(c => new Fault(c.After?.Path ?? c.Section.PathOf(c.Name), "is an admin, or would be."))];

    /// <summary>32 URL-safe characters, 192 bits.</summary>
    private static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(24)).Replace('+', '-').Replace('/', '_');
}
