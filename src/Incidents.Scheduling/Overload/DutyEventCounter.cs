using System.Globalization;
using Incidents.Contracts.Messages;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Persistence;
using Incidents.Persistence.Incidents;
using Incidents.Persistence.Storage;
using Incidents.Persistence.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Incidents.Scheduling.Overload;

/// <summary>
/// Counts events of shifts from the incidents' timelines. Done again it finds nothing new, so every process may do it, and what one missed the next look
/// finds. The first event too many marks the shift, tells the lead of the schedule's team, and is noted on the incident.
/// </summary>
internal sealed class DutyEventCounter(IOrganisation organisations, ShiftsOf shifts, Database database, WorkRunner works, ILogger<DutyEventCounter> logger)
{
    /// <summary>The broadcast fact that counters have changed.</summary>
    public const string Fact = "dutyEvents";

    private static readonly string[] Kinds = [TimelineKinds.PageSent, TimelineKinds.Delivered, TimelineKinds.Answered, TimelineKinds.Acknowledged, TimelineKinds.Overloaded];

    private sealed record Key(string Schedule, string Person, Instant ShiftFrom, Guid Incident);

    /// <param name="Diverted">Paging went to the secondary instead: it is no event of this shift, but one too many all the same.</param>
    private sealed record Found(Key Key, Instant ShiftTo, long Number, Instant At, bool Diverted);

    /// <summary>Looks at these incidents (by number, a few hundred at a time). The number of events that were new.</summary>
    public async Task<int> Count(IReadOnlyCollection<long> numbers, CancellationToken cancellationToken)
    {
        var organisation = organisations.Current;
        List<Found> found;
        await using (var db = database.CreateContext())
        {
            found = await Look(db, organisation, numbers, cancellationToken);
            found = await Missing(db, found, cancellationToken);
        }

        return found.Count == 0 ? 0 : await works.Run(work => Write(work, organisation, found, cancellationToken), cancellationToken);
    }

    private async Task<List<Found>> Look(IncidentsDbContext db, OrganisationSnapshot organisation, IReadOnlyCollection<long> numbers, CancellationToken cancellationToken)
    {
        var wanted = numbers as long[] ?? [.. numbers];
        var ids = await db.Incidents.AsNoTracking().Where(i => wanted.Contains(i.Number)).ToDictionaryAsync(i => i.Number, i => i.Id, cancellationToken);
        var lines = await db.Timeline.AsNoTracking()
            .Where(t => wanted.Contains(t.Incident) && Kinds.Contains(t.Kind))
            .OrderBy(t => t.Id)
            .Select(t => new { t.Incident, t.Kind, t.Person, t.Actor, t.At })
            .ToListAsync(cancellationToken);
        var found = new Dictionary<(Key, bool), Found>();
        foreach (var line in lines)
        {
            var person = line.Kind == TimelineKinds.Acknowledged ? line.Actor : line.Person;
            if (person is null || !ids.TryGetValue(line.Incident, out var id) || !organisation.People.ContainsKey(person))
                continue;
            var diverted = line.Kind == TimelineKinds.Overloaded;
            foreach (var shift in shifts.At(organisation, person, line.At))
            {
                var key = new Key(shift.Schedule, person, Instants.Truncate(shift.From), id);
                found.TryAdd((key, diverted), new Found(key, Instants.Truncate(shift.To), line.Incident, line.At, diverted));
            }
        }

        return [.. found.Values];
    }

    private static async Task<List<Found>> Missing(IncidentsDbContext db, List<Found> found, CancellationToken cancellationToken)
    {
        if (found.Count == 0)
            return found;
        var incidents = found.Select(f => f.Key.Incident).Distinct().ToArray();
        var counted = (await db.Set<DutyEventRow>().AsNoTracking().Where(e => incidents.Contains(e.Incident))
            .Select(e => new Key(e.Schedule, e.Person, e.ShiftFrom, e.Incident)).ToListAsync(cancellationToken)).ToHashSet();
        var earliest = found.Min(f => f.At);
        var marked = (await db.Set<OverloadedShift>().AsNoTracking().Where(o => o.ShiftTo > earliest)
            .Select(o => new { o.Schedule, o.Person, o.ShiftFrom }).ToListAsync(cancellationToken)).Select(o => (o.Schedule, o.Person, o.ShiftFrom)).ToHashSet();
        return [.. found.Where(f => f.Diverted ? !marked.Contains((f.Key.Schedule, f.Key.Person, f.Key.ShiftFrom)) : !counted.Contains(f.Key))];
    }

    private async Task<int> Write(Work work, OrganisationSnapshot organisation, List<Found> found, CancellationToken cancellationToken)
    {
        // One writer at a time: what another process has counted meanwhile is seen here.
        if (!work.Db.IsSqlite)
            await work.Db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended('duty-events', 11))", cancellationToken);
        var missing = await Missing(work.Db, found, cancellationToken);
        foreach (var f in missing.Where(f => !f.Diverted))
            work.Db.Add(new DutyEventRow { Schedule = f.Key.Schedule, Person = f.Key.Person, Incident = f.Key.Incident, ShiftFrom = f.Key.ShiftFrom, ShiftTo = f.ShiftTo, Number = f.Number, At = f.At });
        if (missing.Count == 0)
            return 0;
        await work.Db.SaveChangesAsync(cancellationToken);
        foreach (var shift in missing.GroupBy(f => (f.Key.Schedule, f.Key.Person, f.Key.ShiftFrom)))
            await Mark(work, organisation, shift.Key.Schedule, shift.Key.Person, shift.Key.ShiftFrom, [.. shift.OrderBy(f => f.At)], cancellationToken);
        work.Announce(Fact, new { });
        return missing.Count;
    }

    private async Task Mark(Work work, OrganisationSnapshot organisation, string schedule, string person, Instant from, IReadOnlyList<Found> latest, CancellationToken cancellationToken)
    {
        if (!organisation.Schedules.TryGetValue(schedule, out var definition)
            || organisation.Pools.GetValueOrDefault(definition.Pool)?.Limits.EventsPerShift is not { } limit || limit.Breach == Breach.Ignore)
            return;
        var events = await work.Db.Set<DutyEventRow>().CountAsync(e => e.Schedule == schedule && e.Person == person && e.ShiftFrom == from, cancellationToken);
        var diverted = latest.FirstOrDefault(f => f.Diverted);
        if ((events <= limit.Max && diverted is null) || await work.Db.Set<OverloadedShift>().AnyAsync(o => o.Schedule == schedule && o.Person == person && o.ShiftFrom == from, cancellationToken))
            return;

        var last = diverted ?? latest[^1];
        work.Db.Add(new OverloadedShift { Schedule = schedule, Person = person, ShiftFrom = from, ShiftTo = last.ShiftTo, At = work.Now, Events = events, Number = last.Number });
        var said = string.Create(CultureInfo.InvariantCulture, $"{person}'s shift on {schedule} is overloaded: #{last.Number} is one event too many (at most {limit.Max:0.##}).");
        if (diverted is null)
        {
            work.Db.Timeline.Add(new TimelineEntry { Incident = last.Number, At = work.Now, Kind = TimelineKinds.Overloaded, Actor = "system", Person = person, Text = said });
            work.Announce("incident", new { id = last.Key.Incident, number = last.Number });
        }

        if (definition.Team is { } team && organisation.Teams.GetValueOrDefault(team)?.Lead is { } lead)
        {
            var key = string.Create(CultureInfo.InvariantCulture, $"overload:{schedule}:{person}:{from.ToUnixTimeSeconds()}");
            work.Send(new NoticeRequested(lead, "overload", key, $"{person} is overloaded on {schedule}",
                $"{said} Somebody should relieve {person} until {Limits.Rules.Say.At(last.ShiftTo)}.", $"/incidents/{last.Number.ToString(CultureInfo.InvariantCulture)}"));
        }

        work.AfterCommit(() => Limits.Log.Overloaded(logger, person, schedule, events));
    }
}
