using Incidents.Contracts.Organisation;

namespace Incidents.Scheduling.Tests;

public class Windows_when_the_nearest_edge_belongs_to_the_day_before_yesterday
{
    [Fact]
    public void do_not_hide_the_time_before_it_from_a_later_question()
    {
        IsoDayOfWeek[] early = [IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Sunday];
        IsoDayOfWeek[] late = [IsoDayOfWeek.Monday, IsoDayOfWeek.Wednesday];
        var layer = Given.Layer("desk", "2026-01-05T00:00", "1w", "ana") with
        {
            Windows =
            [
                new Window(early, Given.Time("00:00"), Given.Time("02:00"), WindowDays.All, null),
                new Window(late, Given.Time("23:30"), Given.Time("20:00"), WindowDays.All, null),
            ],
        };
        var line = Given.Line(new Schedule("duty", null, "A", "Etc/UTC", [layer]));

        // Closed on Wednesday morning since Tuesday 20:00, where Monday's late window ended; this answer is remembered.
        Assert.Empty(line.At(Position.Primary, Given.At("2026-01-07T11:00Z")).People);
        Assert.Equal(["ana"], line.At(Position.Primary, Given.At("2026-01-06T11:00Z")).People);
    }
}
