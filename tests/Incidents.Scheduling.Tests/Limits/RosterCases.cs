using Incidents.Scheduling.Limits;
using Incidents.Scheduling.Limits.Rules;

namespace Incidents.Scheduling.Tests.Limits;

public class Roster_rule
{
    private const string SaoPaulo = "America/Sao_Paulo";

    private static readonly PoolLimits Limits = PoolLimits.None with { Roster = new RosterLimit(8, 6, Duration.FromHours(5), Breach.Enforce) };

    [Theory]
    [InlineData(8, 0, null, null)]
    [InlineData(7, 0, "7 of 8", "1 person more at tallinn")]
    [InlineData(6, 6, null, null)]
    [InlineData(6, 5, "11 of 12", "1 more at sao-paulo (5 of 6)")]
    [InlineData(5, 5, "10 of 12", "1 more at sao-paulo (5 of 6) and 1 more at tallinn (5 of 6)")]
    [InlineData(7, 1, "7 of 8", "1 person more at tallinn")]        // one more at a site is nearer than five at the other
    [InlineData(0, 0, "0 of 8", "8 people more")]
    public void wants_eight_at_one_site_or_six_at_two(int tallinn, int brazil, string? numbers, string? fix)
    {
        var staff = new Staff().Pool(Limits).People("spare", site: "tallinn");
        if (tallinn > 0)
            staff.People(Staff.Logins(tallinn, "t"), site: "tallinn");
        if (brazil > 0)
            staff.People(Staff.Logins(brazil, "b"), SaoPaulo, "sao-paulo");
        var slots = string.Join(", ", new[] { tallinn > 0 ? Staff.Logins(tallinn, "t") : "", brazil > 0 ? Staff.Logins(brazil, "b") : "" }.Where(s => s.Length > 0));
        staff.Schedule("duty", "A", Staff.Tallinn, Given.Layer("weekly", "2026-01-05T09:00", "1w", slots.Length > 0 ? slots : "-"));

        var found = staff.Of(RuleNames.Roster);

        if (numbers is null)
        {
            Assert.Empty(found);
            return;
        }

        var finding = Assert.Single(found);
        Assert.Equal(numbers, $"{finding.Numbers.Measured} of {finding.Numbers.Limit}");
        Assert.Equal(Breach.Enforce, finding.Severity);
        Assert.Contains(fix!, finding.Fix, StringComparison.Ordinal);
        Assert.Contains("spare", finding.Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Europe/Tallinn", "America/Sao_Paulo", 5)]       // 5 h in winter, 6 h in summer
    [InlineData("Europe/Tallinn", "America/New_York", 6)]        // 7 h, but 6 h while only one of them has changed
    [InlineData("Europe/Tallinn", "Europe/Helsinki", 0)]
    [InlineData("Europe/London", "Asia/Kolkata", 4.5)]           // 4.5 h in summer
    [InlineData("Pacific/Auckland", "Pacific/Honolulu", 1)]      // 23 h and 22 h on paper: 1 h and 2 h round the clock
    [InlineData("Etc/GMT-12", "Etc/GMT+12", 0)]
    public void measures_sites_by_the_smallest_difference_of_the_year(string one, string other, double hours)
    {
        var apart = Sites.Apart(DateTimeZoneProviders.Tzdb[one], DateTimeZoneProviders.Tzdb[other], Given.At("2027-01-01T00:00Z"));

        Assert.Equal(Duration.FromHours(hours), apart);
        Assert.Equal(apart, Sites.Apart(DateTimeZoneProviders.Tzdb[other], DateTimeZoneProviders.Tzdb[one], Given.At("2027-01-01T00:00Z")));
    }

    [Theory]
    [InlineData("Asia/Kolkata")]      // 4.5 h from London in summer
    [InlineData("Europe/Paris")]
    public void counts_near_sites_as_one(string near)
    {
        var staff = new Staff().Pool(Limits)
            .People(Staff.Logins(4, "l"), "Europe/London", "london").People(Staff.Logins(4, "n"), near, "near")
            .Schedule("duty", "A", "UTC", Given.Layer("weekly", "2026-01-05T09:00", "1w", Staff.Logins(4, "l") + ", " + Staff.Logins(4, "n")));
        var seven = new Staff().Pool(Limits)
            .People(Staff.Logins(4, "l"), "Europe/London", "london").People(Staff.Logins(3, "n"), near, "near")
            .Schedule("duty", "A", "UTC", Given.Layer("weekly", "2026-01-05T09:00", "1w", Staff.Logins(4, "l") + ", " + Staff.Logins(3, "n")));

        Assert.Empty(staff.Of(RuleNames.Roster));
        Assert.Equal(7, Assert.Single(seven.Of(RuleNames.Roster)).Numbers.Measured);
    }

    [Fact]
    public void does_not_add_up_sites_that_are_far_apart()
        => Assert.Equal("4 of 8", new Staff().Pool(Limits)
            .People(Staff.Logins(4, "t"), site: "tallinn").People(Staff.Logins(4, "b"), SaoPaulo, "sao-paulo")
            .Schedule("duty", "A", "UTC", Given.Layer("weekly", "2026-01-05T09:00", "1w", Staff.Logins(4, "t") + ", " + Staff.Logins(4, "b")))
            .Of(RuleNames.Roster) is [var one] ? $"{one.Numbers.Measured} of {one.Numbers.Limit}" : "none");

    [Fact]
    public void looks_at_the_version_that_is_in_force()
    {
        var few = new Schedule("duty", null, "A", "UTC", [Given.Layer("weekly", "2026-01-05T09:00", "1w", Staff.Logins(7))]);
        var enough = few with { Layers = [Given.Layer("weekly", "2026-01-05T09:00", "1w", Staff.Logins(8))] };
        var staff = new Staff().Pool(Limits).People(Staff.Logins(8), site: "tallinn").Schedule("duty", "A", "UTC", [.. enough.Layers])
            .Version("duty", few, Instant.MinValue, Given.At("2027-02-01T00:00Z")).Version("duty", enough, Given.At("2027-02-01T00:00Z"), null);

        var finding = Assert.Single(staff.Of(RuleNames.Roster));

        Assert.Equal(Given.At("2027-01-04T00:00Z"), finding.From);
        Assert.Equal(Given.At("2027-02-01T00:00Z"), finding.To);
        Assert.Empty(staff.Of(RuleNames.Roster, "2027-02-01T00:00Z", "2027-03-01T00:00Z"));
    }
}
