using Incidents.Kernel;
using Incidents.Persistence.Transactions;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Npgsql;
using NpgsqlTypes;

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

        await using var batch = new NpgsqlBatch((NpgsqlConnection)work.Connection, (NpgsqlTransaction)work.Transaction);
        var make = new NpgsqlBatchCommand("insert into triage.keys (integration, key, incident, last_seq, seen_at, copies) select i, k, 0, 0, $3, 0 from unnest($1, $2) as x(i, k) order by i, k on conflict do nothing");
        Names(make, integrations, names);
        make.Parameters.Add(new() { Value = work.Now.ToDateTimeUtc(), NpgsqlDbType = NpgsqlDbType.TimestampTz });
        batch.BatchCommands.Add(make);
        // A statement of its own behind the first: it sees what others committed while that one waited for them.
        var take = new NpgsqlBatchCommand("select integration, key, incident, firing, starts_at, last_seq, seen_at, copies from triage.keys where (integration, key) in (select * from unnest($1, $2)) order by integration, key for update");
        Names(take, integrations, names);
        batch.BatchCommands.Add(take);
        var found = new Dictionary<(string Integration, string Key), KeyRow>(sorted.Length);
        await using (var reader = await batch.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                var row = Read(reader);
                found[(row.Integration, row.Key)] = row;
            }
        }
        work.Db.AttachRange(found.Values);
        return found;
    }

    private static void Names(NpgsqlBatchCommand command, string[] integrations, string[] names)
    {
        command.Parameters.Add(new() { Value = integrations, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = names, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
    }

    private static KeyRow Read(NpgsqlDataReader reader) => new()
    {
        Integration = reader.GetString(0),
        Key = reader.GetString(1),
        Incident = reader.GetInt64(2),
        Firing = reader.IsDBNull(3) ? null : reader.GetBoolean(3),
        StartsAt = reader.IsDBNull(4) ? null : Instant.FromDateTimeUtc(reader.GetDateTime(4)),
        LastSeq = reader.GetInt64(5),
        SeenAt = Instant.FromDateTimeUtc(reader.GetDateTime(6)),
        Copies = reader.GetInt64(7),
    };

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
