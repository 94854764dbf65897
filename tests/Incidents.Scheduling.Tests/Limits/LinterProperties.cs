using FsCheck;
using FsCheck.Fluent;
using Incidents.Scheduling.Limits;
using Incidents.Scheduling.Shifts;

namespace Incidents.Scheduling.Tests.Limits;

public class Linter_over_whole_organisations
{
    [Fact]
    public void finds_nothing_where_all_limits_are_kept()
    {
        // Eight qualified and reachable people, primary only, a day each.
        var staff = new Staff().Pool(Staff.AllOf(Breach.Enforce)).People(Staff.Logins(8), site: "tallinn")
            .Schedule("duty", "A", Staff.Tallinn, Given.Layer("daily", "2026-01-05T09:00", "1d", Staff.Logins(8)))
            .Away("p1", "2027-02-01T10:00Z", "2027-02-01T11:00Z");
        var free = staff.Findings().Where(f => f.Rule != RuleNames.Absence);

        Assert.Empty(free);
    }

    [Fact]
    public void keeps_one_name_for_a_breach_from_whichever_window_it_is_seen() => Prop.ForAll(Gen.Choose(0, 80).Two().ToArbitrary(), days =>
    {
        var (first, second) = days;
        var staff = Sample();
        Finding[] Seen(int day) => [.. staff.Findings(question: new LintQuestion(Start(day), Start(day + 10)))];
        var here = Seen(first);
        foreach (var finding in here.Where(f => f.ByInterval))
        {
            var there = Seen(second).Where(f => f.Rule == finding.Rule && f.Subject == finding.Subject && f.From == finding.From);

            Assert.All(there, f => Assert.Equal(finding.Fingerprint, f.Fingerprint));
        }

        Assert.Equal(here.Length, here.DistinctBy(f => f.Fingerprint).Count());
        Assert.All(here, f => Assert.True(f.From < Start(first + 10) && f.To > Start(first), $"{f.Rule} {f.From} {f.To}"));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    [Fact]
    public void finds_for_one_schedule_what_it_finds_for_it_among_all()
    {
        var staff = Sample();
        var window = new LintQuestion(Start(0), Start(40));
        var all = staff.Findings(question: window).Where(f => f.Schedule == "duty").Select(f => (f.Fingerprint, f.Numbers)).ToArray();
        var one = staff.Findings(question: window with { Schedules = new HashSet<string> { "duty" } }).Where(f => f.Schedule == "duty").Select(f => (f.Fingerprint, f.Numbers)).ToArray();

        Assert.NotEmpty(all);
        Assert.Equal(all, one);
    }

    [Fact]
    public void finds_in_each_of_many_schedules_what_it_finds_in_one()
    {
        // How long a thousand take is measured by the benchmarks.
        Staff Many(int count)
        {
            var staff = new Staff().Pool(Staff.AllOf(Breach.Warn));
            for (var i = 0; i < count; i++)
            {
                staff.People(Staff.Logins(7, $"s{i}p"), site: "tallinn", schedules: $"s{i}")
                    .Schedule($"s{i}", "A", Staff.Tallinn, Given.Layer("daily", "2026-01-05T09:00", "1d", Staff.Logins(7, $"s{i}p")), Given.NextInOrderOf("daily"));
            }

            return staff;
        }

        var one = Many(1).Findings().Select(f => (f.Rule, f.From, f.Numbers)).ToArray();

        Assert.NotEmpty(one);
        Assert.All(Many(60).Findings().GroupBy(f => f.Schedule), g => Assert.Equal(one, g.Select(f => (f.Rule, f.From, f.Numbers))));
    }

    private static Instant Start(int day) => Given.At("2027-01-04T00:00Z") + Duration.FromDays(day);

    private static Staff Sample() => new Staff().Pool(Staff.AllOf(Breach.Warn)).People("ana, bruno, cleo", schedules: "duty, other")
        .Schedule("duty", "A", Staff.Tallinn, Given.Layer("office", "2026-01-05T09:00", "1w", "ana, ana, bruno, guest", windows: Given.Window("08:00", "20:00", Given.Weekdays)))
        .Schedule("other", "A", "America/Sao_Paulo", Given.Layer("daily", "2026-01-05T09:00", "3d", "ana, bruno, -"), Given.NextInOrderOf("daily"))
        .Away("ana", "2027-01-20T00:00Z", "2027-02-20T00:00Z");
}
