using Incidents.Scheduling.Fairness;
using Incidents.Scheduling.Limits;
using Incidents.Scheduling.Shifts;
using Incidents.Scheduling.Tests.Limits;

namespace Incidents.Scheduling.Tests.Fairness;

public class Fairness_report
{
    [Fact]
    public void counts_hours_by_class_weekends_holidays_nights_and_pages()
    {
        // Tallinn is UTC+2. Wednesday 23 December 18:00 to Friday 25 December 2026 10:00: night 22–06, holidays 24 and 25.
        var organisation = Organisation("Europe/Tallinn");
        var compiled = new CompiledOrganisation(organisation);
        DutyEvent Event(int number, string at) => new("duty", "ana", new Guid(number, 0, 0, new byte[8]), number, Given.At(at), Given.At("2026-12-23T16:00Z"), Given.At("2026-12-25T08:00Z"));

        var report = FairnessReport.Of(compiled, null, [Event(1, "2026-12-24T10:00Z"), Event(1, "2026-12-24T11:00Z"), Event(2, "2026-12-24T10:00Z"), Event(3, "2026-12-20T10:00Z")], Given.At("2026-12-22T00:00Z"), Given.At("2026-12-26T00:00Z"));

        var ana = Assert.Single(report.Items, b => b.Person == "ana");
        Assert.Equal(new ClassHours(0, 4, 2, 0, 34), ana.Hours);
        Assert.Equal((40m, 0, 2, 2, 2), (ana.TotalHours, ana.Weekends, ana.Holidays, ana.Nights, ana.Pages));
        // 4 × 1 + 2 × 2 + 34 × 3.
        Assert.Equal((110m, 100m), (ana.Points, ana.Share));
        Assert.Equal(0, report.Balance.Score);
    }

    [Fact]
    public void goes_by_the_zone_of_each_person()
    {
        var report = FairnessReport.Of(new CompiledOrganisation(Organisation("America/Sao_Paulo")), null, [], Given.At("2026-12-22T00:00Z"), Given.At("2026-12-26T00:00Z"));

        // 16:00 UTC is 13:00 there: business until 18:00, then off-hours until 22:00, night until midnight; the holidays of the same calendar; 25 December until 05:00.
        Assert.Equal(new ClassHours(5, 4, 2, 0, 29), report.Items.Single(b => b.Person == "ana").Hours);
    }

    [Fact]
    public void counts_a_weekend_once_however_much_of_it_is_duty()
    {
        var staff = new Staff().Pool(PoolLimits.None).People("ana, bruno", "UTC").Schedule("duty", "A", "UTC", Given.Layer("daily", "2027-01-04T00:00", "12h", "ana, bruno"));

        var report = FairnessReport.Of(new CompiledOrganisation(staff.Build()), null, [], Given.At("2027-01-04T00:00Z"), Given.At("2027-01-18T00:00Z"));

        Assert.All(report.Items, b => Assert.Equal((2, 168m), (b.Weekends, b.TotalHours)));
        // From midnight to noon there are six hours of night, from noon to midnight two.
        Assert.Equal((60m, 20m), (report.Items[0].Hours.Night, report.Items[1].Hours.Night));
        Assert.InRange(report.Balance.Score, 60, 99);
    }

    [Theory]
    [InlineData("10, 10, 10", 100)]
    [InlineData("30, 0, 0", 0)]
    [InlineData("20, 10, 0", 50)]        // H = 1/3 of at most 2/3
    [InlineData("7", 100)]
    [InlineData("0, 0", 100)]
    [InlineData("", 100)]
    public void scores_how_evenly_points_lie(string points, int score)
        => Assert.Equal(score, Balance.Of([.. points.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(p => decimal.Parse(p, System.Globalization.CultureInfo.InvariantCulture))]).Score);

    private static OrganisationSnapshot Organisation(string zone)
    {
        var staff = new Staff().Pool(PoolLimits.None).People("ana, bruno", zone).Schedule("duty", "A", "UTC", Given.Layer("none", "2020-01-01T00:00", "1w", "-, bruno"))
            .Override(Given.Add("ana", "2026-12-23T16:00Z", "2026-12-25T08:00Z")).Override(Given.Remove("bruno", "2026-12-01T00:00Z", "2026-12-31T00:00Z"))
            .Person("ana", p => p with { Calendar = "estonia" });
        return staff.Build(Calendars.Estonia);
    }
}
