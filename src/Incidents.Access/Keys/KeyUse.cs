using System.Collections.Concurrent;
using Incidents.Access.Sessions;
using Incidents.Kernel;
using Incidents.Persistence.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Incidents.Access.Keys;

/// <summary>When each key and each session was used last, written once a minute and when the process stops; never in the way of a request.</summary>
internal sealed class KeyUse(WorkRunner works, Clock clock, ILogger<KeyUse> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private ConcurrentDictionary<Guid, Instant> noted = [];
    private ConcurrentDictionary<Guid, Instant> sessions = [];

    public void Note(Guid key, Instant at) => noted[key] = at;

    public void NoteSession(Guid session, Instant at) => sessions[session] = at;

    /// <summary>Writes what was noted. What cannot be written is noted again, unless newer use has been.</summary>
    public async Task Write(CancellationToken cancellationToken)
    {
        var batch = Interlocked.Exchange(ref noted, []);
        var seen = Interlocked.Exchange(ref sessions, []);
        if (batch.IsEmpty && seen.IsEmpty)
            return;
        try
        {
            await works.Run(async work =>
            {
                foreach (var (id, at) in batch.OrderBy(b => b.Key))
                    await work.Db.Set<ApiKey>().Where(k => k.Id == id).ExecuteUpdateAsync(k => k.SetProperty(x => x.LastUsedAt, at), cancellationToken);
                foreach (var (id, at) in seen.OrderBy(b => b.Key))
                    await work.Db.Set<Session>().Where(s => s.Id == id).ExecuteUpdateAsync(s => s.SetProperty(x => x.LastUsedAt, at), cancellationToken);
            }, cancellationToken);
        }
        catch (Exception e) // a note for people: never worth more than a line in the log
        {
            foreach (var (id, at) in batch)
                noted.TryAdd(id, at);
            foreach (var (id, at) in seen)
                sessions.TryAdd(id, at);
            Log.KeyUseNotWritten(logger, batch.Count + seen.Count, e);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Pause, clock.Provider, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Write(CancellationToken.None);
        }
    }
}
