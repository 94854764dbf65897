using Incidents.Kernel;
using Incidents.Persistence.Storage;

namespace Incidents.Paging.Pipeline;

/// <summary>
/// How many requests may go to one vendor now, over all processes: slots of a tenth of a second in one row per vendor.
/// Tokens are taken in their own short statement, never inside a claim's transaction, so that the row is not held while anything else waits;
/// the statement does not wait for the disk (a lost token costs nothing). On SQLite there is one process, and memory suffices.
/// </summary>
internal sealed class RateBudget(Database database, Clock clock, string vendor, int rate)
{
    private readonly Lock sync = new();
    private long slot;
    private int left;
    private int taken;

    private long SlotMicroseconds => rate >= 10 ? 100_000 : 1_000_000 / rate;
    private int PerSlot => rate >= 10 ? rate / 10 : 1;

    /// <summary>Until the next slot begins, when this one is used up.</summary>
    public TimeSpan NextSlot
    {
        get
        {
            var now = Instants.ToMicroseconds(clock.Now);
            return TimeSpan.FromMicroseconds(SlotMicroseconds - now % SlotMicroseconds);
        }
    }

    /// <summary>Takes up to <paramref name="wanted"/> tokens of the present slot; 0 when it is used up.</summary>
    public async ValueTask<int> Take(int wanted, CancellationToken cancellationToken)
    {
        if (wanted <= 0)
            return 0;
        var now = Instants.ToMicroseconds(clock.Now) / SlotMicroseconds;
        int granted;
        lock (sync)
        {
            if (slot != now)
            {
                slot = now;
                left = 0;
                taken = 0;
            }
            if (database.IsSqlite)
            {
                granted = Math.Min(wanted, PerSlot - taken);
                taken += granted;
                return granted;
            }
            granted = Math.Min(wanted, left);
            left -= granted;
        }
        if (granted == wanted)
            return granted;

        // A little ahead, so that steady traffic asks the row a few times a slot, not once a page.
        var more = await Ask(now, Math.Max(wanted - granted, Math.Max(1, PerSlot / 8)), cancellationToken);
        lock (sync)
        {
            var used = Math.Min(more, wanted - granted);
            if (slot == now)
                left += more - used;
            return granted + used;
        }
    }

    private async Task<int> Ask(long now, int wanted, CancellationToken cancellationToken)
    {
        await using var connection = await database.Open(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText =
            "insert into paging.budgets as b (vendor, slot, taken, granted) values ($1, $2, least($3, $4), least($3, $4)) on conflict (vendor) do update set " +
            "slot = greatest(b.slot, $2), " +
            "taken = case when b.slot >= $2 then least($4, b.taken + $3) else least($4, $3) end, " +
            "granted = case when b.slot >= $2 then least($4, b.taken + $3) - b.taken else least($4, $3) end " +
            "where set_config('synchronous_commit', 'off', true) is not null returning granted";
        foreach (var value in new object[] { vendor, now, wanted, PerSlot })
        {
            var p = command.CreateParameter();
            p.Value = value;
            command.Parameters.Add(p);
        }
        return Math.Max(0, Convert.ToInt32(await command.ExecuteScalarAsync(cancellationToken) ?? 0, System.Globalization.CultureInfo.InvariantCulture));
    }
}
