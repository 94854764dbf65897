using Incidents.Scheduling.Limits;
using Incidents.Scheduling.Limits.Nightly;
using Incidents.Scheduling.Limits.Waivers;

namespace Incidents.Scheduling.Tests.Limits;

public class Guard_when_a_change_is_saved
{
    private static readonly Instant Now = Given.At("2027-01-04T00:00Z");

    private static readonly PoolLimits Strict = PoolLimits.None with { DoublePrimary = Breach.Enforce, Qualified = Breach.Enforce, Roster = new RosterLimit(3, 6, Duration.FromHours(5), Breach.Enforce) };

    private static Staff Sound(PoolLimits? limits = null) => new Staff().Pool(limits ?? Strict).People("ana, bruno, cleo", schedules: "duty, other", site: "here").People("guest", schedules: "", site: "here")
        .Schedule("duty", "A", "UTC", Given.Layer("weekly", "2026-01-05T00:00", "1w", "ana, bruno, cleo"))
        .Schedule("other", "A", "UTC", Given.Layer("weekly", "2026-01-05T00:00", "1w", "bruno, cleo, ana"));

    private static string[] Broken(Staff before, Staff after) => [.. LimitsGuard.Broken(before.Build(), after.Build(), Now).Select(f => f.Rule)];

    [Fact]
    public void lets_a_sound_change_through() => Assert.Empty(Broken(Sound(), Sound().Away("ana", "2027-01-05T00:00Z", "2027-01-06T00:00Z")));

    [Fact]
    public void refuses_what_newly_breaks_an_enforced_limit()
    {
        Assert.Equal([RuleNames.Qualified], Broken(Sound(), Sound().Override(Given.Replace("ana", "guest", "2027-01-20T00:00Z", "2027-02-28T00:00Z"))));
        Assert.Equal([RuleNames.DoublePrimary], Broken(Sound(), Sound().Override(Given.Add("ana", "2027-01-06T00:00Z", "2027-01-07T00:00Z"), "other").Override(Given.Add("ana", "2027-01-06T00:00Z", "2027-01-07T00:00Z"))));
        Assert.Equal([RuleNames.Roster], Broken(Sound(), Sound().Schedule("duty", "A", "UTC", Given.Layer("weekly", "2026-01-05T00:00", "2w", "ana, bruno"))).Distinct().Where(r => r == RuleNames.Roster));
        Assert.Contains(RuleNames.Roster, Broken(new Staff(), Sound().Schedule("duty", "A", "UTC", Given.Layer("weekly", "2026-01-05T00:00", "1w", "ana, bruno"))));
    }

    [Fact]
    public void only_warns_where_the_pool_only_warns()
        => Assert.Empty(Broken(Sound(Staff.AllOf(Breach.Warn)), Sound(Staff.AllOf(Breach.Warn)).Override(Given.Replace("ana", "guest", "2027-01-20T00:00Z", "2027-02-28T00:00Z"))));

    [Fact]
    public void does_not_hold_against_a_change_what_was_broken_before()
    {
        Staff Few() => Sound().Schedule("duty", "A", "UTC", Given.Layer("weekly", "2026-01-05T00:00", "1w", "ana, guest"));

        Assert.Empty(Broken(Few(), Few().Override(Given.Replace("ana", "cleo", "2027-02-01T00:00Z", "2027-02-02T00:00Z")).Person("bruno", p => p with { Site = "there" })));
        Assert.DoesNotContain(Broken(Few(), Few().Schedule("duty", "A", "UTC", Given.Layer("weekly", "2026-01-05T00:00", "1w", "bruno, guest"))), r => r is RuleNames.Qualified or RuleNames.Roster);
    }

    [Fact]
    public void refuses_to_make_worse_what_was_broken_before()
    {
        Staff Two() => Sound().Schedule("duty", "A", "UTC", Given.Layer("weekly", "2026-01-05T00:00", "1w", "ana, bruno"));
        Staff Twice(string to) => Sound().Schedule("duty", "A", "UTC", Given.Layer("none", "2026-01-05T00:00", "1w", "-, ana+bruno+cleo")).Schedule("other", "A", "UTC", Given.Layer("none", "2026-01-05T00:00", "1w", "ana+bruno+cleo, -"))
            .Override(Given.Add("ana", "2027-01-06T00:00Z", to)).Override(Given.Add("ana", "2027-01-06T00:00Z", to), "other");

        Assert.Contains(RuleNames.Roster, Broken(Two(), Sound().Schedule("duty", "A", "UTC", Given.Layer("weekly", "2026-01-05T00:00", "1w", "ana"))));
        Assert.Contains(RuleNames.DoublePrimary, Broken(Twice("2027-01-08T00:00Z"), Twice("2027-01-09T00:00Z")));
        Assert.Empty(Broken(Twice("2027-01-08T00:00Z"), Twice("2027-01-07T00:00Z")));
    }

    [Fact]
    public void measures_what_was_there_by_the_limits_of_after()
    {
        Staff Few(PoolLimits limits) => Sound(limits).Schedule("duty", "A", "UTC", Given.Layer("weekly", "2026-01-05T00:00", "1w", "ana, guest"));

        Assert.Empty(Broken(Few(PoolLimits.None), Few(Strict)));
    }

    [Fact]
    public void looks_only_at_the_schedules_that_a_change_touches_and_at_those_of_their_people()
    {
        Staff Many()
        {
            var staff = new Staff().Pool(Staff.AllOf(Breach.Enforce));
            for (var i = 0; i < 50; i++)
                staff.People(Staff.Logins(8, $"s{i}p"), site: "here", schedules: $"s{i}").Schedule($"s{i}", "A", Staff.Tallinn, Given.Layer("daily", "2026-01-05T09:00", "1d", Staff.Logins(8, $"s{i}p")));
            return staff;
        }

        var before = Many().Build();
        var after = Many().Override(Given.Replace("s7p1", "s8p1", "2027-01-20T00:00Z", "2027-02-21T00:00Z"), "s7").Build();

        Assert.Equal(["s7"], ChangedSchedules.Between(before, after));
        Assert.Contains(LimitsGuard.Broken(before, after, Now), f => f.Rule == RuleNames.Qualified && f.Schedule == "s7" && f.Person == "s8p1");
        Assert.All(LimitsGuard.Broken(before, after, Now), f => Assert.True(f.Schedule is "s7" or "s8", f.Message));
    }
}

public class Waiver_when_it_covers
{
    private static readonly Instant Now = Given.At("2027-01-04T00:00Z");

    private static readonly Finding Finding = new(
        RuleNames.Uncovered, Breach.Warn, "duty", "A", null, Given.At("2027-01-10T00:00Z"), Given.At("2027-01-11T00:00Z"), new Numbers(24, 0, "hours"), "", "", "schedule:duty") { Occurrence = "2027-01-10" };

    [Theory]
    [InlineData(RuleNames.Uncovered, "schedule:duty", null, true)]
    [InlineData(RuleNames.Uncovered, "fingerprint", null, true)]
    [InlineData(RuleNames.Uncovered, "schedule:other", null, false)]
    [InlineData(RuleNames.Roster, "schedule:duty", null, false)]
    [InlineData(RuleNames.Uncovered, "schedule:duty", "2027-01-10T00:01Z", true)]
    [InlineData(RuleNames.Uncovered, "schedule:duty", "2027-01-10T00:00Z", false)]      // begins when the waiver is over
    [InlineData(RuleNames.Uncovered, "schedule:duty", "2027-01-03T00:00Z", false)]
    public void is_matched_by_rule_subject_and_time(string rule, string subject, string? until, bool covered)
    {
        var waiver = new Waiver { Rule = rule, Subject = subject == "fingerprint" ? Finding.Fingerprint : subject, Until = until is null ? null : Given.At(until), Reason = "agreed" };

        Assert.Equal(covered, WaiverStore.Mark([Finding], [waiver], Now)[0].Waived is not null);
        waiver.EndedAt = Now;
        Assert.Null(WaiverStore.Mark([Finding], [waiver], Now)[0].Waived);
    }
}

public class Night_of_a_team
{
    [Theory]
    [InlineData("2026-12-24T23:59Z", "2026-12-24")]      // 01:59 in Tallinn
    [InlineData("2026-12-25T00:00Z", "2026-12-25")]
    [InlineData("2026-12-25T23:59Z", "2026-12-25")]
    public void begins_at_two_by_its_calendar(string now, string date)
    {
        var organisation = Given.Organisation(Given.Schedule("UTC"), calendars: Calendars.Estonia);

        Assert.Equal(date, NightOf.Due(organisation, new Team("kitchen", "juri", "estonia", []), Given.At(now)).ToString("uuuu'-'MM'-'dd", null));
    }

    [Fact]
    public void tells_a_breach_once_and_not_what_only_came_into_sight()
    {
        Finding Gap(string from, string subject = "schedule:duty") => new(
            RuleNames.Uncovered, Breach.Warn, "duty", "A", null, Given.At(from), Given.At(from) + Duration.FromDays(1), new Numbers(24, 0, "hours"), "", "", subject) { Occurrence = from };
        SeenFinding Seen(Finding f) => new() { Fingerprint = f.Fingerprint, Rule = f.Rule, Subject = f.Subject };
        var old = Gap("2027-01-10T00:00Z");
        Finding soon = Gap("2027-01-11T00:00Z"), far = Gap("2027-04-10T00:00Z"), other = Gap("2027-04-10T00:00Z", "schedule:other");
        var until = Given.At("2027-04-01T00:00Z");

        Assert.Equal([old, far], NightOf.New([old, far], [], null));
        Assert.Equal([soon, other], NightOf.New([old, soon, far, other], [Seen(old)], until));
        Assert.Empty(NightOf.New([soon with { Waived = new WaivedBy(Guid.Empty, "", "", default, null) }], [], null));
    }
}
