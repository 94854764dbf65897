using Incidents.Scheduling.Limits;

namespace Incidents.Scheduling.Tests.Limits;

/// <summary>Each rule just below and just above its limit.</summary>
public class Duty_rules
{
    private static readonly Layer Empty = Given.Layer("none", "2020-01-01T00:00", "1w", "-");

    [Theory]
    [InlineData("ana, bruno", 1, 0)]
    [InlineData("ana, ana, bruno", 1, 1)]
    [InlineData("ana, ana, bruno", 2, 0)]
    [InlineData("ana, ana, ana, bruno", 2, 1)]
    public void allow_so_many_shifts_in_a_row(string slots, int max, int atLeast)
    {
        var found = new Staff().Pool(PoolLimits.None with { ConsecutiveShifts = new CountLimit(max, Breach.Warn) }).People("ana, bruno, cleo")
            .Schedule("duty", "A", "UTC", Given.Layer("weekly", "2027-01-04T00:00", "1w", slots))
            .Of(RuleNames.ConsecutiveShifts, "2027-01-04T00:00Z", "2027-01-25T00:00Z");

        Assert.Equal(atLeast, found.Count);
        Assert.All(found, f => Assert.Equal((max + 1m, (decimal)max, "ana"), (f.Numbers.Measured, f.Numbers.Limit, f.Person)));
        Assert.All(found, f => Assert.Contains("cleo or bruno could take it", f.Fix, StringComparison.Ordinal));
    }

    [Fact]
    public void see_a_run_that_never_ends_and_not_one_that_is_interrupted()
    {
        var limits = PoolLimits.None with { ConsecutiveShifts = new CountLimit(1, Breach.Warn) };
        var alone = new Staff().Pool(limits).People("lena").Schedule("duty", "A", "UTC", Given.Layer("daily", "2026-01-05T00:00", "1d", "lena"));
        var broken = new Staff().Pool(limits).People("ana, bruno").Schedule("duty", "A", "UTC", Given.Layer("weekly", "2027-01-04T00:00", "1w", "ana, bruno"))
            .Override(Given.Replace("ana", "bruno", "2027-01-06T00:00Z", "2027-01-07T00:00Z"));

        Assert.Equal("running", Assert.Single(alone.Of(RuleNames.ConsecutiveShifts)).Occurrence);
        Assert.Empty(broken.Of(RuleNames.ConsecutiveShifts));
    }

    [Fact]
    public void count_what_lies_inside_a_turn_of_theirs_as_part_of_it()
        => Assert.Empty(new Staff().Pool(PoolLimits.None with { ConsecutiveShifts = new CountLimit(1, Breach.Warn) }).People("ana, bruno")
            .Schedule("duty", "A", "UTC",
                Given.Layer("weekly", "2027-01-04T00:00", "1w", "ana, bruno"),
                Given.Layer("day", "2027-01-04T00:00", "1d", "ana, ana, ana, ana, ana, ana, ana, bruno, bruno, bruno, bruno, bruno, bruno, bruno", level: 5, windows: Given.Window("09:00", "14:00", Given.Weekdays)))
            .Of(RuleNames.ConsecutiveShifts, "2027-01-04T00:00Z", "2027-01-25T00:00Z"));

    [Theory]
    [InlineData("2027-02-01T00:00Z", "2027-02-02T00:00Z", 0)]        // touches
    [InlineData("2027-02-01T23:59Z", "2027-02-03T00:00Z", 1)]
    public void let_nobody_be_primary_twice(string from, string to, int count)
    {
        var staff = new Staff().Pool(PoolLimits.None with { DoublePrimary = Breach.Enforce }).Pool(PoolLimits.None, "B").People("ana, bruno", schedules: "duty, other")
            .Schedule("duty", "A", "UTC", Empty).Schedule("other", "B", "UTC", Empty)
            .Override(Given.Add("ana", "2027-02-02T00:00Z", "2027-02-04T00:00Z")).Override(Given.Add("ana", from, to), "other");

        var found = staff.Of(RuleNames.DoublePrimary);

        Assert.Equal(count, found.Count);
        Assert.All(found, f => Assert.Equal(
            (Breach.Enforce, Given.At("2027-02-02T00:00Z"), Given.At("2027-02-03T00:00Z"), 2m),
            (f.Severity, f.From, f.To, f.Numbers.Measured)));
        Assert.All(found, f => Assert.Contains("on duty bruno could take it", f.Fix, StringComparison.Ordinal));
    }

    [Fact]
    public void let_a_primary_be_primary_of_a_business_pool_too()
        => Assert.Empty(new Staff().Pool(PoolLimits.None with { DoublePrimary = Breach.Warn }).Pool(PoolLimits.None, "C", Coverage.BusinessHours).People("ana")
            .Schedule("duty", "A", "UTC", Empty).Schedule("other", "C", "UTC", Empty)
            .Override(Given.Add("ana", "2027-02-02T00:00Z", "2027-02-04T00:00Z")).Override(Given.Add("ana", "2027-02-02T00:00Z", "2027-02-04T00:00Z"), "other")
            .Of(RuleNames.DoublePrimary));

    [Fact]
    public void want_qualified_people_however_they_come_onto_the_schedule()
    {
        var staff = new Staff().Pool(PoolLimits.None with { Qualified = Breach.Enforce }).People("ana, bruno").People("guest, stand-in, temp", schedules: "")
            .Schedule("duty", "A", "UTC", Given.Layer("weekly", "2027-01-04T00:00", "1w", "ana, guest"))
            .Override(Given.Replace("ana", "stand-in", "2027-02-01T00:00Z", "2027-02-02T00:00Z"))
            .Override(Given.Remove("guest", "2027-02-01T00:00Z", "2027-02-02T00:00Z"))
            .Temporary("duty", "2027-03-01T00:00Z", "2027-03-02T00:00Z", ("2027-03-01T00:00Z", "2027-03-02T00:00Z", "temp"));

        var found = staff.Of(RuleNames.Qualified);

        Assert.Equal(
            ["guest/layer weekly", "stand-in/override from 2027-02-01 00:00 UTC", "temp/temporary schedule storm"],
            found.Select(f => f.Subject["schedule:duty/person:".Length..]).Order());
        Assert.All(found, f => Assert.Contains("bruno or ana", f.Fix, StringComparison.Ordinal));
        Assert.DoesNotContain(staff.Of(RuleNames.Qualified, "2027-02-02T00:00Z", "2027-02-03T00:00Z"), f => f.Person == "stand-in");
    }

    [Fact]
    public void find_people_whom_no_page_reaches()
    {
        Contact mail = new("mail", ContactKind.Email, "ana@example.com"), text = new("text", ContactKind.Sms, "+1555");
        var staff = new Staff().Pool(PoolLimits.None).People("ana", contacts: mail).People("bruno", contacts: [mail, text]).People("cleo", contacts: [mail, text])
            .Person("bruno", p => p with { Notify = new NotifyRules([new NotifyStep("text", Duration.Zero)], [new NotifyStep("mail", Duration.Zero)]) })
            .Person("cleo", p => p with { Notify = new NotifyRules([new NotifyStep("mail", Duration.Zero), new NotifyStep("text", Duration.FromMinutes(2))], null) })
            .Schedule("duty", "A", "UTC", Given.Layer("weekly", "2027-01-04T00:00", "1w", "ana, bruno, cleo, ghost"));

        var found = staff.Of(RuleNames.Unreachable);

        Assert.Equal(["ana/high", "bruno/low"], found.Select(f => f.Subject["schedule:duty/person:".Length..]));
        Assert.Equal("ghost", Assert.Single(staff.Of(RuleNames.UnknownPerson)).Person);
    }

    [Fact]
    public void find_uncovered_time_of_a_24x7_pool_with_its_true_beginning()
    {
        var layer = Given.Layer("weekdays", "2027-01-04T00:00", "1w", "ana", windows: Given.Window("00:00", "00:00", Given.Weekdays));
        var staff = new Staff().Pool(PoolLimits.None).Pool(PoolLimits.None, "C", Coverage.BusinessHours).People("ana, bruno, cleo", "UTC")
            .Away("cleo", "2027-01-10T00:00Z", "2027-01-10T01:00Z")
            .Schedule("duty", "A", "UTC", layer).Schedule("office", "C", "UTC", layer);

        var found = staff.Of(RuleNames.Uncovered, "2027-01-10T00:00Z", "2027-01-20T00:00Z");

        Assert.Equal(["2027-01-09T00:00:00Z", "2027-01-16T00:00:00Z"], found.Select(f => f.From.ToString()));
        Assert.All(found, f => Assert.Equal((48m, "duty"), (f.Numbers.Measured, f.Schedule)));
        Assert.Contains("bruno or ana could take it", found[0].Fix, StringComparison.Ordinal);
        Assert.DoesNotContain("cleo", found[0].Fix, StringComparison.Ordinal);
        Assert.Equal(found[0].Fingerprint, staff.Of(RuleNames.Uncovered, "2027-01-05T00:00Z", "2027-01-11T00:00Z").Single().Fingerprint);
        Assert.NotEqual(found[0].Fingerprint, found[1].Fingerprint);
    }

    [Fact]
    public void find_duty_during_an_absence_and_say_who_could_take_it()
    {
        var found = new Staff().Pool(PoolLimits.None).People("ana, bruno, cleo", "UTC").Away("ana", "2027-01-06T08:00Z", "2027-01-08T00:00Z").Away("bruno", "2027-01-20T08:00Z", "2027-01-21T00:00Z")
            .Schedule("duty", "A", "UTC", Given.Layer("daily", "2027-01-04T00:00", "1w", "ana, bruno"))
            .Of(RuleNames.Absence);

        var one = Assert.Single(found);
        Assert.Equal((Given.At("2027-01-06T08:00Z"), Given.At("2027-01-08T00:00Z"), 40m), (one.From, one.To, one.Numbers.Measured));
        Assert.Contains("cleo or bruno could take it", one.Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, 0)]
    [InlineData(3, 1)]
    public void allow_two_events_in_a_shift(int events, int count)
    {
        var staff = new Staff().Pool(PoolLimits.None with { EventsPerShift = new CountLimit(2, Breach.Warn) }).People("ana, bruno")
            .Schedule("duty", "A", "UTC", Given.Layer("weekly", "2027-01-04T00:00", "1w", "ana, bruno"));
        for (var i = 1; i <= events; i++)
        {
            staff.Event("ana", i, "2027-01-05T10:00Z", "2027-01-04T00:00Z", "2027-01-11T00:00Z");
            staff.Event("ana", i, "2027-01-05T11:00Z", "2027-01-04T00:00Z", "2027-01-11T00:00Z");
        }

        staff.Event("bruno", 9, "2027-01-12T10:00Z", "2027-01-11T00:00Z", "2027-01-18T00:00Z");

        var found = staff.Of(RuleNames.EventsPerShift);

        Assert.Equal(count, found.Count);
        Assert.All(found, f => Assert.Equal(("ana", 3m, 2m, "2027-01-04T00:00:00Z"), (f.Person, f.Numbers.Measured, f.Numbers.Limit, f.From.ToString())));
    }

    [Theory]
    [InlineData("2027-01-05T02:00Z", 0)]      // 04:00 in Tallinn: eight hours before the next shift
    [InlineData("2027-01-05T02:01Z", 1)]
    [InlineData("2027-01-04T19:59Z", 0)]      // 21:59 is no night
    [InlineData("2027-01-05T05:00Z", 0)]      // 07:00 neither
    public void want_rest_after_a_page_at_night(string page, int count)
    {
        var found = new Staff().Pool(PoolLimits.None with { RestAfterNightPage = new RestLimit(Duration.FromHours(8), Breach.Warn) }).People("ana, bruno", schedules: "duty, other")
            .Schedule("duty", "A", "UTC", Empty).Schedule("other", "A", "UTC", Empty)
            .Override(Given.Add("ana", "2027-01-04T08:00Z", "2027-01-05T08:00Z")).Override(Given.Add("ana", "2027-01-05T10:00Z", "2027-01-06T10:00Z"), "other")
            .Event("ana", 7, page, "2027-01-04T08:00Z", "2027-01-05T08:00Z")
            .Of(RuleNames.RestAfterNightPage);

        Assert.Equal(count, found.Count);
        Assert.All(found, f => Assert.Equal((7.98m, 8m), (f.Numbers.Measured, f.Numbers.Limit)));
        Assert.All(found, f => Assert.Contains("no earlier than 2027-01-05 10:01 UTC: bruno could take it", f.Fix, StringComparison.Ordinal));
    }
}
