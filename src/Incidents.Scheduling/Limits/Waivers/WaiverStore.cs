using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Persistence.Storage;
using Incidents.Persistence.Transactions;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Incidents.Scheduling.Limits.Waivers;

/// <summary>The waivers in force, and those that were.</summary>
internal sealed class WaiverStore(Database database, WorkRunner works, Clock clock)
{
    public async Task<IReadOnlyList<Waiver>> InForce(CancellationToken cancellationToken)
    {
        var now = clock.Now;
        await using var db = database.CreateContext();
        return await db.Set<Waiver>().AsNoTracking().Where(w => w.EndedAt == null && (w.Until == null || w.Until > now)).OrderBy(w => w.At).ToListAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<Waiver>> Page(string? rule, bool ended, Guid after, int count, CancellationToken cancellationToken)
    {
        await using var db = database.CreateContext();
        var waivers = db.Set<Waiver>().AsNoTracking().Where(w => w.Id > after);
        if (rule is not null)
            waivers = waivers.Where(w => w.Rule == rule);
        if (!ended)
        {
            var now = clock.Now;
            waivers = waivers.Where(w => w.EndedAt == null && (w.Until == null || w.Until > now));
        }

        return await waivers.OrderBy(w => w.Id).Take(count).ToListAsync(cancellationToken);
    }

    public async Task<Waiver?> Find(Guid id, CancellationToken cancellationToken)
    {
        await using var db = database.CreateContext();
        return await db.Set<Waiver>().AsNoTracking().SingleOrDefaultAsync(w => w.Id == id, cancellationToken);
    }

    public Task<Waiver> Add(string rule, string subject, string reason, Instant? until, Actor actor, CancellationToken cancellationToken) => works.Run(work =>
    {
        var made = new Waiver { Id = Guid.CreateVersion7(work.Now.ToDateTimeOffset()), Rule = rule, Subject = subject, Reason = reason, By = actor.Login, At = work.Now, Until = until };
        work.Db.Add(made);
        return Task.FromResult(made);
    }, cancellationToken);

    /// <summary>Null: there is no such waiver in force. Ending it again changes nothing.</summary>
    public Task<Waiver?> End(Guid id, Actor actor, CancellationToken cancellationToken) => works.Run(async work =>
    {
        var found = await work.Db.Set<Waiver>().SingleOrDefaultAsync(w => w.Id == id, cancellationToken);
        if (found is { EndedAt: null })
        {
            found.EndedAt = work.Now;
            found.EndedBy = actor.Login;
        }

        return found;
    }, cancellationToken);

    /// <summary>The findings, those that a waiver covers marked with it.</summary>
    public static IReadOnlyList<Finding> Mark(IReadOnlyList<Finding> findings, IReadOnlyList<Waiver> waivers, Instant now)
    {
        if (waivers.Count == 0)
            return findings;
        var byRule = waivers.ToLookup(w => w.Rule, StringComparer.Ordinal);
        return [.. findings.Select(f => byRule[f.Rule].FirstOrDefault(w => w.Covers(f, now)) is { } w ? f with { Waived = new WaivedBy(w.Id, w.Reason, w.By, w.At, w.Until) } : f)];
    }
}
