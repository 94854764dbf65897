using System.Data.Common;
using Incidents.Kernel;
using Incidents.Persistence.Messages;
using Incidents.Persistence.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Database = Incidents.Persistence.Storage.Database;

namespace Incidents.Persistence.Transactions;

/// <summary>
/// Runs a body in one transaction, writes what it sends beside the state it follows from, commits, and only then hands the rows over.
/// Deadlocks, serialisation failures and lost optimistic races are redone at once with a fresh context; the body must therefore be repeatable.
/// </summary>
public sealed class WorkRunner(Database database, MessageStore store, Clock clock, Handover handover)
{
    private const int MaxTries = 12;

    public Task Run(Func<Work, Task> body, CancellationToken cancellationToken)
        => Run(async work =>
        {
            await body(work);
            return true;
        }, cancellationToken);

    public async Task<T> Run<T>(Func<Work, Task<T>> body, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await Once(body, cancellationToken);
            }
            catch (Exception e) when (attempt < MaxTries && Transience.IsContention(e))
            {
                if (attempt > 2)
                    await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(1, 5 * attempt)), TimeProvider.System, cancellationToken);
            }
        }
    }

    private async Task<T> Once<T>(Func<Work, Task<T>> body, CancellationToken cancellationToken)
    {
        Work work;
        T result;
        using (await database.EnterWrite(cancellationToken))
        {
            await using var context = database.CreateContext();
            await using var transaction = await context.Database.BeginTransactionAsync(database.WriteIsolation, cancellationToken);
            work = new Work(context, () => clock.Now, handover.CanHandOver);
            result = await body(work);
            if (context.ChangeTracker.HasChanges())
                await context.SaveChangesAsync(cancellationToken);
            await Flush(work, transaction.GetDbTransaction(), cancellationToken);
            // From here on a cancelled request must not leave the outcome unknown.
            await transaction.CommitAsync(CancellationToken.None);
        }
        handover.Committed(work.Outgoing, work.Now);
        foreach (var action in work.Actions)
            action();
        return result;
    }

    private async Task Flush(Work work, DbTransaction transaction, CancellationToken cancellationToken)
    {
        if (work.Cancelled.Count > 0)
            await store.Cancel(work.Connection, transaction, work.Cancelled, cancellationToken);
        await store.Insert(work.Connection, transaction, work.Outgoing, cancellationToken);
        if (work.Events.Count > 0)
        {
            foreach (var (kind, data) in work.Events)
                work.Db.Events.Add(new Events.EventRow { Kind = kind, Data = data, At = work.Now });
            await work.Db.SaveChangesAsync(cancellationToken);
            if (!database.IsSqlite)
                await work.Db.Database.ExecuteSqlRawAsync("select pg_notify('incidents_events', '')", cancellationToken);
        }
    }
}
