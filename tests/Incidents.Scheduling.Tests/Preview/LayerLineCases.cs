using Incidents.Scheduling.Shifts;
using Incidents.Scheduling.Tests.Limits;

namespace Incidents.Scheduling.Tests.Preview;

public class Layers_of_a_schedule
{
    private static readonly Layer Weekly = Given.Layer("weekly", "2027-01-04T00:00", "1w", "ana, bruno");

    [Fact]
    public void are_shown_each_by_itself_also_where_another_wins_or_an_override_acts()
    {
        var schedule = Given.Schedule("UTC", Weekly, Given.Layer("days", "2027-01-04T00:00", "1d", "maarja", level: 5, windows: Given.Window("09:00", "12:00")));
        var line = Given.Line(schedule, [Given.Replace("ana", "bruno", "2027-01-05T00:00Z", "2027-01-06T00:00Z")]);

        Assert.Equal(
            ["weekly 2027-01-04T00:00:00Z 2027-01-11T00:00:00Z ana", "weekly 2027-01-11T00:00:00Z 2027-01-12T00:00:00Z bruno"],
            Of(line, "2027-01-04T00:00Z", "2027-01-12T00:00Z").Where(l => l.StartsWith("weekly", StringComparison.Ordinal)));
        Assert.Equal(
            ["days 2027-01-04T09:00:00Z 2027-01-04T12:00:00Z maarja", "days 2027-01-05T09:00:00Z 2027-01-05T10:00:00Z maarja"],
            Of(line, "2027-01-04T00:00Z", "2027-01-05T10:00Z").Where(l => l.StartsWith("days", StringComparison.Ordinal)));
    }

    [Fact]
    public void that_follow_an_order_avoid_who_is_primary_by_an_override()
        => Assert.Equal(
            ["shadow 2027-01-04T00:00:00Z 2027-01-05T00:00:00Z bruno", "shadow 2027-01-05T00:00:00Z 2027-01-06T00:00:00Z ana", "shadow 2027-01-06T00:00:00Z 2027-01-07T00:00:00Z bruno"],
            Of(Given.Line(Given.Schedule("UTC", Weekly, Given.NextInOrderOf("weekly")), [Given.Replace("ana", "bruno", "2027-01-05T00:00Z", "2027-01-06T00:00Z")]), "2027-01-04T00:00Z", "2027-01-07T00:00Z")
                .Where(l => l.StartsWith("shadow", StringComparison.Ordinal)));

    [Fact]
    public void keep_a_shift_in_one_piece_over_an_edit_that_leaves_it_as_it_is()
    {
        var (before, after) = (Given.Schedule("UTC", Weekly), Given.Schedule("UTC", Weekly, Given.Layer("extra", "2027-01-06T00:00", "1d", "maarja", level: 2)));
        ScheduleVersion[] history = [new(before, Instant.MinValue, Given.At("2027-01-06T00:00Z")), new(after, Given.At("2027-01-06T00:00Z"), null)];
        var line = new Line(history, [], Given.Organisation(after));

        Assert.Equal(
            ["weekly 2027-01-04T00:00:00Z 2027-01-08T00:00:00Z ana", "extra 2027-01-06T00:00:00Z 2027-01-07T00:00:00Z maarja", "extra 2027-01-07T00:00:00Z 2027-01-08T00:00:00Z maarja"],
            Of(line, "2027-01-04T00:00Z", "2027-01-08T00:00Z"));
    }

    private static string[] Of(Line line, string from, string to)
        => [.. LayerLines.Of(line, Given.At(from), Given.At(to)).SelectMany(l => l.Shifts.Select(s => $"{l.Layer.Name} {s.From} {s.To} {string.Join('+', s.People)}"))];
}
