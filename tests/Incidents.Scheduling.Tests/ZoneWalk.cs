using Incidents.Scheduling.Rotations;
using NodaTime.TimeZones;

namespace Incidents.Scheduling.Tests;

/// <summary>
/// The arithmetic of rotations against turns counted one by one from the start, around every change of offset of a zone. All zones of the database and all
/// their changes when <c>WALK_ALL_ZONES=1</c> (tests/zones, minutes); else the treacherous zones and a sample of the others.
/// </summary>
public class Rotation_in_any_zone
{
    private static readonly string[] Treacherous =
    [
        "America/Sao_Paulo", "Asia/Beirut", "Africa/Cairo", "Australia/Lord_Howe", "Pacific/Apia", "America/St_Johns", "America/Chicago", "Europe/Tallinn",
        "Africa/Casablanca", "Asia/Gaza", "America/Godthab", "Pacific/Kwajalein", "Asia/Manila", "America/Juneau", "Antarctica/Troll",
    ];

    private static readonly ZoneLocalMappingResolver Resolver = Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);
    private static readonly bool All = Environment.GetEnvironmentVariable("WALK_ALL_ZONES") == "1";

    private static readonly (TurnLength Turn, int HoursBefore)[] Walks =
    [
        (new(1, TurnUnit.Hour), 30), (new(3, TurnUnit.Hour), 75), (new(1, TurnUnit.Day), 24 * 9), (new(5, TurnUnit.Day), 24 * 31), (new(1, TurnUnit.Week), 24 * 30), (new(1, TurnUnit.Month), 24 * 100),
    ];

    [Fact]
    public void hands_off_where_counting_turn_by_turn_does()
    {
        var ids = All ? DateTimeZoneProviders.Tzdb.Ids : [.. Treacherous, .. DateTimeZoneProviders.Tzdb.Ids.Where((_, i) => i % 12 == 0)];
        var changes = 0;
        foreach (var zone in ids.Select(id => DateTimeZoneProviders.Tzdb[id]))
        {
            var intervals = zone.GetZoneIntervals(Instant.FromUtc(All ? 1900 : 1995, 1, 1, 0, 0), Instant.FromUtc(2040, 1, 1, 0, 0)).Where(i => i.HasStart).ToArray();
            foreach (var change in intervals.Where((_, i) => All || i % 3 == 0))
            {
                Walk(zone, change.Start);
                changes++;
            }
        }

        Assert.InRange(changes, All ? 20_000 : 300, int.MaxValue);
    }

    private static void Walk(DateTimeZone zone, Instant change)
    {
        var clock = new WallClock(zone);
        foreach (var (turn, before) in Walks)
        {
            // On the hour and the half as the wall shows them just before the change, so that boundaries fall into the gap or the repeated time.
            var shown = (change - Duration.FromMinutes(1)).InZone(zone).LocalDateTime;
            var start = shown.PlusHours(-before).PlusMinutes((shown.Minute >= 30 ? 30 : 0) - shown.Minute).PlusSeconds(-shown.Second);
            var rotation = new Rotation(clock, start, turn);
            var end = change + Duration.FromHours(49);
            for (var k = 0; ; k++)
            {
                var (from, to) = (zone.ResolveLocal(start.Plus(Length(turn, k)), Resolver).ToInstant(), zone.ResolveLocal(start.Plus(Length(turn, k + 1)), Resolver).ToInstant());
                if (from > end)
                    break;
                var same = rotation.Boundary(k) == from && (from >= to || (rotation.TurnAt(from) == k && rotation.TurnAt(to - Duration.Epsilon) == k && rotation.TurnAt(from + ((to - from) / 2)) == k));
                Assert.True(same, $"{zone.Id}, {turn.Count} {turn.Unit} from {start}: turn {k} is {from} to {to}, not from {rotation.Boundary(k)}; at its begin it is turn {rotation.TurnAt(from)}.");
            }
        }
    }

    private static Period Length(TurnLength turn, int k) => turn.Unit switch
    {
        TurnUnit.Hour => Period.FromHours(turn.Count * k),
        TurnUnit.Day => Period.FromDays(turn.Count * k),
        TurnUnit.Week => Period.FromWeeks(turn.Count * k),
        _ => Period.FromMonths(turn.Count * k),
    };
}
