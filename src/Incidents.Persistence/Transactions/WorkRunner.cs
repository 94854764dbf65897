using Incidents.Kernel;
using Incidents.Persistence.Events;
using Incidents.Persistence.Messages;
using Incidents.Persistence.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Database = Incidents.Persistence.Storage.Database;

namespace Incidents.Persistence.Transactions;

/// <summary>
/// Runs a body in one transaction, writes what it sends beside the state it follows from, commits, and only then hands the rows over.
/// Deadlocks, serialisation failures and lost optimistic races are redone at once with a fresh context; the body must therefore be repeatable.
/// </summary>
public sealed class WorkRunner(Database database, MessageStore store, Clock clock, Handover handover)
{
    private const int MaxTries = 12;

    /// <inheritdoc cref="Database.Turn"/>
    internal int Turn(int most) => database.Turn(most);

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
            // A failure rolls everything back: savepoints would be two round trips a save for nothing.
            context.Database.AutoSavepointsEnabled = false;
            work = new Work(context, () => clock.Now, handover.CanHandOver);
            result = await body(work);
            if (context.ChangeTracker.HasChanges())
                await context.SaveChangesAsync(cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            // From here on a cancelled request must not leave the outcome unknown.
            if (transaction.GetDbTransaction() is NpgsqlTransaction postgres)
                await Finish(work, postgres);
            else
                await Finish(work, transaction);
        }
        handover.Committed(work.Outgoing, work.Now);
        foreach (var action in work.Actions)
            action();
        return result;
    }

    /// <summary>What is still to be written, and the commit itself, in one round trip. The commit is a statement of its own here: the driver sees that its transaction is over.</summary>
    private async Task Finish(Work work, NpgsqlTransaction transaction)
    {
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction);
        foreach (var command in work.Last)
        {
            await using (command)
                batch.With(command);
        }
        if (work.Cancelled.Count > 0)
            batch.BatchCommands.Add(store.CancelPostgres(work.Cancelled));
        if (work.Outgoing.Count > 0)
            batch.BatchCommands.Add(store.InsertPostgres(work.Outgoing));
        if (work.Events.Count > 0)
            batch.BatchCommands.Add(EventStore.InsertPostgres(work.Events, work.Now));
        batch.BatchCommands.Add(new NpgsqlBatchCommand("commit"));
        await batch.ExecuteNonQueryAsync(CancellationToken.None);
    }

    private async Task Finish(Work work, IDbContextTransaction transaction)
    {
        foreach (var command in work.Last)
        {
            await using (command)
                await command.ExecuteNonQueryAsync(CancellationToken.None);
        }
        var inner = transaction.GetDbTransaction();
        if (work.Cancelled.Count > 0)
            await store.Cancel(work.Connection, inner, work.Cancelled, CancellationToken.None);
        await store.Insert(work.Connection, inner, work.Outgoing, CancellationToken.None);
        await EventStore.InsertSqlite(work.Connection, inner, work.Events, work.Now);
        await transaction.CommitAsync(CancellationToken.None);
    }
}
