using Incidents.Scheduling.Shifts;

namespace Incidents.Scheduling.Tests;

/// <summary>What a lead gets who changes the people of a rotation while somebody is on: docs/adr/0010-an-edit-keeps-the-order.md.</summary>
public class Edit_of_a_rotation_under_a_running_shift
{
    private const string Noon = "2026-01-15T12:00Z";

    private static Schedule Weekly(string slots, string start = "2026-01-05T00:00", string turn = "1w", string zone = "Etc/UTC")
        => Given.Schedule(zone, Given.Layer("weekly", start, turn, slots));

    /// <summary>Turn 1 is on: the second slot. The turns after the edit, one letter each, the running one first.</summary>
    [Theory]
    [InlineData("A, B, C", "B, C", "B C B C")]                 // case 18: the first participant goes
    [InlineData("A, B, C", "A, B", "B A B A")]
    [InlineData("A, B, C", "A, B, C, D", "B C D A")]
    [InlineData("A, B, C", "D, A, B, C", "B C D A")]
    [InlineData("A, B, C", "A, B, C", "B C A B")]
    [InlineData("A, B, C", "A, C", "C A C A")]                 // the one who is on goes: the next takes over
    [InlineData("A, B, C", "C, A", "C A C A")]
    [InlineData("A, B, C", "A, D, C", "D C A D")]              // somebody takes her place
    [InlineData("A, B, C", "A, -, C", "- C A -")]              // her place is left empty
    [InlineData("A, B, C", "B, C, D", "B C D B")]
    [InlineData("A, B, C", "B, A, C", "A C B A")]              // two are exchanged: the place stays
    [InlineData("A, B", "B, A", "A B A B")]
    [InlineData("A, B, C", "D, E", "D E D E")]                 // nobody remains
    [InlineData("A, B+X, C", "A, B, C", "B C A B")]
    [InlineData("A, B, A, C", "A, B, A, D", "B A D A")]
    [InlineData("B, A, C, A", "B, D, A, C, A", "A C A B")]     // of two turns of one person, the one with the same followers
    public void keeps_the_one_who_is_on(string before, string after, string expected)
    {
        var line = Given.Edited([], ("", Weekly(before)), (Noon, Weekly(after)));

        var turns = Enumerable.Range(0, 4).Select(week => line.At(Position.Primary, Given.At(Noon) + Duration.FromDays(7 * week)).People);

        Assert.Equal(expected, string.Join(' ', turns.Select(p => p.Count == 0 ? "-" : string.Join('+', p))));
    }

    [Fact]
    public void does_not_cut_the_running_shift()
    {
        var line = Given.Edited([], ("", Weekly("ana, bruno, maarja")), (Noon, Weekly("bruno, maarja")));

        Assert.Equal(
            ["2026-01-05T00:00Z ana", "2026-01-12T00:00Z bruno", "2026-01-19T00:00Z maarja", "2026-01-26T00:00Z bruno", "2026-02-02T00:00Z"],
            line.Told("Etc/UTC", "2026-01-05T00:00Z", "2026-02-02T00:00Z"));
    }

    [Fact]
    public void holds_through_later_edits_of_something_else()
    {
        var moved = Weekly("bruno, maarja") with { Pool = "B" };
        var line = Given.Edited([], ("", Weekly("ana, bruno, maarja")), (Noon, Weekly("bruno, maarja")), ("2026-01-16T00:00Z", moved), ("2026-01-17T00:00Z", Weekly("bruno, maarja, tiina")));

        Assert.Equal(
            ["2026-01-17T00:00Z bruno", "2026-01-19T00:00Z maarja", "2026-01-26T00:00Z tiina", "2026-02-02T00:00Z bruno", "2026-02-09T00:00Z"],
            line.Told("Etc/UTC", "2026-01-17T00:00Z", "2026-02-09T00:00Z"));
    }

    [Fact]
    public void with_another_start_or_turn_counts_from_that_start()
    {
        var restarted = Given.Edited([], ("", Weekly("ana, bruno, maarja")), (Noon, Weekly("maarja, ana", start: "2026-01-15T00:00")));
        var daily = Given.Edited([], ("", Weekly("ana, bruno, maarja")), (Noon, Weekly("ana, bruno, maarja", turn: "1d")));

        Assert.Equal(["maarja"], restarted.At(Position.Primary, Given.At(Noon)).People);
        Assert.Equal(["bruno"], daily.At(Position.Primary, Given.At(Noon)).People);
        Assert.Equal(["maarja"], daily.At(Position.Primary, Given.At("2026-01-16T12:00Z")).People);
    }

    [Fact]
    public void of_the_zone_leaves_the_past_and_the_person()
    {
        var line = Given.Edited([], ("", Weekly("ana, bruno, maarja", zone: "America/Sao_Paulo")), (Noon, Weekly("ana, bruno, maarja", zone: "Europe/Tallinn")));

        Assert.Equal(
            ["2026-01-12T03:00Z bruno", "2026-01-18T22:00Z maarja", "2026-01-25T22:00Z"],
            line.Told("Etc/UTC", "2026-01-12T03:00Z", "2026-01-25T22:00Z"));
    }

    [Fact]
    public void that_takes_effect_later_keeps_the_one_who_is_on_then()
    {
        var line = Given.Edited([], ("", Weekly("ana, bruno, maarja")), ("2026-01-21T00:00Z", Weekly("bruno, maarja")));

        Assert.Equal(
            ["2026-01-12T00:00Z bruno", "2026-01-19T00:00Z maarja", "2026-01-26T00:00Z bruno", "2026-02-02T00:00Z maarja", "2026-02-09T00:00Z"],
            line.Told("Etc/UTC", "2026-01-12T00:00Z", "2026-02-09T00:00Z"));
    }

    [Fact]
    public void before_it_has_begun_counts_from_its_start()
    {
        var line = Given.Edited([], ("", Weekly("ana, bruno", start: "2026-02-02T00:00")), (Noon, Weekly("bruno, ana, maarja", start: "2026-02-02T00:00")));

        Assert.Equal(["bruno"], line.At(Position.Primary, Given.At("2026-02-02T00:00Z")).People);
    }

    [Fact]
    public void by_worked_turns_keeps_the_order_too()
    {
        Schedule Desk(string slots, string until) => Given.Schedule("Etc/UTC", Given.Layer(
            "desk", "2026-01-05T09:00", "1d", slots, advance: Advance.WorkedTurns, windows: Given.Window("09:00", until, Given.Weekdays)));
        var line = Given.Edited([], ("", Desk("ana, bruno, maarja", "17:00")), (Noon, Desk("bruno, maarja", "18:00")));

        // 5 January is turn 0; Thursday the 15th the ninth worked turn: maarja's.
        string[] days = ["2026-01-15", "2026-01-16", "2026-01-19", "2026-01-20"];

        Assert.Equal(["maarja", "bruno", "maarja", "bruno"], days.Select(d => line.At(Position.Primary, Given.At(d + "T12:30Z")).People[0]));
    }

    [Fact]
    public void moves_the_next_in_order_with_it()
    {
        Schedule With(string slots) => Given.Schedule("Etc/UTC", Given.Layer("weekly", "2026-01-05T00:00", "1w", slots), Given.NextInOrderOf("weekly"));
        var line = Given.Edited([], ("", With("ana, bruno, maarja")), (Noon, With("bruno, maarja")));

        Assert.Equal(
            ["2026-01-12T00:00Z maarja", "2026-01-19T00:00Z bruno", "2026-01-26T00:00Z"],
            line.Told("Etc/UTC", "2026-01-12T00:00Z", "2026-01-26T00:00Z", Position.Secondary));
    }

    [Fact]
    public void into_another_pool_makes_two_shifts_of_one()
    {
        var line = Given.Edited([], ("", Weekly("ana, bruno")), (Noon, Weekly("ana, bruno") with { Pool = "B" }));

        Assert.Equal(
            [("bruno", "A"), ("bruno", "B")],
            line.Shifts(Given.At("2026-01-12T00:00Z"), Given.At("2026-01-19T00:00Z")).Select(s => (s.People[0], s.Schedule!.Pool)));
    }
}

public class Change_of_a_holiday_calendar
{
    private static readonly Schedule Desk = Given.Schedule("Europe/Tallinn", Given.Layer(
        "desk", "2026-12-21T09:00", "1d", "ana, bruno, maarja", advance: Advance.WorkedTurns, windows: Given.Window("09:00", "17:00", on: WindowDays.Workdays, calendar: "estonia")));

    private static Line Changed(string at, Calendar before, Calendar after)
    {
        var change = Given.At(at);
        return new Line(
            [
                new(Desk, Instant.MinValue, change) { Calendars = new Dictionary<string, Calendar> { ["estonia"] = before } },
                new(Desk, change, To: null) { Calendars = new Dictionary<string, Calendar> { ["estonia"] = after } },
            ],
            [],
            Given.Organisation(Desk, calendars: after));
    }

    [Fact]
    public void decides_from_then_on_and_not_what_was_worked()
    {
        // The holidays of 2026 are cleared away in January: nobody works last Christmas after all, and the order goes on.
        var cleared = Changed("2027-01-05T12:00+02", Calendars.Estonia, Calendars.Estonia with { Holidays = [] });
        var unchanged = Given.Line(Desk, [], Calendars.Estonia);

        for (var at = Given.At("2026-12-20T00:00+02"); at < Given.At("2027-02-01T00:00+02"); at += Duration.FromHours(1))
            Assert.Equal(unchanged.At(Position.Primary, at).People, cleared.At(Position.Primary, at).People);
    }

    [Fact]
    public void gives_a_new_holiday_of_tomorrow_to_nobody_and_the_turn_to_the_day_after()
    {
        var line = Changed("2026-12-22T12:00+02", Calendars.Estonia, Calendars.Estonia with { Holidays = [.. Calendars.Estonia.Holidays, new LocalDate(2026, 12, 23)] });

        string[] days = ["2026-12-21", "2026-12-22", "2026-12-23", "2026-12-28", "2026-12-29"];

        Assert.Equal(["ana", "bruno", "", "maarja", "ana"], days.Select(d => string.Join('+', line.At(Position.Primary, Given.At(d + "T13:00+02")).People)));
    }
}

public class Person_removed_while_on_call
{
    [Fact]
    public void is_relieved_by_the_next_and_keeps_what_was_worked()
    {
        var before = Given.Schedule("Etc/UTC", Given.Layer("weekly", "2026-01-05T00:00", "1w", "ana, bruno, maarja"));
        var after = Given.Schedule("Etc/UTC", Given.Layer("weekly", "2026-01-05T00:00", "1w", "ana, maarja"));
        var change = Given.At("2026-01-15T12:00Z");
        var organisation = new CompiledOrganisation(Given.Organisation(after, [], [new(before, Instant.MinValue, change), new(after, change, To: null)]));

        var shift = Assert.Single(organisation.ShiftsOfPerson("bruno", Given.At("2026-01-01T00:00Z"), Given.At("2026-03-01T00:00Z")));

        Assert.Equal((Given.At("2026-01-12T00:00Z"), change), (shift.From, shift.To));
        Assert.Equal(["maarja"], organisation.LineOf("duty")!.At(Position.Primary, change).People);
        Assert.True(organisation.Knows("bruno"));
        Assert.Null(organisation.NextShiftOf("bruno", change, change + Duration.FromDays(400)));
    }
}
