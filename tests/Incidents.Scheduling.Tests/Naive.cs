using Incidents.Contracts.Organisation;
using NodaTime.TimeZones;

namespace Incidents.Scheduling.Tests;

/// <summary>
/// The definitions of the domain taken literally, turn by turn from the start and day by day: slow, and sharing nothing with the engine.
/// Layers of rotations only (no next in order), overrides applied by the sentence "the latest one wins".
/// </summary>
internal sealed class Naive(Schedule schedule)
{
    private static readonly ZoneLocalMappingResolver Resolver = Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);
    private readonly Dictionary<Layer, List<(Instant From, Instant To, IReadOnlyList<string> People)>> turns = [];

    public IReadOnlyList<string> At(Instant at)
    {
        foreach (var level in schedule.Layers.GroupBy(l => l.Level).OrderByDescending(g => g.Key))
        {
            var people = level.SelectMany(l => PeopleOf(l, at)).Distinct().ToArray();
            if (people.Length > 0)
                return people;
        }

        return [];
    }

    private IReadOnlyList<string> PeopleOf(Layer layer, Instant at)
    {
        var zone = DateTimeZoneProviders.Tzdb[layer.Zone ?? schedule.Zone];
        if (layer.Until is { } until && at >= zone.ResolveLocal(until, Resolver).ToInstant())
            return [];
        if (layer.Windows.Count > 0 && !OpenIn(layer, zone, at, at + Duration.Epsilon))
            return [];
        if (!turns.TryGetValue(layer, out var list))
            turns[layer] = list = [.. Turns(layer, zone)];
        return list.Where(t => t.From <= at && at < t.To).Select(t => t.People).SingleOrDefault() ?? [];
    }

    private static IEnumerable<(Instant From, Instant To, IReadOnlyList<string> People)> Turns(Layer layer, DateTimeZone zone)
    {
        var next = 0;
        var end = layer.Start!.Value.PlusMonths(5).InZoneLeniently(zone).ToInstant();
        for (var k = 0; ; k++)
        {
            var from = zone.ResolveLocal(layer.Start!.Value.Plus(Length(layer, k)), Resolver).ToInstant();
            var to = zone.ResolveLocal(layer.Start!.Value.Plus(Length(layer, k + 1)), Resolver).ToInstant();
            if (from > end)
                yield break;
            var consumed = layer.Advance == Advance.Elapsed || layer.Windows.Count == 0 || (from < to && OpenIn(layer, zone, from, to));
            if (from < to)
                yield return (from, to, layer.Slots[next % layer.Slots.Count]);
            if (consumed)
                next++;
        }
    }

    private static Period Length(Layer layer, int turns)
    {
        var units = turns * layer.Turn!.Value.Count;
        return layer.Turn.Value.Unit switch
        {
            TurnUnit.Hour => Period.FromHours(units),
            TurnUnit.Day => Period.FromDays(units),
            TurnUnit.Week => Period.FromWeeks(units),
            _ => Period.FromMonths(units),
        };
    }

    /// <summary>Whether any window touches <c>[from, to)</c>.</summary>
    private static bool OpenIn(Layer layer, DateTimeZone zone, Instant from, Instant to)
    {
        var first = from.InZone(zone).Date.PlusDays(-2);
        var last = to.InZone(zone).Date.PlusDays(2);
        for (var day = first; day <= last; day = day.PlusDays(1))
        {
            foreach (var window in layer.Windows)
            {
                if (window.Days.Count > 0 && !window.Days.Contains(day.DayOfWeek))
                    continue;
                var workday = day.DayOfWeek is not (IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday);
                if ((window.On == WindowDays.Workdays && !workday) || (window.On == WindowDays.HolidaysAndWeekends && workday))
                    continue;
                var opens = zone.ResolveLocal(day + window.From, Resolver).ToInstant();
                var closes = zone.ResolveLocal((window.To <= window.From ? day.PlusDays(1) : day) + window.To, Resolver).ToInstant();
                if (opens < closes && opens < to && from < closes)
                    return true;
            }
        }

        return false;
    }
}
