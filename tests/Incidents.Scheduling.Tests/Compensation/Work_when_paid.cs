using Incidents.Persistence.Incidents;

namespace Incidents.Scheduling.Tests.Compensation;

/// <summary>Rate 30.00, work coefficient 2: an hour is 60.00. Increment 15 min, minimum 30 min.</summary>
public class Work_when_paid
{
    private static PayScene Scene => new PayScene().Person("ana", "Etc/UTC", null, "30.00 EUR").Person("bruno", "Etc/UTC", null, "30.00 EUR")
        .Pool("B", PayScene.Pay(work: 3m, minimum: 0)).Pool("C");

    [Theory]
    [InlineData("2026-12-01T10:00Z", "2026-12-01T10:00Z", "work 30 min 30.00 EUR")]
    [InlineData("2026-12-01T10:00Z", "2026-12-01T10:29:59Z", "work 30 min 30.00 EUR")]
    [InlineData("2026-12-01T10:00Z", "2026-12-01T10:30Z", "work 30 min 30.00 EUR")]
    [InlineData("2026-12-01T10:00Z", "2026-12-01T10:30:01Z", "work 45 min 45.00 EUR")]
    [InlineData("2026-12-01T10:07Z", "2026-12-01T12:07Z", "work 2 h 120.00 EUR")]
    public void is_rounded_up_to_the_increment_and_at_least_the_minimum(string from, string to, string expected)
        => Assert.Equal([expected], PayScene.Told(Scene.Work("ana", from, to).Statement("2026-12", "ana")));

    [Fact]
    public void is_paid_outside_of_any_shift_and_besides_standby()
    {
        var alone = Scene.Work("ana", "2026-12-01T10:00Z", "2026-12-01T11:00Z").Statement("2026-12", "ana");
        var both = Scene.Duty("duty", "ana", "2026-12-01T10:00Z", "2026-12-01T12:00Z").Work("ana", "2026-12-01T10:00Z", "2026-12-01T11:00Z").Statement("2026-12", "ana");

        Assert.Equal(["work 1 h 60.00 EUR"], PayScene.Told(alone));
        Assert.Equal(["business 2 h 18.00 EUR", "work 1 h 60.00 EUR"], PayScene.Told(both));
    }

    [Fact]
    public void of_several_incidents_at_once_is_paid_once_at_the_higher()
    {
        var statement = Scene.Work("ana", "2026-12-01T10:00Z", "2026-12-01T11:00Z").Work("ana", "2026-12-01T10:30Z", "2026-12-01T11:30Z", pool: "B").Work("ana", "2026-12-01T10:10Z", "2026-12-01T10:20Z").Statement("2026-12", "ana");

        Assert.Equal(["work 30 min 30.00 EUR", "work 1 h 90.00 EUR"], PayScene.Told(statement));
        Assert.Equal([41L, 42L], statement.Lines.Select(l => l.Work!.Incident));
        Assert.Equal(
            "incident 41: held for 1 h, of which 30 min are paid here; 30 min × 30.00 EUR/h (from 2000-01-01) × 2 (work, pool A from 2000-01-01) = 30.00 EUR",
            statement.Lines[0].Explanation);
    }

    [Fact]
    public void goes_to_the_one_who_held_the_acknowledgement_then()
    {
        var scene = Scene.Story("A",
            (TimelineKinds.Acknowledged, "2026-12-01T10:00Z", "ana"), (TimelineKinds.Unacknowledged, "2026-12-01T11:00Z", "system"),
            (TimelineKinds.Acknowledged, "2026-12-01T11:05Z", "bruno"), (TimelineKinds.Escalated, "2026-12-01T12:05Z", "bruno"),
            (TimelineKinds.Acknowledged, "2026-12-01T12:10Z", "ana"), (TimelineKinds.Snoozed, "2026-12-01T12:40Z", "ana"),
            (TimelineKinds.Acknowledged, "2026-12-01T15:00Z", "ana"), (TimelineKinds.Resolved, "2026-12-01T15:45Z", "prometheus"));

        Assert.Equal(["work 1 h 60.00 EUR", "work 30 min 30.00 EUR", "work 45 min 45.00 EUR"], PayScene.Told(scene.Statement("2026-12", "ana")));
        Assert.Equal(["work 1 h 60.00 EUR"], PayScene.Told(scene.Statement("2026-12", "bruno")));
    }

    [Fact]
    public void after_a_reopening_is_work_of_its_own()
    {
        var statement = Scene.Story("A",
            (TimelineKinds.Acknowledged, "2026-12-01T10:00Z", "ana"), (TimelineKinds.Resolved, "2026-12-01T10:45Z", "ana"), (TimelineKinds.Reopened, "2026-12-01T10:50Z", "prometheus"),
            (TimelineKinds.Acknowledged, "2026-12-01T10:52Z", "ana"), (TimelineKinds.Resolved, "2026-12-01T11:00Z", "ana")).Statement("2026-12", "ana");

        Assert.Equal(["work 45 min 45.00 EUR", "work 30 min 30.00 EUR"], PayScene.Told(statement));
        Assert.Equal(["incident/41/2026-12-01T10:00:00Z", "incident/41/2026-12-01T10:52:00Z"], statement.Lines.Select(l => l.Line));
    }

    [Fact]
    public void is_nobodys_when_nobody_acknowledged_or_a_machine_did()
    {
        var scene = Scene.Story("A", (TimelineKinds.Resolved, "2026-12-01T10:45Z", "ana")).Work("key:robot", "2026-12-01T10:00Z", "2026-12-01T11:00Z").Work("system", "2026-12-01T10:00Z", "2026-12-01T11:00Z");

        Assert.Empty(scene.Statements("2026-12"));
    }

    [Fact]
    public void is_listed_as_open_until_it_is_over()
    {
        var statement = Scene.Work("ana", "2026-12-31T23:00Z", to: null).Statement("2026-12", "ana");

        Assert.Empty(statement.Lines);
        Assert.Equal((41L, Given.At("2026-12-31T23:00Z")), (statement.Open[0].Incident, statement.Open[0].Since));
    }

    [Fact]
    public void is_cut_at_the_midnight_that_ends_the_period()
    {
        var scene = Scene.Work("ana", "2026-12-31T23:40Z", "2027-01-01T00:10:30Z");

        Assert.Equal(["work 20 min 20.00 EUR"], PayScene.Told(scene.Statement("2026-12", "ana")));
        Assert.Equal(["work 25 min 25.00 EUR"], PayScene.Told(scene.Statement("2027-01", "ana")));
    }

    [Fact]
    public void uses_the_rate_and_the_coefficient_of_each_day()
    {
        var statement = Scene.Pool("A", PayScene.Pay(), PayScene.Pay(work: 4m, minimum: 120, from: "2026-12-02")).Person("ana", "Etc/UTC", null, "30.00 EUR", "60.00 EUR 2026-12-02")
            .Work("ana", "2026-12-01T23:00Z", "2026-12-02T01:00Z").Statement("2026-12", "ana");

        Assert.Equal(["work 1 h 60.00 EUR", "work 1 h 240.00 EUR"], PayScene.Told(statement));
        Assert.Equal("incident/41/2026-12-01T23:00:00Z/2026-12-02", statement.Lines[1].Line);
    }

    [Fact]
    public void is_listed_as_unpaid_where_the_pool_has_no_pay()
        => Assert.Equal(["work 20 min PoolWithoutPay"], PayScene.Told(Scene.Work("ana", "2026-12-01T10:00Z", "2026-12-01T10:20Z", pool: "C").Statement("2026-12", "ana")));
}
