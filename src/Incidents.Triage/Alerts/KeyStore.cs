using Incidents.Kernel;
using Incidents.Persistence.Transactions;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Incidents.Triage.Alerts;

/// <summary>Locks the keys of a batch, sorted, making those that are not there: two processes that see a new key at once wait for one another here.</summary>
internal static class KeyStore
{
    public static async Task<Dictionary<(string Integration, string Key), KeyRow>> Lock(Work work, IReadOnlyCollection<(string Integration, string Key)> keys, CancellationToken cancellationToken)
    {
        var sorted = keys.Distinct().OrderBy(k => k.Integration, StringComparer.Ordinal).ThenBy(k => k.Key, StringComparer.Ordinal).ToArray();
        var integrations = sorted.Select(k => k.Integration).ToArray();
        var names = sorted.Select(k => k.Key).ToArray();
        if (work.Db.IsSqlite)
            return await Sqlite(work, sorted, cancellationToken);

        await work.Db.Database.ExecuteSqlRawAsync(
            "insert into triage.keys (integration, key, incident, last_seq, seen_at, copies) select i, k, 0, 0, {2}, 0 from unnest({0}, {1}) as x(i, k) order by i, k on conflict do nothing",
            [integrations, names, work.Now.ToDateTimeUtc()], cancellationToken);
        var rows = await work.Db.Set<KeyRow>().FromSqlRaw(
            "select * from triage.keys where (integration, key) in (select * from unnest({0}, {1})) order by integration, key for update", integrations, names)
            .AsTracking().ToListAsync(cancellationToken);
        return rows.ToDictionary(r => (r.Integration, r.Key));
    }

    private static async Task<Dictionary<(string Integration, string Key), KeyRow>> Sqlite(Work work, (string Integration, string Key)[] sorted, CancellationToken cancellationToken)
    {
        var found = new Dictionary<(string Integration, string Key), KeyRow>(sorted.Length);
        foreach (var group in sorted.GroupBy(k => k.Integration, StringComparer.Ordinal))
        {
            var names = group.Select(k => k.Key).ToArray();
            foreach (var row in await work.Db.Set<KeyRow>().Where(r => r.Integration == group.Key && names.Contains(r.Key)).AsTracking().ToListAsync(cancellationToken))
                found[(row.Integration, row.Key)] = row;
        }
        foreach (var key in sorted)
        {
            if (found.ContainsKey(key))
                continue;
            var row = new KeyRow { Integration = key.Integration, Key = key.Key, SeenAt = work.Now };
            work.Db.Add(row);
            found[key] = row;
        }
        return found;
    }
}
