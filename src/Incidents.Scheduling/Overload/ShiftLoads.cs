using System.Collections.Frozen;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Persistence.Events;
using Incidents.Persistence.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Incidents.Scheduling.Overload;

/// <summary>
/// The counters of the shifts that are running, kept in memory in every process: read anew when a broadcast fact says that they changed and every half
/// minute. When they could not be read for two minutes nothing is known, and pages go as usual.
/// </summary>
internal sealed class ShiftLoads(EventTail tail, Database database, Clock clock, ILogger<ShiftLoads> logger) : BackgroundService, IShiftLoad
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);
    private static readonly Duration Again = Duration.FromSeconds(30);
    private static readonly Duration Stale = Duration.FromMinutes(2);

    private sealed record Counted(Instant ReadAt, FrozenDictionary<(string Schedule, string Person), DutyEventRow[]> Events);

    private Counted counted = new(Instant.MinValue, FrozenDictionary<(string, string), DutyEventRow[]>.Empty);

    public bool GoesToSecondary(OrganisationSnapshot organisation, string schedule, string person, Guid incident, Instant at)
    {
        if (!organisation.Schedules.TryGetValue(schedule, out var definition)
            || organisation.Pools.GetValueOrDefault(definition.Pool)?.Limits.EventsPerShift is not { Route: OverloadRoute.Secondary, Breach: not Breach.Ignore } limit)
            return false;
        var known = Volatile.Read(ref counted);
        if (at - known.ReadAt > Stale || !known.Events.TryGetValue((schedule, person), out var events))
            return false;
        var inShift = events.Where(e => e.ShiftFrom <= at && at < e.ShiftTo).Select(e => e.Incident).ToHashSet();
        return inShift.Count >= limit.Max && !inShift.Contains(incident);
    }

    public async Task Refresh(CancellationToken cancellationToken)
    {
        var now = clock.Now;
        await using var db = database.CreateContext();
        var rows = await db.Set<DutyEventRow>().AsNoTracking().Where(e => e.ShiftTo > now).ToListAsync(cancellationToken);
        Volatile.Write(ref counted, new Counted(now, rows.GroupBy(r => (r.Schedule, r.Person)).ToFrozenDictionary(g => g.Key, g => g.ToArray())));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var (facts, subscription) = tail.Subscribe();
        using var _ = subscription;
        var changed = true;
        while (!stoppingToken.IsCancellationRequested)
        {
            while (facts.TryRead(out var fact))
                changed |= fact.Kind == DutyEventCounter.Fact;
            if (changed || clock.Now - counted.ReadAt > Again)
            {
                try
                {
                    await Refresh(stoppingToken);
                    changed = false;
                }
                catch (Exception e) when (!stoppingToken.IsCancellationRequested)
                {
                    Limits.Log.CountersNotRead(logger, e);
                }
            }

            await Task.Delay(Pace, clock.Provider, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
