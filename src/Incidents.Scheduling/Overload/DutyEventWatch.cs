using System.Text.Json;
using Incidents.Kernel;
using Incidents.Persistence.Events;
using Incidents.Persistence.Incidents;
using Incidents.Persistence.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Incidents.Scheduling.Overload;

/// <summary>
/// Follows the broadcast facts about incidents and has them counted, many at once and at most once a second each. What was missed while nothing ran, or
/// when facts came too fast, is found by looking at open and lately resolved incidents at the start and every five minutes.
/// </summary>
internal sealed class DutyEventWatch(EventTail tail, DutyEventCounter counter, Database database, Clock clock, ILogger<DutyEventWatch> logger) : BackgroundService
{
    private const int Batch = 200;
    private const int MostMissed = 5000;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(500);
    private static readonly Duration AtStart = Duration.FromDays(2);
    private static readonly Duration Again = Duration.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var (facts, subscription) = tail.Subscribe();
        using var _ = subscription;
        var waiting = new HashSet<long>();
        Instant? looked = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (looked is null || clock.Now - looked >= Again)
                {
                    waiting.UnionWith(await Missed(looked is null ? AtStart : Again * 2, stoppingToken));
                    looked = clock.Now;
                }

                while (facts.TryRead(out var fact))
                {
                    if (fact.Kind == "incident" && Number(fact.Data) is { } number)
                        waiting.Add(number);
                }

                foreach (var batch in waiting.Order().Chunk(Batch).ToList())
                {
                    await counter.Count(batch, stoppingToken);
                    waiting.ExceptWith(batch);
                }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Limits.Log.NotCounted(logger, e);
            }

            await Task.Delay(Pace, clock.Provider, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<List<long>> Missed(Duration back, CancellationToken cancellationToken)
    {
        var since = clock.Now - back;
        await using var db = database.CreateContext();
        var open = await db.Incidents.AsNoTracking().Where(i => i.Status != IncidentStatus.Resolved && i.LastActivityAt >= since)
            .OrderByDescending(i => i.Number).Select(i => i.Number).Take(MostMissed).ToListAsync(cancellationToken);
        var closed = await db.Incidents.AsNoTracking().Where(i => i.ResolvedAt >= since)
            .OrderByDescending(i => i.Number).Select(i => i.Number).Take(MostMissed).ToListAsync(cancellationToken);
        return [.. open, .. closed];
    }

    private static long? Number(string data)
    {
        using var document = JsonDocument.Parse(data);
        return document.RootElement.TryGetProperty("number", out var number) && number.TryGetInt64(out var value) ? value : null;
    }
}
