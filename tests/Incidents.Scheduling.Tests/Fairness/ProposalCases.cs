using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Incidents.Scheduling.Fairness;
using Incidents.Scheduling.Shifts;
using Incidents.Scheduling.Tests.Limits;

namespace Incidents.Scheduling.Tests.Fairness;

public class Proposal_of_overrides
{
    [Fact]
    public void fills_gaps_and_absences_with_those_who_carry_least()
    {
        var staff = new Staff().Pool(PoolLimits.None).People("ana, bruno, cleo", "UTC")
            .Schedule("duty", "A", "UTC", Given.Layer("weekly", "2027-01-04T00:00", "1w", "ana, bruno, -"))
            .Away("bruno", "2027-01-12T00:00Z", "2027-01-14T00:00Z");

        var proposal = Of(staff, "2027-01-04T00:00Z", "2027-01-25T00:00Z");

        Assert.Equal(
            """{"overrides":[{"schedule":"duty","from":"2027-01-12T00:00:00Z","to":"2027-01-14T00:00:00Z","replace":"bruno","with":"cleo","reason":"bruno is away"},{"schedule":"duty","from":"2027-01-18T00:00:00Z","to":"2027-01-25T00:00:00Z","add":"cleo","reason":"Nobody is primary"}]}""",
            proposal.Edit.ToJsonString());
        Assert.Contains("cleo is free and carries 0 points", proposal.Assignments[0].Why, StringComparison.Ordinal);
        Assert.Equal(["ana"], proposal.Assignments[0].Passed.Select(p => p.Person));
        Assert.True(proposal.BalanceAfter.Score > proposal.BalanceBefore.Score);
    }

    [Fact]
    public void keeps_limits_and_says_why_nobody_is_found()
    {
        var staff = new Staff().Pool(PoolLimits.None with { OnCallShare = new CountLimit(25, Breach.Warn), ConsecutiveShifts = new CountLimit(1, Breach.Warn) }).People("ana, bruno", "UTC").People("stranger", schedules: "")
            .Schedule("duty", "A", "UTC", Given.Layer("weekly", "2027-01-04T00:00", "1w", "-"));

        var proposal = Of(staff, "2027-01-04T00:00Z", "2027-04-01T00:00Z");

        // 22.5 days each: three weeks, then nobody may take a fourth in this quarter.
        Assert.Equal([3, 3], proposal.Assignments.GroupBy(a => a.People[0]).Select(g => g.Count()));
        Assert.All(proposal.Assignments.Zip(proposal.Assignments.Skip(1)), p => Assert.NotEqual(p.First.People[0], p.Second.People[0]));
        Assert.Contains("above 25 %", proposal.Unfilled[0].Why, StringComparison.Ordinal);
        Assert.DoesNotContain("stranger", proposal.Edit.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void never_gives_anybody_what_hinders_them() => Prop.ForAll(Gen.Choose(0, 1000).ToArbitrary(), seed =>
    {
        var random = new System.Random(seed);
        var staff = new Staff().Pool(PoolLimits.None).People("ana, bruno, cleo, dora", "UTC", schedules: "duty, other")
            .Schedule("duty", "A", "UTC", Given.Layer("r", "2027-01-04T00:00", $"{random.Next(1, 5)}d", "ana, -, bruno, cleo"))
            .Schedule("other", "A", "UTC", Given.Layer("r", "2027-01-04T00:00", $"{random.Next(1, 5)}d", "dora, ana, -"));
        foreach (var person in new[] { "ana", "bruno", "cleo", "dora" })
        {
            var day = Given.At("2027-01-04T00:00Z") + Duration.FromHours(random.Next(0, 500));
            staff.Away(person, day.ToString("uuuu'-'MM'-'dd'T'HH':'mm'Z'", null), (day + Duration.FromHours(random.Next(1, 100))).ToString("uuuu'-'MM'-'dd'T'HH':'mm'Z'", null));
        }

        var organisation = staff.Build();
        var proposal = Of(staff, "2027-01-04T00:00Z", "2027-02-04T00:00Z");
        var compiled = new CompiledOrganisation(organisation);
        foreach (var assignment in proposal.Assignments)
        {
            var person = assignment.People.Single();
            Assert.DoesNotContain(organisation.Absences[person], a => a.From < assignment.To && assignment.From < a.To);
            Assert.DoesNotContain(compiled.ShiftsOfPerson(person, assignment.From, assignment.To), _ => true);
            Assert.DoesNotContain(proposal.Assignments, a => !ReferenceEquals(a, assignment) && a.People[0] == person && a.From < assignment.To && assignment.From < a.To);
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    private static Proposal Of(Staff staff, string from, string to)
    {
        var organisation = staff.Build();
        return ProposeOverrides.For(new CompiledOrganisation(organisation), organisation.Schedules["duty"], Given.At(from), Given.At(to));
    }
}

public class Proposal_of_a_rotation
{
    [Fact]
    public void begins_with_those_who_carry_least_and_keeps_absences_free()
    {
        // cleo did all the duty of the last weeks; ana is away in the first week.
        var staff = new Staff().Pool(PoolLimits.None).People("ana, bruno, cleo", "UTC")
            .Schedule("duty", "A", "UTC", Given.Layer("weekly", "2026-12-07T00:00", "1w", "cleo, ana, bruno"))
            .Override(Given.Replace("ana", "cleo", "2026-12-01T00:00Z", "2027-01-04T00:00Z")).Override(Given.Replace("bruno", "cleo", "2026-12-01T00:00Z", "2027-01-04T00:00Z"))
            .Away("ana", "2027-01-04T00:00Z", "2027-01-08T00:00Z");
        var organisation = staff.Build();

        var proposal = ProposeRotation.For(new CompiledOrganisation(organisation), organisation.Schedules["duty"], Given.At("2027-01-01T00:00Z"), Given.At("2027-01-25T00:00Z")).Value;

        Assert.Equal(Given.At("2027-01-04T00:00Z"), proposal.Effective);
        Assert.Equal(
            """{"schedules":[{"name":"duty","team":"team","pool":"A","zone":"UTC","layers":[{"name":"weekly","position":"primary","start":"2027-01-04T00:00","turn":"1w","slots":[["bruno"],["ana"],["cleo"]]}]}]}""",
            proposal.Edit.ToJsonString());
        Assert.All(proposal.Assignments, a => Assert.Contains("away in none of these turns", a.Why, StringComparison.Ordinal));
        Assert.True(JsonSerializer.Serialize(proposal, Kernel.Json.Options).Length > 100);
    }

    [Fact]
    public void is_refused_where_there_is_no_rotation()
    {
        var organisation = new Staff().Pool(PoolLimits.None).People("ana").Schedule("duty", "A", "UTC").Build();

        Assert.Equal("no-rotation", ProposeRotation.For(new CompiledOrganisation(organisation), organisation.Schedules["duty"], Given.At("2027-01-01T00:00Z"), Given.At("2027-01-25T00:00Z")).Error?.Code);
    }
}
