using Incidents.Scheduling.Rotations;

namespace Incidents.Scheduling.Tests;

/// <summary>Handoffs of rotations against literal lists, across every kind of change that zones know.</summary>
public class Rotation_when_walked_across_a_change_of_offset
{
    public static TheoryData<string, string, string, string, string[]> Walks => new()
    {
        // zone, start, turn, seen from, then the following handoffs
        { Given.Chicago, "2020-10-01T01:30", "1d", "2020-10-31T12:00-05", ["2020-11-01T01:30-05", "2020-11-02T01:30-06", "2020-11-03T01:30-06"] },
        { Given.Chicago, "2020-10-01T01:30", "24h", "2020-10-31T12:00-05", ["2020-11-01T01:30-05", "2020-11-02T01:30-06", "2020-11-03T01:30-06"] },
        { Given.Chicago, "2020-03-01T02:30", "1d", "2020-03-07T12:00-06", ["2020-03-08T03:00-05", "2020-03-09T02:30-05"] },
        { Given.Chicago, "2020-03-01T00:30", "1h", "2020-03-08T00:00-06", ["2020-03-08T00:30-06", "2020-03-08T01:30-06", "2020-03-08T03:00-05", "2020-03-08T03:30-05", "2020-03-08T04:30-05"] },
        { Given.Chicago, "2020-03-01T00:00", "1h", "2020-03-08T00:30-06", ["2020-03-08T01:00-06", "2020-03-08T03:00-05", "2020-03-08T04:00-05"] },
        { Given.Chicago, "2020-10-01T00:30", "1h", "2020-11-01T00:00-05", ["2020-11-01T00:30-05", "2020-11-01T01:30-05", "2020-11-01T02:30-06", "2020-11-01T03:30-06"] },
        { Given.Chicago, "2020-10-01T00:00", "1h", "2020-11-01T00:30-05", ["2020-11-01T01:00-05", "2020-11-01T02:00-06", "2020-11-01T03:00-06"] },
        { Given.Chicago, "2020-10-01T01:30", "1mo", "2020-10-15T00:00-05", ["2020-11-01T01:30-05", "2020-12-01T01:30-06", "2021-01-01T01:30-06", "2021-02-01T01:30-06", "2021-03-01T01:30-06", "2021-04-01T01:30-05"] },
        { Given.Chicago, "2020-09-01T01:30", "2mo", "2020-10-15T00:00-05", ["2020-11-01T01:30-05", "2021-01-01T01:30-06", "2021-03-01T01:30-06"] },
        { Given.Chicago, "2020-10-05T09:00", "1w", "2020-10-27T00:00-05", ["2020-11-02T09:00-06", "2020-11-09T09:00-06"] },
        { Given.Chicago, "2020-03-01T00:00", "3h", "2020-03-07T22:00-06", ["2020-03-08T00:00-06", "2020-03-08T03:00-05", "2020-03-08T06:00-05"] },
        { Given.Chicago, "2020-10-01T00:00", "3h", "2020-10-31T22:00-05", ["2020-11-01T00:00-05", "2020-11-01T03:00-06", "2020-11-01T06:00-06"] },
        { Given.Chicago, "2020-01-31T12:00", "1mo", "2020-02-01T00:00-06", ["2020-02-29T12:00-06", "2020-03-31T12:00-05", "2020-04-30T12:00-05", "2020-05-31T12:00-05"] },
        { "Etc/UTC", "2026-01-31T00:00", "1mo", "2026-02-01T00:00Z", ["2026-02-28T00:00Z", "2026-03-31T00:00Z", "2026-04-30T00:00Z"] },
        { "Etc/UTC", "2024-02-29T00:00", "12mo", "2024-03-01T00:00Z", ["2025-02-28T00:00Z", "2026-02-28T00:00Z", "2027-02-28T00:00Z", "2028-02-29T00:00Z"] },

        // Midnight does not exist on 2018-11-04 and comes twice on 2018-02-17/18 (23:00 repeated).
        { "America/Sao_Paulo", "2018-10-01T00:00", "1d", "2018-11-03T12:00-03", ["2018-11-04T01:00-02", "2018-11-05T00:00-02"] },
        { "America/Sao_Paulo", "2018-02-01T00:00", "1d", "2018-02-16T12:00-02", ["2018-02-17T00:00-02", "2018-02-18T00:00-03", "2018-02-19T00:00-03"] },
        { "America/Sao_Paulo", "2018-02-01T23:30", "1d", "2018-02-16T23:59-02", ["2018-02-17T23:30-02", "2018-02-18T23:30-03"] },
        { "Asia/Beirut", "2024-03-01T00:00", "1d", "2024-03-30T12:00+02", ["2024-03-31T01:00+03", "2024-04-01T00:00+03"] },
        { "Asia/Beirut", "2024-10-01T00:00", "1d", "2024-10-26T12:00+03", ["2024-10-27T00:00+02", "2024-10-28T00:00+02"] },
        { "Africa/Cairo", "2024-04-01T00:00", "1d", "2024-04-25T12:00+02", ["2024-04-26T01:00+03", "2024-04-27T00:00+03"] },

        // Half an hour forward at 02:00 and back at 02:00.
        { "Australia/Lord_Howe", "2024-10-01T02:15", "1d", "2024-10-05T12:00+10:30", ["2024-10-06T02:30+11", "2024-10-07T02:15+11"] },
        { "Australia/Lord_Howe", "2024-04-01T01:45", "1d", "2024-04-06T12:00+11", ["2024-04-07T01:45+11", "2024-04-08T01:45+10:30"] },

        // Samoa had no 30 December 2011.
        { "Pacific/Apia", "2011-12-01T09:00", "1d", "2011-12-28T12:00-10", ["2011-12-29T09:00-10", "2011-12-31T00:00+14", "2011-12-31T09:00+14"] },
        { "Pacific/Apia", "2011-12-01T00:00", "1d", "2011-12-29T12:00-10", ["2011-12-31T00:00+14", "2012-01-01T00:00+14"] },
        { "Pacific/Apia", "2011-12-01T00:00", "12h", "2011-12-29T13:00-10", ["2011-12-31T00:00+14", "2011-12-31T12:00+14"] },
        { "America/St_Johns", "2010-10-01T00:00", "1d", "2010-11-06T12:00-02:30", ["2010-11-07T00:00-02:30", "2010-11-08T00:00-03:30"] },
    };

    [Theory]
    [MemberData(nameof(Walks))]
    public void hands_off_at_the_listed_instants(string zone, string start, string turn, string seenFrom, string[] handoffs)
    {
        var rotation = new Rotation(WallClock.Of(zone), Given.Local(start), Given.Turn(turn));
        var at = Given.At(seenFrom);

        foreach (var handoff in handoffs)
        {
            var expected = Given.At(handoff);
            var now = rotation.TurnAt(at);
            at = rotation.Boundary(now + 1);

            Assert.Equal(Given.Show(expected, zone), Given.Show(at, zone));
            Assert.Equal(now, rotation.TurnAt(expected - Duration.Epsilon));
            Assert.True(rotation.TurnAt(expected) > now);
        }
    }

    [Theory]
    [InlineData("1d", "2020-11-01T01:30-05", 25, 0)]
    [InlineData("1w", "2020-10-26T01:30-05", 7 * 24, 1)]
    [InlineData("1mo", "2021-03-01T01:30-06", 31 * 24, -1)]
    [InlineData("2mo", "2020-11-01T01:30-05", 61 * 24, 1)]
    public void turns_are_longer_or_shorter_by_the_change(string turn, string start, int hours, int change)
    {
        var begin = Given.At(start);
        var local = begin.InZone(DateTimeZoneProviders.Tzdb[Given.Chicago]).LocalDateTime;
        var rotation = new Rotation(WallClock.Of(Given.Chicago), local, Given.Turn(turn));

        Assert.Equal(begin, rotation.Boundary(0));
        Assert.Equal(Duration.FromHours(hours + change), rotation.Boundary(1) - begin);
    }

    [Fact]
    public void a_turn_squeezed_to_nothing_is_passed_over_and_the_order_advances()
    {
        // Hourly at :00 in spring: the turn 02:00-03:00 has no time. It was bruno's.
        var line = Given.Line(Given.Schedule(Given.Chicago, Given.Layer("hourly", "2020-03-08T01:00", "1h", "ana, bruno, maarja")));

        Assert.Equal(
            ["2020-03-08T01:00-06 ana", "2020-03-08T03:00-05 maarja", "2020-03-08T04:00-05 ana", "2020-03-08T05:00-05"],
            line.Told(Given.Chicago, "2020-03-08T01:00-06", "2020-03-08T05:00-05"));
    }
}

public class Rotation_when_asked_before_its_start
{
    [Fact]
    public void extrapolates_boundaries_backwards()
    {
        var rotation = new Rotation(WallClock.Of(Given.Chicago), Given.Local("2020-11-10T09:00"), Given.Turn("1w"));

        Assert.Equal(-2, rotation.TurnAt(Given.At("2020-11-01T12:00-06")));
        Assert.Equal(Given.At("2020-10-27T09:00-05"), rotation.Boundary(-2));
    }

    [Fact]
    public void puts_somebody_on_only_in_a_preview()
    {
        var schedule = Given.Schedule(Given.Chicago, Given.Layer("weekly", "2020-11-10T09:00", "1w", "ana, bruno, maarja"));
        var history = new[] { new ScheduleVersion(schedule, Instant.MinValue, To: null) };
        var at = Given.At("2020-11-01T12:00-06");

        Assert.Equal(["bruno"], new Shifts.Line(history, [], Given.Organisation(schedule), preview: true).At(Position.Primary, at).People);
        Assert.Empty(new Shifts.Line(history, [], Given.Organisation(schedule)).At(Position.Primary, at).People);
    }

    [Fact]
    public void wraps_the_order_by_elapsed_turns()
    {
        var line = Given.Line(Given.Schedule("Etc/UTC", Given.Layer("short", "2020-01-01T00:00", "2h", "ana, bruno")));

        Assert.Equal(["bruno"], line.At(Position.Primary, Given.At("2020-01-01T03:50Z")).People);
        Assert.Equal(["ana"], line.At(Position.Primary, Given.At("2020-01-01T04:00Z")).People);
    }
}
