using Incidents.Scheduling.Shifts;

namespace Incidents.Scheduling.Tests;

public class Overrides_over_a_shift
{
    private static readonly Schedule Daily = Given.Schedule("Etc/UTC", Given.Layer("daily", "2026-01-01T00:00", "1d", "ana, bruno"));

    private static string[] Day(params Override[] overrides) => Given.Line(Daily, overrides).Told("Etc/UTC", "2026-01-01T00:00Z", "2026-01-02T00:00Z");

    [Fact]
    public void replace_the_middle_of_it()
        => Assert.Equal(
            ["2026-01-01T00:00Z ana", "2026-01-01T08:00Z maarja", "2026-01-01T10:00Z ana", "2026-01-02T00:00Z"],
            Day(Given.Replace("ana", "maarja", "2026-01-01T08:00Z", "2026-01-01T10:00Z")));

    [Fact]
    public void remove_leaves_a_gap_that_does_not_fall_to_a_lower_level()
    {
        var schedule = Given.Schedule("Etc/UTC", Given.Layer("daily", "2026-01-01T00:00", "1d", "ana", level: 2), Given.Layer("below", "2026-01-01T00:00", "1d", "juri"));
        var line = Given.Line(schedule, Given.Remove("ana", "2026-01-01T08:00Z", "2026-01-01T10:00Z"));

        Assert.Equal(
            ["2026-01-01T00:00Z ana", "2026-01-01T08:00Z gap", "2026-01-01T10:00Z ana", "2026-01-02T00:00Z"],
            line.Told("Etc/UTC", "2026-01-01T00:00Z", "2026-01-02T00:00Z"));
    }

    [Fact]
    public void replace_acts_only_while_the_replaced_person_is_on()
    {
        var line = Given.Line(Daily, Given.Replace("bruno", "maarja", "2026-01-01T12:00Z", "2026-01-02T12:00Z"));

        Assert.Equal(
            ["2026-01-01T00:00Z ana", "2026-01-02T00:00Z maarja", "2026-01-02T12:00Z bruno", "2026-01-03T00:00Z"],
            line.Told("Etc/UTC", "2026-01-01T00:00Z", "2026-01-03T00:00Z"));
    }

    [Fact]
    public void add_puts_somebody_beside_or_into_a_gap()
    {
        var line = Given.Line(Daily, Given.Add("maarja", "2026-01-01T08:00Z", "2026-01-01T10:00Z"), Given.Add("juri", "2025-12-31T22:00Z", "2025-12-31T23:00Z"));

        Assert.Equal(["ana", "maarja"], line.At(Position.Primary, Given.At("2026-01-01T09:00Z")).People);
        Assert.Equal(["juri"], line.At(Position.Primary, Given.At("2025-12-31T22:30Z")).People);
        Assert.Equal(2, line.Shifts(Given.At("2026-01-01T00:00Z"), Given.At("2026-01-02T00:00Z")).Count);
    }

    [Fact]
    public void that_remove_everybody_make_a_gap()
        => Assert.Equal(
            ["2026-01-01T00:00Z gap", "2026-01-02T00:00Z"],
            Day(Given.Remove("ana", "2025-12-01T00:00Z", "2026-02-01T00:00Z"), Given.Remove("bruno", "2025-12-01T00:00Z", "2026-02-01T00:00Z", made: 1)));

    [Fact]
    public void a_later_one_for_the_same_person_wins_and_restores_what_was_under_it()
        => Assert.Equal(
            ["2026-01-01T00:00Z bruno", "2026-01-01T05:00Z maarja", "2026-01-01T08:00Z bruno", "2026-01-01T10:00Z ana", "2026-01-02T00:00Z"],
            Day(
                Given.Replace("ana", "bruno", "2026-01-01T00:00Z", "2026-01-01T10:00Z", made: 1),
                Given.Replace("ana", "maarja", "2026-01-01T05:00Z", "2026-01-01T08:00Z", made: 2)));

    [Fact]
    public void chain_when_the_stand_in_is_replaced()
        => Assert.Equal(
            ["2026-01-01T00:00Z bruno", "2026-01-01T05:00Z maarja", "2026-01-01T08:00Z bruno", "2026-01-02T00:00Z"],
            Day(
                Given.Replace("ana", "bruno", "2026-01-01T00:00Z", "2026-01-02T00:00Z", made: 1),
                Given.Replace("bruno", "maarja", "2026-01-01T05:00Z", "2026-01-01T08:00Z", made: 2)));

    [Fact]
    public void a_later_removal_wins_over_an_addition_and_the_other_way_round()
    {
        var add = Given.Add("maarja", "2026-01-01T00:00Z", "2026-01-02T00:00Z", made: 1);
        var remove = Given.Remove("maarja", "2026-01-01T00:00Z", "2026-01-02T00:00Z", made: 2);
        var at = Given.At("2026-01-01T06:00Z");

        Assert.Equal(["ana"], Given.Line(Daily, add, remove).At(Position.Primary, at).People);
        Assert.Equal(["ana", "maarja"], Given.Line(Daily, remove, add with { CreatedAt = remove.CreatedAt + Duration.FromMinutes(1) }).At(Position.Primary, at).People);
    }

    [Fact]
    public void a_replacement_after_a_removal_fills_the_place()
        => Assert.Equal(
            ["2026-01-01T00:00Z gap", "2026-01-01T05:00Z maarja", "2026-01-01T08:00Z gap", "2026-01-02T00:00Z"],
            Day(
                Given.Remove("ana", "2026-01-01T00:00Z", "2026-01-02T00:00Z", made: 1),
                Given.Replace("ana", "maarja", "2026-01-01T05:00Z", "2026-01-01T08:00Z", made: 2)));

    [Fact]
    public void say_why()
    {
        var swap = Given.Replace("ana", "maarja", "2026-01-01T08:00Z", "2026-01-01T10:00Z") with { Reason = "family" };
        var shifts = Given.Line(Daily, swap).Shifts(Given.At("2026-01-01T00:00Z"), Given.At("2026-01-01T12:00Z"));

        Assert.Equal(
            [(CauseKind.Layer, "daily"), (CauseKind.Override, "family"), (CauseKind.Layer, "daily")],
            shifts.Select(s => (s.Why.Kind, s.Why.Name!)));
    }

    [Fact]
    public void of_the_other_position_do_not_count()
    {
        var line = Given.Line(Daily, Given.Replace("ana", "maarja", "2026-01-01T08:00Z", "2026-01-01T10:00Z", position: Position.Secondary));

        Assert.Equal(["ana"], line.At(Position.Primary, Given.At("2026-01-01T09:00Z")).People);
    }
}
