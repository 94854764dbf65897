using Incidents.Scheduling.Limits;
using Incidents.Scheduling.Preview;
using Incidents.Scheduling.Shifts;
using Incidents.Scheduling.Tests.Limits;

namespace Incidents.Scheduling.Tests.Preview;

public class Difference_of_a_draft
{
    private static Staff Base() => new Staff().Pool(PoolLimits.None with { DoublePrimary = Breach.Enforce }).People("ana, bruno", "UTC", schedules: "duty, other")
        .Schedule("duty", "A", "UTC", Given.Layer("weekly", "2027-01-04T00:00", "1w", "ana, bruno"))
        .Schedule("other", "A", "UTC", Given.Layer("weekly", "2027-01-04T00:00", "1w", "bruno, ana"));

    [Fact]
    public void is_nothing_when_nothing_changes()
    {
        var difference = Of(Base(), Base());

        Assert.Empty(difference.Schedules);
        Assert.Empty(difference.Changes);
        Assert.Empty(difference.NewFindings);
        Assert.Empty(difference.Refusing);
    }

    [Fact]
    public void says_who_changes_when_which_gaps_and_which_breaches()
    {
        var difference = Of(Base(), Base().Override(Given.Replace("ana", "bruno", "2027-01-05T00:00Z", "2027-01-06T00:00Z")).Override(Given.Remove("bruno", "2027-01-12T00:00Z", "2027-01-13T00:00Z")));

        Assert.Equal(["duty"], difference.Schedules);
        Assert.Equal(
            ["duty Primary 2027-01-05T00:00:00Z 2027-01-06T00:00:00Z ana>bruno", "duty Primary 2027-01-12T00:00:00Z 2027-01-13T00:00:00Z bruno>"],
            difference.Changes.Select(c => $"{c.Schedule} {c.Position} {c.From} {c.To} {string.Join('+', c.Before)}>{string.Join('+', c.After)}"));
        Assert.Empty(difference.Gaps.Before);
        Assert.Equal(("2027-01-12T00:00:00Z", "2027-01-13T00:00:00Z"), difference.Gaps.After.Select(g => (g.From.ToString(), g.To.ToString())).Single());
        Assert.Equal([RuleNames.Uncovered, RuleNames.DoublePrimary], difference.NewFindings.Select(f => f.Rule).OrderDescending());
        Assert.Equal([RuleNames.DoublePrimary], difference.Refusing.Select(f => f.Rule));
        Assert.Equal((168m, 144m), (difference.Fairness.Before.Items.Single(b => b.Person == "ana").TotalHours, difference.Fairness.After.Items.Single(b => b.Person == "ana").TotalHours));
    }

    [Fact]
    public void shows_what_is_repaired_and_a_schedule_that_goes()
    {
        var broken = Base().Override(Given.Remove("bruno", "2027-01-12T00:00Z", "2027-01-13T00:00Z"));
        var without = new Staff().Pool(PoolLimits.None).People("ana, bruno", "UTC").Schedule("duty", "A", "UTC", Given.Layer("weekly", "2027-01-04T00:00", "1w", "ana, bruno"));

        Assert.Equal([RuleNames.Uncovered], Of(broken, Base()).GoneFindings.Select(f => f.Rule));
        Assert.All(Of(Base(), without).Changes, c => Assert.Equal(("other", 0), (c.Schedule, c.After.Count)));
    }

    [Fact]
    public void shows_breaches_of_an_absence_that_changes_no_shift()
        => Assert.Equal([RuleNames.Absence], Of(Base(), Base().Away("ana", "2027-01-05T00:00Z", "2027-01-06T00:00Z")).NewFindings.Select(f => f.Rule).Distinct());

    private static Difference Of(Staff before, Staff after)
        => Difference.Of(new CompiledOrganisation(before.Build()), new CompiledOrganisation(after.Build()), LimitFacts.None, f => f, Given.At("2027-01-04T00:00Z"), Given.At("2027-01-04T00:00Z"), Given.At("2027-01-18T00:00Z"));
}
