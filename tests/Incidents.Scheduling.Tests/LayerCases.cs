namespace Incidents.Scheduling.Tests;

public class Windows_of_a_layer
{
    [Fact]
    public void cross_midnight_and_end_exclusively()
    {
        var layer = Given.Layer("nights", "2020-01-06T00:00", "1w", "ana", windows: Given.Window("20:00", "08:00", [IsoDayOfWeek.Monday]));
        var line = Given.Line(Given.Schedule(Given.Chicago, layer));

        Assert.Empty(line.At(Position.Primary, Given.At("2020-06-01T19:59-05")).People);
        Assert.Equal(["ana"], line.At(Position.Primary, Given.At("2020-06-01T20:00-05")).People);
        Assert.Equal(["ana"], line.At(Position.Primary, Given.At("2020-06-02T07:00-05")).People);
        Assert.Empty(line.At(Position.Primary, Given.At("2020-06-02T08:00-05")).People);
    }

    [Fact]
    public void of_a_whole_day_join_into_one_block()
    {
        var layer = Given.Layer("week", "2020-01-06T08:00", "1w", "ana", windows: Given.Window("08:00", "08:00", Given.Weekdays));
        var line = Given.Line(Given.Schedule(Given.Chicago, layer));

        Assert.Equal(
            ["2020-06-01T08:00-05 ana", "2020-06-06T08:00-05 gap", "2020-06-08T08:00-05 ana", "2020-06-09T00:00-05"],
            line.Told(Given.Chicago, "2020-06-01T08:00-05", "2020-06-09T00:00-05"));
    }

    [Fact]
    public void squeezed_by_a_gap_begin_after_it()
    {
        var layer = Given.Layer("early", "2020-01-06T00:00", "1w", "ana", windows: Given.Window("02:15", "04:00"));
        var line = Given.Line(Given.Schedule(Given.Chicago, layer));

        Assert.Equal(
            ["2020-03-08T00:00-06 gap", "2020-03-08T03:00-05 ana", "2020-03-08T04:00-05 gap", "2020-03-09T02:15-05 ana", "2020-03-09T03:00-05"],
            line.Told(Given.Chicago, "2020-03-08T00:00-06", "2020-03-09T03:00-05"));
    }

    [Fact]
    public void on_a_day_that_the_zone_skipped_do_not_exist()
    {
        var layer = Given.Layer("day", "2011-12-01T00:00", "1w", "ana", windows: Given.Window("09:00", "17:00"));
        var line = Given.Line(Given.Schedule("Pacific/Apia", layer));

        Assert.Equal(
            ["2011-12-29T09:00-10 ana", "2011-12-29T17:00-10 gap", "2011-12-31T09:00+14 ana", "2011-12-31T17:00+14"],
            line.Told("Pacific/Apia", "2011-12-29T09:00-10", "2011-12-31T17:00+14"));
    }

    [Fact]
    public void opened_by_a_repeated_midnight_are_found_in_its_second_pass()
    {
        // At 00:01 on 7 November 2010 clocks went back to 23:01: Sunday had begun already and begins again.
        var layer = Given.Layer("sunday", "2010-01-03T00:00", "1w", "ana", windows: Given.Window("00:00", "12:00", [IsoDayOfWeek.Sunday]));
        var line = Given.Line(Given.Schedule("America/St_Johns", layer));

        Assert.Equal(
            ["2010-11-06T20:00-02:30 gap", "2010-11-07T00:00-02:30 ana", "2010-11-07T12:00-03:30 gap", "2010-11-07T20:00-03:30"],
            line.Told("America/St_Johns", "2010-11-06T20:00-02:30", "2010-11-07T20:00-03:30"));
    }

    [Theory]
    [InlineData(WindowDays.Workdays, "2026-12-23", "09:00 ana 17:00")]
    [InlineData(WindowDays.Workdays, "2026-12-25", "")]
    [InlineData(WindowDays.Workdays, "2026-12-26", "")]
    [InlineData(WindowDays.HolidaysAndWeekends, "2026-12-23", "")]
    [InlineData(WindowDays.HolidaysAndWeekends, "2026-12-25", "09:00 ana 17:00")]
    [InlineData(WindowDays.HolidaysAndWeekends, "2026-12-26", "09:00 ana 17:00")]
    public void follow_the_holiday_calendar(WindowDays on, string date, string expected)
    {
        var layer = Given.Layer("day", "2026-01-05T00:00", "1w", "ana", windows: Given.Window("09:00", "17:00", on: on, calendar: "estonia"));
        var line = Given.Line(Given.Schedule("Europe/Tallinn", layer), [], Calendars.Estonia);

        var on_call = line.Shifts(Given.At(date + "T00:00+02"), Given.At(date + "T23:59+02")).Where(s => s.People.Count > 0)
            .Select(s => $"{Given.Show(s.From, "Europe/Tallinn")[11..16]} ana {Given.Show(s.To, "Europe/Tallinn")[11..16]}");

        Assert.Equal(expected, string.Join(' ', on_call));
    }

    [Fact]
    public void consume_no_turn_when_the_turn_has_no_allowed_time()
    {
        // Daily turns on workdays: with elapsed turns the weekend would burn two of them, and Christmas one.
        var layer = Given.Layer("day", "2026-12-21T09:00", "1d", "ana, bruno, maarja", advance: Advance.WorkedTurns, windows: Given.Window("09:00", "17:00", on: WindowDays.Workdays, calendar: "estonia"));
        var line = Given.Line(Given.Schedule("Europe/Tallinn", layer), [], Calendars.Estonia);

        string Who(string date) => string.Join('+', line.At(Position.Primary, Given.At(date + "T10:00+02")).People);

        Assert.Equal("ana", Who("2026-12-21"));
        Assert.Equal("bruno", Who("2026-12-22"));
        Assert.Equal("maarja", Who("2026-12-23"));
        Assert.Equal("", Who("2026-12-24"));
        Assert.Equal("", Who("2026-12-27"));
        Assert.Equal("ana", Who("2026-12-28"));
        Assert.Equal("bruno", Who("2026-12-29"));
    }

    [Fact]
    public void burn_turns_when_these_advance_by_elapsed_time()
    {
        var layer = Given.Layer("day", "2026-12-21T09:00", "1d", "ana, bruno, maarja", windows: Given.Window("09:00", "17:00", on: WindowDays.Workdays, calendar: "estonia"));
        var line = Given.Line(Given.Schedule("Europe/Tallinn", layer), [], Calendars.Estonia);

        Assert.Equal(["bruno"], line.At(Position.Primary, Given.At("2026-12-28T10:00+02")).People);
    }

    [Fact]
    public void give_each_person_every_third_worked_turn_years_later()
    {
        var layer = Given.Layer("day", "2020-01-01T09:00", "1d", "ana, bruno, maarja", advance: Advance.WorkedTurns, windows: Given.Window("09:00", "17:00", Given.Weekdays));
        var line = Given.Line(Given.Schedule("Europe/Tallinn", layer));

        var order = line.Shifts(Given.At("2026-06-01T00:00+03"), Given.At("2026-09-01T00:00+03")).Where(s => s.People.Count > 0).Select(s => s.People[0]).ToArray();

        Assert.Equal(66, order.Length);
        var firstThree = string.Join(' ', order.Take(3));
        Assert.Equal("ana bruno maarja", string.Join(' ', order.Take(3).Order(StringComparer.Ordinal)));
        Assert.Equal(string.Join(' ', Enumerable.Repeat(firstThree, 22)), string.Join(' ', order));
    }
}

public class Layers_of_a_schedule
{
    [Fact]
    public void of_one_level_add_up_and_a_higher_level_wins()
    {
        var line = Given.Line(Given.Schedule(
            "Etc/UTC",
            Given.Layer("a", "2020-01-01T10:00", "1d", "A", until: "2020-01-01T20:00"),
            Given.Layer("b", "2020-01-01T12:00", "1d", "B", until: "2020-01-01T16:00"),
            Given.Layer("c", "2020-01-01T15:00", "1d", "C", level: 7, until: "2020-01-01T18:00")));

        var shifts = line.Shifts(Given.At("2020-01-01T10:00Z"), Given.At("2020-01-01T20:00Z"));

        Assert.Equal(
            ["A 10-15", "B 12-15", "C 15-18", "A 18-20"],
            shifts.Select(s => $"{s.People[0]} {s.From.InUtc().Hour}-{s.To.InUtc().Hour}"));
        Assert.Equal(["A", "B"], line.At(Position.Primary, Given.At("2020-01-01T13:00Z")).People);
    }

    [Fact]
    public void with_an_empty_slot_let_the_level_below_through()
    {
        var line = Given.Line(Given.Schedule(
            "Etc/UTC",
            Given.Layer("below", "2020-01-01T00:00", "1w", "ana"),
            Given.Layer("above", "2020-01-01T00:00", "1d", "bruno, -", level: 2)));

        Assert.Equal(
            ["2020-01-01T00:00Z bruno", "2020-01-02T00:00Z ana", "2020-01-03T00:00Z bruno", "2020-01-04T00:00Z"],
            line.Told("Etc/UTC", "2020-01-01T00:00Z", "2020-01-04T00:00Z"));
    }

    [Fact]
    public void put_all_people_of_a_slot_on_call_and_each_person_once()
    {
        var line = Given.Line(Given.Schedule(
            "Etc/UTC",
            Given.Layer("pair", "2020-01-01T00:00", "1w", "ana+bruno"),
            Given.Layer("one", "2020-01-01T00:00", "1w", "bruno")));

        Assert.Equal(["ana", "bruno"], line.At(Position.Primary, Given.At("2020-01-02T00:00Z")).People);
    }

    [Fact]
    public void that_put_nobody_on_make_a_gap()
    {
        var line = Given.Line(Given.Schedule("Etc/UTC", Given.Layer("idle", "2020-01-01T00:00", "1w", "-", until: "2020-02-01T00:00")));

        var gap = Assert.Single(line.Shifts(Given.At("2019-12-01T00:00Z"), Given.At("2020-03-01T00:00Z")));

        Assert.Empty(gap.People);
        Assert.Equal(Shifts.Cause.Gap(), gap.Why);
    }

    [Fact]
    public void hand_off_each_turn_as_a_shift_of_its_own_even_to_the_same_person()
    {
        var line = Given.Line(Given.Schedule("Europe/Tallinn", Given.Layer("desk", "2026-01-05T00:00", "1d", "lena")));

        Assert.Equal(3, line.Shifts(Given.At("2026-02-01T00:00+02"), Given.At("2026-02-04T00:00+02")).Count);
    }
}

public class Secondary_that_is_next_in_order
{
    private static readonly Layer Weekly = Given.Layer("weekly", "2026-01-05T10:00", "1w", "ana, bruno, maarja");

    [Fact]
    public void follows_the_primary_by_one()
    {
        var line = Given.Line(Given.Schedule("Etc/UTC", Weekly, Given.NextInOrderOf("weekly")));

        Assert.Equal(
            ["2026-01-05T10:00Z bruno", "2026-01-12T10:00Z maarja", "2026-01-19T10:00Z ana", "2026-01-26T10:00Z"],
            line.Told("Etc/UTC", "2026-01-05T10:00Z", "2026-01-26T10:00Z", Position.Secondary));
    }

    [Fact]
    public void passes_over_whoever_is_primary_by_an_override()
    {
        var line = Given.Line(
            Given.Schedule("Etc/UTC", Weekly, Given.NextInOrderOf("weekly")),
            Given.Replace("ana", "bruno", "2026-01-06T00:00Z", "2026-01-07T00:00Z"));

        Assert.Equal(
            ["2026-01-05T10:00Z bruno", "2026-01-06T00:00Z maarja", "2026-01-07T00:00Z bruno", "2026-01-12T10:00Z"],
            line.Told("Etc/UTC", "2026-01-05T10:00Z", "2026-01-12T10:00Z", Position.Secondary));
    }

    [Fact]
    public void is_a_gap_when_everybody_is_primary()
    {
        var alone = Given.Layer("weekly", "2026-01-05T10:00", "1w", "ana");
        var line = Given.Line(Given.Schedule("Etc/UTC", alone, Given.NextInOrderOf("weekly")));

        Assert.Empty(line.At(Position.Secondary, Given.At("2026-01-06T00:00Z")).People);
    }

    [Fact]
    public void skips_slots_left_empty()
    {
        var order = Given.Layer("weekly", "2026-01-05T10:00", "1w", "ana, -, maarja");
        var line = Given.Line(Given.Schedule("Etc/UTC", order, Given.NextInOrderOf("weekly")));

        Assert.Equal(["maarja"], line.At(Position.Secondary, Given.At("2026-01-06T00:00Z")).People);
    }
}

public class Versions_of_a_schedule
{
    private static readonly Schedule First = Given.Schedule("Etc/UTC", Given.Layer("daily", "2026-01-01T00:00", "1d", "ana"));
    private static readonly Schedule Second = Given.Schedule("Etc/UTC", Given.Layer("daily", "2026-01-01T00:00", "1d", "bruno"));

    [Fact]
    public void leave_what_was_worked_as_it_was()
    {
        var change = Given.At("2026-03-01T12:00Z");
        var line = new Shifts.Line([new(First, Given.At("2026-01-01T00:00Z"), change), new(Second, change, To: null)], [], Given.Organisation(Second));

        Assert.Equal(
            ["2026-02-28T00:00Z ana", "2026-03-01T00:00Z ana", "2026-03-01T12:00Z bruno", "2026-03-02T00:00Z bruno", "2026-03-03T00:00Z"],
            line.Told("Etc/UTC", "2026-02-28T00:00Z", "2026-03-03T00:00Z"));
    }

    [Fact]
    public void end_in_a_gap_when_the_schedule_is_deleted()
    {
        var line = new Shifts.Line([new(First, Instant.MinValue, Given.At("2026-03-01T12:00Z"))], [], Given.Organisation(First));

        Assert.Equal(
            ["2026-03-01T00:00Z ana", "2026-03-01T12:00Z gap", "2026-03-02T00:00Z"],
            line.Told("Etc/UTC", "2026-03-01T00:00Z", "2026-03-02T00:00Z"));
    }

    [Fact]
    public void closed_at_once_never_act()
    {
        var change = Given.At("2026-03-01T12:00Z");
        var line = new Shifts.Line([new(First, change, change), new(Second, change, To: null)], [], Given.Organisation(Second));

        Assert.Empty(line.At(Position.Primary, change - Duration.Epsilon).People);
        Assert.Equal(["bruno"], line.At(Position.Primary, change).People);
    }
}
