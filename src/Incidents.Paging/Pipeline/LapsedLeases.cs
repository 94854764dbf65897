using Incidents.Paging.Data;
using Incidents.Paging.Model;
using Incidents.Paging.Vendors;
using Incidents.Persistence.Storage;
using Incidents.Persistence.Transactions;
using NodaTime;

namespace Incidents.Paging.Pipeline;

/// <summary>
/// Takes over attempts whose process died or hung between claim and outcome. Where they are not wanted any more, it is still to be found out
/// whether the vendor has them, so that a ringing call is cancelled.
/// </summary>
internal sealed class LapsedLeases(Dialect dialect, Database database, IncidentLocks incidents, CandidateReader reader, WorkRunner works, VendorQueues queues, Leases leases, PagingMetrics metrics)
{
    public Task<IReadOnlyList<Claimed>> Claim(Instant now, int room, CancellationToken cancellationToken) => works.Run(async work =>
    {
        if (room <= 0)
            return (IReadOnlyList<Claimed>)[];
        var lapsed = await dialect.Command(work, $"{reader.Select} where a.state = 'Sending' and a.next_at <= @now order by a.next_at limit {room}").With("@now", now).Read(reader.Read, cancellationToken);
        if (lapsed.Count == 0)
            return [];
        // A bundle was claimed whole and is taken over whole: the vendor has one message of it, or none.
        var bundles = await reader.OfBundles(work, [.. lapsed.Select(c => c.Bundle).OfType<Guid>().Distinct()], AttemptState.Sending, cancellationToken);
        var messages = lapsed.Where(c => c.Bundle is null).Select(c => new List<Candidate> { c }).Concat(bundles.GroupBy(c => c.Bundle).Select(g => g.ToList())).ToList();
        var free = await incidents.LockFree(work, messages.SelectMany(m => m).Select(c => c.Dispatch.Incident).Distinct(), cancellationToken);
        messages.RemoveAll(m => !m.TrueForAll(c => free.ContainsKey(c.Dispatch.Incident)));
        var lease = work.Now + leases.Length;
        var taken = await dialect.Command(work,
                $"update {dialect.Attempts} set claims = claims + 1, next_at = @lease where id {dialect.In("@ids")} and state = 'Sending' and next_at <= @now returning id, claims")
            .With("@ids", messages.SelectMany(m => m).Select(c => c.Id)).With("@lease", lease).With("@now", now)
            .Read(r => (Id: r.GetGuid(0), Claims: r.GetInt32(1)), cancellationToken);
        var claims = taken.ToDictionary(t => t.Id, t => t.Claims);
        metrics.LapsedLeases.Add(claims.Count);
        var names = await reader.Names(work, [.. messages.Select(m => m[0].Bundle).OfType<Guid>()], cancellationToken);
        return
        [
            .. messages.Select(m => m.Where(c => claims.ContainsKey(c.Id)).ToList()).Where(m => m.Count > 0).Select(m =>
            {
                var members = m.ConvertAll(c => (c with { Vendor = queues.Of(c.Channel, c.Vendor)?.Vendor ?? c.Vendor })
                    .Claim(claims[c.Id], lease, now, lookFirst: true, wanted: c.Kind == AttemptKind.Notice || (!c.Stop && free[c.Dispatch.Incident].Wants(c.Episode))));
                return m[0].Bundle is { } bundle && names.TryGetValue(bundle, out var name) ? Claimed.Together(members, name) : members[0];
            }),
        ];
    }, cancellationToken);

    /// <summary>On SQLite this process is the only one: what stands as claimed when it starts was claimed by one that died, and need not wait for its lease.</summary>
    public async Task TakeBackAlone(Instant now, CancellationToken cancellationToken)
    {
        if (database.IsSqlite)
            await works.Run(work => dialect.Command(work, $"update {dialect.Attempts} set next_at = @now where state = 'Sending'").With("@now", now).Execute(cancellationToken), cancellationToken);
    }
}
