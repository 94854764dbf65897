using Incidents.Persistence.Storage;
using Incidents.Persistence.Transactions;
using Microsoft.EntityFrameworkCore;
using Database = Incidents.Persistence.Storage.Database;

namespace Incidents.Scheduling.Swaps;

/// <summary>What a list asks for; null: all. <paramref name="QualifiedFor"/>: the schedules whose requests to anyone concern the person.</summary>
internal sealed record SwapQuery(string? Schedule, string? Person, IReadOnlyList<SwapState>? States, IReadOnlyList<string> QualifiedFor, long? Below, int Limit);

/// <summary>Rows of swap requests.</summary>
internal sealed class SwapTable(Database database)
{
    /// <summary>Waits for its lock, which lasts until the transaction ends. Null: there is none.</summary>
    public static async Task<SwapRow?> Lock(Work work, Guid id, CancellationToken cancellationToken)
    {
        var rows = work.Db.IsSqlite
            ? work.Db.Set<SwapRow>().Where(r => r.Id == id)
            : work.Db.Set<SwapRow>().FromSqlRaw("select * from scheduling.swaps where id = {0} for update", id);
        var row = await rows.AsTracking().SingleOrDefaultAsync(cancellationToken);
        work.Locked();
        return row;
    }

    /// <summary>By id or by number.</summary>
    public async Task<SwapRow?> Find(string id, CancellationToken cancellationToken)
    {
        await using var db = database.CreateContext();
        var rows = db.Set<SwapRow>().AsNoTracking();
        if (Guid.TryParse(id, out var guid))
            return await rows.SingleOrDefaultAsync(r => r.Id == guid, cancellationToken);
        return long.TryParse(id, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? await rows.SingleOrDefaultAsync(r => r.Number == number, cancellationToken)
            : null;
    }

    /// <summary>Newest first.</summary>
    public async Task<List<SwapRow>> List(SwapQuery query, CancellationToken cancellationToken)
    {
        await using var db = database.CreateContext();
        var rows = db.Set<SwapRow>().AsNoTracking();
        if (query.Schedule is { } schedule)
            rows = rows.Where(r => r.Schedule == schedule);
        if (query.States is { } states)
            rows = rows.Where(r => states.Contains(r.State));
        if (query.Below is { } below)
            rows = rows.Where(r => r.Number < below);
        if (query.Person is { } person)
        {
            var line = "\n" + person + "\n";
            var qualified = query.QualifiedFor;
            rows = rows.Where(r => r.Involved.Contains(line) || (r.Anyone && qualified.Contains(r.Schedule)));
        }
        return await rows.OrderByDescending(r => r.Number).Take(query.Limit).ToListAsync(cancellationToken);
    }
}
