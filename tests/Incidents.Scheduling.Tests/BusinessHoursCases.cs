using Incidents.Scheduling.Rotations;

namespace Incidents.Scheduling.Tests;

public class Business_time_of_a_calendar
{
    private readonly BusinessHours hours = new(Calendars.Estonia);

    [Theory]
    [InlineData("2026-12-23T10:00+02", "2026-12-23T10:00+02")]
    [InlineData("2026-12-23T08:59+02", "2026-12-23T09:00+02")]
    [InlineData("2026-12-23T18:00+02", "2026-12-28T09:00+02")]
    [InlineData("2026-12-26T12:00+02", "2026-12-28T09:00+02")]
    public void begins_at_the_next_opening(string at, string expected) => Assert.Equal(Given.At(expected), hours.Next(Given.At(at)));

    [Theory]
    [InlineData("2026-12-22T10:00+02", 30, "2026-12-22T10:30+02")]
    [InlineData("2026-12-22T17:45+02", 15, "2026-12-22T18:00+02")]
    [InlineData("2026-12-22T17:45+02", 30, "2026-12-23T09:15+02")]
    [InlineData("2026-12-23T17:45+02", 30, "2026-12-28T09:15+02")]
    [InlineData("2026-12-26T03:00+02", 30, "2026-12-28T09:30+02")]
    [InlineData("2026-12-21T09:00+02", 9 * 60 * 3, "2026-12-23T18:00+02")]
    [InlineData("2026-12-26T03:00+02", 0, "2026-12-26T03:00+02")]
    public void stands_still_outside(string from, int minutes, string expected)
        => Assert.Equal(Given.At(expected), hours.Add(Given.At(from), Duration.FromMinutes(minutes)));

    [Fact]
    public void round_the_clock_runs_on_over_midnight()
    {
        var always = Calendars.Estonia with { BusinessFrom = LocalTime.Midnight, BusinessTo = LocalTime.Midnight };

        Assert.Equal(Given.At("2026-12-23T01:00+02"), new BusinessHours(always).Add(Given.At("2026-12-22T23:00+02"), Duration.FromHours(2)));
    }

    [Fact]
    public void that_never_comes_does_not_stop_the_clock()
    {
        var never = new BusinessHours(Calendars.Estonia with { BusinessDays = [] });
        var at = Given.At("2026-12-22T23:00+02");

        Assert.Equal(at, never.Next(at));
        Assert.Equal(at + Duration.FromHours(2), never.Add(at, Duration.FromHours(2)));
    }
}
