using System.Data.Common;
using System.Threading.Channels;
using Incidents.Kernel;
using Incidents.Persistence.Messages;
using Incidents.Persistence.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Incidents.Ingest.Accepting;

/// <summary>
/// Group commit: alerts of concurrent requests are written in one transaction, and each request is answered after the commit.
/// A body's alerts are never split over two transactions.
/// </summary>
internal sealed class AcceptQueue(Database database, MessageStore store, Handover handover, Clock clock, IOptions<IngestOptions> options, IngestMetrics metrics, ILogger<AcceptQueue> logger) : BackgroundService
{
    private readonly Channel<Pending> waiting = Channel.CreateUnbounded<Pending>();

    private sealed record Pending(IReadOnlyList<NewMessage> Rows, long Since, TaskCompletionSource Done);

    /// <summary>Completes after the commit; throws when the database refused, is away, or took too long (the rows may then stand all the same).</summary>
    public Task Accept(IReadOnlyList<NewMessage> rows)
    {
        if (rows.Count == 0)
            return Task.CompletedTask;
        var pending = new Pending(rows, clock.Provider.GetTimestamp(), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        if (!waiting.Writer.TryWrite(pending))
            throw new InvalidOperationException("The process is stopping.");
        return pending.Done.Task;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
        => Task.WhenAll(Enumerable.Range(0, database.IsSqlite ? 1 : options.Value.Writers).Select(_ => Task.Run(() => Write(stoppingToken), CancellationToken.None)));

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // What was taken from a source is still written: its answer waits for it.
        waiting.Writer.TryComplete();
        await base.StopAsync(cancellationToken);
    }

    private async Task Write(CancellationToken stoppingToken)
    {
        DbConnection? connection = null;
        var batch = new List<Pending>();
        var rows = new List<NewMessage>();
        while (await waiting.Reader.WaitToReadAsync(CancellationToken.None))
        {
            batch.Clear();
            rows.Clear();
            while (rows.Count < options.Value.MaxBatch && waiting.Reader.TryRead(out var next))
            {
                if (clock.Provider.GetElapsedTime(next.Since) > options.Value.CommitTimeout)
                {
                    // The database was away for longer than a source waits: it asks again, so this copy would only be one too many.
                    next.Done.TrySetException(new TimeoutException("The database did not answer in time."));
                    continue;
                }
                batch.Add(next);
                rows.AddRange(next.Rows);
            }
            if (batch.Count == 0)
                continue;
            try
            {
                connection = await Commit(connection, rows, stoppingToken);
                metrics.BatchSize.Record(rows.Count);
                handover.Committed(rows, clock.Now);
                foreach (var pending in batch)
                    pending.Done.TrySetResult();
            }
            catch (Exception e)
            {
                Log.CommitFailed(logger, rows.Count, e);
                if (connection is not null)
                    await connection.DisposeAsync();
                connection = null;
                foreach (var pending in batch)
                    pending.Done.TrySetException(e);
            }
        }
        if (connection is not null)
            await connection.DisposeAsync();
    }

    private async Task<DbConnection> Commit(DbConnection? connection, IReadOnlyList<NewMessage> rows, CancellationToken stoppingToken)
    {
        using var gate = await database.EnterWrite(CancellationToken.None, urgent: true);
        if (connection is null)
        {
            using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(5), clock.Provider);
            connection = await database.Open(timeout.Token);
        }
        if (!database.IsSqlite)
        {
            // One statement is one transaction: begin and commit would be two round trips more.
            await store.Insert(connection, null, rows, CancellationToken.None);
            return connection;
        }
        await using var transaction = await connection.BeginTransactionAsync(database.WriteIsolation, CancellationToken.None);
        await store.Insert(connection, transaction, rows, CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
        return connection;
    }
}
