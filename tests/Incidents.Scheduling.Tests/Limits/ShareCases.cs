using Incidents.Scheduling.Limits;

namespace Incidents.Scheduling.Tests.Limits;

/// <summary>Shares of the first quarter of 2027 in UTC: 90 days, 2,160 hours; 25 % are 22.5 days, 50 % are 45.</summary>
public class Share_rules
{
    private static readonly PoolLimits Limits = PoolLimits.None with { OnCallShare = new CountLimit(25, Breach.Warn), OperationsShare = new CountLimit(50, Breach.Enforce) };

    [Theory]
    [InlineData("2027-01-23T12:00Z", null)]       // 22.5 days: exactly the limit
    [InlineData("2027-01-23T12:01Z", "25 of 25 percent")]
    [InlineData("2027-01-24T12:00Z", "26.11 of 25 percent")]
    public void allow_a_quarter_of_the_time_on_call(string until, string? expected)
    {
        var staff = new Staff().Pool(Limits).People("ana, bruno", "UTC").Schedule("duty", "A", "UTC", Given.Layer("none", "2020-01-01T00:00", "1w", "-"))
            .Override(Given.Add("ana", "2027-01-01T00:00Z", until));

        Assert.Equal(expected, Numbers(staff.Of(RuleNames.OnCallShare)));
        if (expected == "26.11 of 25 percent")
            Assert.Equal("Take 24 h of duty from ana until 2027-04-01 00:00 UTC: bruno could take shifts on duty.", Assert.Single(staff.Of(RuleNames.OnCallShare)).Fix);
    }

    [Fact]
    public void count_what_overlaps_once_and_every_schedule()
    {
        var staff = new Staff().Pool(Limits).People("ana", "UTC", schedules: "duty, other")
            .Schedule("duty", "A", "UTC", Given.Layer("none", "2020-01-01T00:00", "1w", "-"))
            .Schedule("other", "A", "UTC", Given.Layer("none", "2020-01-01T00:00", "1w", "-"))
            .Override(Given.Add("ana", "2027-01-01T00:00Z", "2027-01-16T00:00Z"))
            .Override(Given.Add("ana", "2027-01-06T00:00Z", "2027-01-21T00:00Z"), "other");

        Assert.Empty(staff.Of(RuleNames.OnCallShare));

        // 20 days together; three more on either schedule are too many.
        staff.Override(Given.Add("ana", "2027-02-01T00:00Z", "2027-02-04T00:00Z"), "other");
        Assert.Equal("25.56 of 25 percent", Numbers(staff.Of(RuleNames.OnCallShare)));
    }

    [Fact]
    public void add_incident_work_to_duty_without_counting_twice()
    {
        var staff = new Staff().Pool(Limits).People("ana", "UTC").Schedule("duty", "A", "UTC", Given.Layer("none", "2020-01-01T00:00", "1w", "-"))
            .Override(Given.Add("ana", "2027-01-01T00:00Z", "2027-01-21T00:00Z"))
            .Work("ana", "2027-01-11T00:00Z", "2027-02-15T00:00Z");

        // 1 January to 15 February: 45 days, exactly half.
        Assert.Empty(staff.Of(RuleNames.OperationsShare));

        staff.Work("ana", "2027-03-01T00:00Z", "2027-03-01T12:00Z");
        var finding = Assert.Single(staff.Of(RuleNames.OperationsShare));
        Assert.Equal("50.56 of 50 percent", Numbers([finding]));
        Assert.Equal(Breach.Enforce, finding.Severity);
    }

    [Fact]
    public void are_taken_in_the_quarter_of_the_persons_own_zone()
    {
        // In Auckland the quarter ends 13 hours before UTC's: of these 23 days 22.5 belong to it, which is no breach.
        IReadOnlyList<Finding> Found(string zone) => new Staff().Pool(Limits).People("ana", zone).Schedule("duty", "A", "UTC", Given.Layer("none", "2020-01-01T00:00", "1w", "-"))
            .Override(Given.Add("ana", "2027-03-08T23:00Z", "2027-03-31T23:00Z")).Of(RuleNames.OnCallShare);

        Assert.Empty(Found("Pacific/Auckland"));
        Assert.Equal("2027-Q1", Assert.Single(Found("UTC")).Occurrence);
    }

    [Fact]
    public void of_eight_who_share_primary_and_secondary_are_a_quarter()
    {
        var staff = new Staff().Pool(Limits).People(Staff.Logins(8), "UTC")
            .Schedule("duty", "A", "UTC", Given.Layer("weekly", "2026-12-28T00:00", "1d", Staff.Logins(8)), Given.NextInOrderOf("weekly"));
        var seven = new Staff().Pool(Limits).People(Staff.Logins(7), "UTC")
            .Schedule("duty", "A", "UTC", Given.Layer("weekly", "2026-12-28T00:00", "1d", Staff.Logins(7)), Given.NextInOrderOf("weekly"));

        // 90 or 91 days in turns of 8 do not come out even: some have 24 days of 91, 24 of 90 at most; with 7 everybody is above 28 %.
        Assert.All(staff.Of(RuleNames.OnCallShare), f => Assert.True(f.Numbers.Measured <= 26.67m));
        Assert.Equal(7, seven.Of(RuleNames.OnCallShare, "2027-01-04T00:00Z", "2027-03-30T00:00Z").Count);
    }

    private static string? Numbers(IReadOnlyList<Finding> found)
        => found.Count == 0 ? null : string.Join("; ", found.Select(f => $"{f.Numbers.Measured.ToString("0.##", System.Globalization.CultureInfo.InvariantCulture)} of {f.Numbers.Limit} {f.Numbers.Unit}"));
}
