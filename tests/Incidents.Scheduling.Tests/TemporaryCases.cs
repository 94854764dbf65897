using Incidents.Scheduling.Shifts;

namespace Incidents.Scheduling.Tests;

public class Temporary_schedule_over_a_rotation
{
    private static readonly Schedule Daily = Given.Schedule(
        "Etc/UTC", Given.Layer("daily", "2026-01-01T00:00", "1d", "ana, bruno"), Given.NextInOrderOf("daily"));

    private static Line Line(IReadOnlyList<Override> overrides, params TemporarySchedule[] temporary)
        => new([new ScheduleVersion(Daily, Instant.MinValue, To: null)], overrides, Given.Organisation(Daily), preview: false, temporary);

    [Fact]
    public void is_base_gap_temporary_gap_base()
    {
        var line = Line([], Given.Temporary("move", "2026-01-01T08:15Z", "2026-01-01T08:45Z", Given.Shift("2026-01-01T08:25Z", "2026-01-01T08:35Z", "juri")));
        var shifts = line.Shifts(Given.At("2026-01-01T08:00Z"), Given.At("2026-01-01T09:00Z")).Where(s => s.Position == Position.Primary);

        Assert.Equal(
            ["08:00 ana Layer daily", "08:15  Gap move", "08:25 juri Temporary move", "08:35  Gap move", "08:45 ana Layer daily"],
            shifts.Select(s => $"{Given.Show(s.From, "Etc/UTC")[11..16]} {string.Join('+', s.People)} {s.Why.Kind} {s.Why.Name}"));
    }

    [Fact]
    public void replaces_every_position()
    {
        var line = Line(
            [],
            Given.Temporary(
                "release",
                "2026-01-01T08:00Z",
                "2026-01-01T12:00Z",
                Given.Shift("2026-01-01T08:00Z", "2026-01-01T10:00Z", "juri+tiina"),
                Given.Shift("2026-01-01T08:00Z", "2026-01-01T12:00Z", "maarja", Position.Secondary)));

        Assert.Equal(["juri", "tiina"], line.At(Position.Primary, Given.At("2026-01-01T09:00Z")).People);
        Assert.Equal(["maarja"], line.At(Position.Secondary, Given.At("2026-01-01T11:00Z")).People);
        Assert.Equal(
            ["2026-01-01T00:00Z bruno", "2026-01-01T08:00Z maarja", "2026-01-01T12:00Z bruno", "2026-01-02T00:00Z"],
            line.Told("Etc/UTC", "2026-01-01T00:00Z", "2026-01-02T00:00Z", Position.Secondary));
        Assert.Equal(
            ["Primary 10-12"],
            line.Gaps(Given.At("2026-01-01T00:00Z"), Given.At("2026-01-02T00:00Z")).Select(g => $"{g.Position} {g.From.InUtc().Hour}-{g.To.InUtc().Hour}"));
    }

    [Fact]
    public void that_names_no_secondary_leaves_a_gap_there()
    {
        var line = Line([], Given.Temporary("release", "2026-01-01T08:00Z", "2026-01-01T12:00Z", Given.Shift("2026-01-01T08:00Z", "2026-01-01T12:00Z", "juri")));

        var gap = Assert.Single(line.Gaps(Given.At("2026-01-01T00:00Z"), Given.At("2026-01-02T00:00Z")));

        Assert.Equal((Position.Secondary, "release"), (gap.Position, gap.Why.Name));
    }

    [Fact]
    public void wins_over_overrides_whenever_they_were_made()
    {
        var line = Line(
            [Given.Replace("ana", "maarja", "2026-01-01T00:00Z", "2026-01-02T00:00Z", made: 9), Given.Add("tiina", "2026-01-01T00:00Z", "2026-01-02T00:00Z", made: 9)],
            Given.Temporary("release", "2026-01-01T08:00Z", "2026-01-01T12:00Z", Given.Shift("2026-01-01T08:00Z", "2026-01-01T12:00Z", "ana")));

        Assert.Equal(["ana"], line.At(Position.Primary, Given.At("2026-01-01T09:00Z")).People);
        Assert.Equal(["maarja", "tiina"], line.At(Position.Primary, Given.At("2026-01-01T12:00Z")).People);
    }

    [Fact]
    public void yields_to_a_later_one()
    {
        var first = Given.Temporary("first", "2026-01-01T08:00Z", "2026-01-01T12:00Z", Given.Shift("2026-01-01T08:00Z", "2026-01-01T12:00Z", "juri"));
        var second = Given.Temporary("second", "2026-01-01T10:00Z", "2026-01-01T11:00Z", Given.Shift("2026-01-01T10:00Z", "2026-01-01T11:00Z", "tiina"));

        Assert.Equal(
            ["2026-01-01T08:00Z juri", "2026-01-01T10:00Z tiina", "2026-01-01T11:00Z juri", "2026-01-01T12:00Z"],
            Line([], first, second with { CreatedAt = Given.Made(1) }).Told("Etc/UTC", "2026-01-01T08:00Z", "2026-01-01T12:00Z"));
        Assert.Equal(
            ["2026-01-01T08:00Z juri", "2026-01-01T12:00Z"],
            Line([], first with { CreatedAt = Given.Made(1) }, second).Told("Etc/UTC", "2026-01-01T08:00Z", "2026-01-01T12:00Z"));
    }

    [Fact]
    public void counts_a_shift_only_inside_its_window()
    {
        var line = Line([], Given.Temporary("short", "2026-01-01T08:00Z", "2026-01-01T09:00Z", Given.Shift("2026-01-01T06:00Z", "2026-01-01T12:00Z", "juri")));

        Assert.Equal(
            ["2026-01-01T00:00Z ana", "2026-01-01T08:00Z juri", "2026-01-01T09:00Z ana", "2026-01-02T00:00Z"],
            line.Told("Etc/UTC", "2026-01-01T00:00Z", "2026-01-02T00:00Z"));
    }

    [Fact]
    public void puts_nobody_on_after_the_schedule_was_deleted()
    {
        var history = new[] { new ScheduleVersion(Daily, Instant.MinValue, Given.At("2026-01-01T09:00Z")) };
        var temporary = Given.Temporary("move", "2026-01-01T08:00Z", "2026-01-01T12:00Z", Given.Shift("2026-01-01T08:00Z", "2026-01-01T12:00Z", "juri"));
        var line = new Line(history, [], Given.Organisation(Daily), preview: false, [temporary]);

        Assert.Equal(["juri"], line.At(Position.Primary, Given.At("2026-01-01T08:30Z")).People);
        Assert.Empty(line.At(Position.Primary, Given.At("2026-01-01T09:00Z")).People);
    }
}

public class Swap_that_was_accepted
{
    [Fact]
    public void splits_only_where_it_was_taken_and_says_that_it_is_a_swap()
    {
        var line = Given.Line(
            Given.Schedule("Etc/UTC", Given.Layer("daily", "2026-01-01T00:00", "1d", "ana, bruno")),
            Given.Replace("ana", "bruno", "2026-01-01T08:00Z", "2026-01-01T12:00Z") with { Swap = Guid.NewGuid(), Reason = "dentist" });

        Assert.Equal(
            ["ana Layer daily", "bruno Swap dentist", "ana Layer daily"],
            line.Shifts(Given.At("2026-01-01T00:00Z"), Given.At("2026-01-02T00:00Z")).Select(s => $"{s.People[0]} {s.Why.Kind} {s.Why.Name}"));
    }
}
