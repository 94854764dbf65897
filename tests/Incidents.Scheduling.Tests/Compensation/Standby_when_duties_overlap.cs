using Incidents.Scheduling.Compensation;

namespace Incidents.Scheduling.Tests.Compensation;

public class Standby_when_duties_overlap
{
    private static PayScene Scene => new PayScene().Pool("B", PayScene.Pay(standby: 1m)).Schedule("payments", "A").Schedule("kitchen", "B").Person("ana", "Etc/UTC", null, "30.00 EUR");

    [Fact]
    public void is_paid_once_at_the_higher()
    {
        var statement = Scene.Duty("kitchen", "ana", "2026-12-01T09:00Z", "2026-12-01T13:00Z").Duty("payments", "ana", "2026-12-01T11:00Z", "2026-12-01T12:00Z").Statement("2026-12", "ana");

        Assert.Equal(["business 3 h 18.00 EUR", "business 1 h 9.00 EUR"], PayScene.Told(statement));
        Assert.Equal("2026-12-01T09:00:00Z/2026-12-01T11:00:00Z 2026-12-01T12:00:00Z/2026-12-01T13:00:00Z", string.Join(' ', statement.Lines[0].Spans));
    }

    [Fact]
    public void pays_primary_and_secondary_alike_and_one_of_both()
    {
        var statement = Scene.Duty("payments", "ana", "2026-12-01T09:00Z", "2026-12-01T11:00Z").Duty("payments", "ana", "2026-12-01T10:00Z", "2026-12-01T12:00Z", Position.Secondary).Statement("2026-12", "ana");

        Assert.Equal(["business 2 h 18.00 EUR", "business 1 h 9.00 EUR"], PayScene.Told(statement));
        Assert.Equal([Position.Primary, Position.Secondary], statement.Lines.Select(l => l.Shift!.Position));
    }

    [Fact]
    public void pays_a_secondary_as_the_pool_says()
    {
        var statement = Scene.Pool("A", PayScene.Pay(secondary: 0.5m)).Duty("payments", "ana", "2026-12-01T10:00Z", "2026-12-01T12:00Z", Position.Secondary).Statement("2026-12", "ana");

        Assert.Equal("2 h × 30.00 EUR/h (from 2000-01-01) × 1.5 (standby, pool A from 2000-01-01) × 0.5 (secondary) × 0.2 (business) = 9.00 EUR", Assert.Single(statement.Lines).Explanation);
    }

    [Fact]
    public void gives_way_to_what_has_a_price_when_it_has_none()
    {
        var statement = Scene.Pool("C").Schedule("reports", "C").Duty("reports", "ana", "2026-12-01T09:00Z", "2026-12-01T11:00Z").Duty("kitchen", "ana", "2026-12-01T10:00Z", "2026-12-01T12:00Z").Statement("2026-12", "ana");

        Assert.Equal(["business 2 h 12.00 EUR", "business 1 h PoolWithoutPay"], PayScene.Told(statement));
    }

    [Fact]
    public void is_a_line_of_zero_where_the_pool_pays_zero()
    {
        var free = PayScene.Pay(standby: 0m);
        var statement = Scene.Pool("C", free).Schedule("reports", "C").Duty("reports", "ana", "2026-12-01T09:00Z", "2026-12-01T11:00Z").Statement("2026-12", "ana");

        Assert.Equal(["business 2 h 0.00 EUR"], PayScene.Told(statement));
    }

    [Fact]
    public void lists_who_has_no_rate_with_the_hours_and_never_drops_them()
    {
        var scene = Scene.Person("novice", "Etc/UTC", null).Person("later", "Etc/UTC", null, "30.00 EUR 2026-12-02")
            .Duty("payments", "novice", "2026-12-01T09:00Z", "2026-12-01T11:00Z").Duty("kitchen", "later", "2026-12-01T20:00Z", "2026-12-02T02:00Z").Duty("gone", "ghost", "2026-12-01T09:00Z", "2026-12-01T11:00Z");

        Assert.Equal(["business 2 h NoRate"], PayScene.Told(scene.Statement("2026-12", "novice")));
        Assert.Equal(["night 2 h 30.00 EUR", "offHours 2 h NoRateYet", "night 2 h NoRateYet"], PayScene.Told(scene.Statement("2026-12", "later")));
        Assert.Equal(["business 2 h NoRate"], PayScene.Told(scene.Statement("2026-12", "ghost")));
        Assert.Equal("2 h standby business: novice has no rate", scene.Statement("2026-12", "novice").Unpaid[0].Explanation);
    }

    [Fact]
    public void pays_who_was_removed_since_and_gathers_who_was_renamed()
    {
        var scene = Scene.Former("leaver", "Europe/Tallinn", null, "20.00 EUR").Renamed("anna", "ana")
            .Duty("payments", "leaver", "2026-12-01T10:00Z", "2026-12-01T12:00Z").Duty("payments", "anna", "2026-12-01T12:00Z", "2026-12-01T13:00Z").Duty("kitchen", "ana", "2026-12-01T12:00Z", "2026-12-01T14:00Z");

        var leaver = scene.Statement("2026-12", "leaver");
        var ana = scene.Statement("2026-12", "ana");

        Assert.True(leaver.Removed);
        Assert.Equal(["business 2 h 12.00 EUR"], PayScene.Told(leaver));
        Assert.False(ana.Removed);
        Assert.Equal(["business 1 h 6.00 EUR", "business 1 h 9.00 EUR"], PayScene.Told(ana));
    }

    [Fact]
    public void adds_no_two_currencies_together()
    {
        var scene = Scene.Person("bruno", "Etc/UTC", null, "70.00 BRL").Person("yuki", "Etc/UTC", null, "2500 JPY")
            .Duty("payments", "ana", "2026-12-01T09:00Z", "2026-12-01T11:00Z").Duty("kitchen", "bruno", "2026-12-01T09:00Z", "2026-12-01T11:00Z").Duty("kitchen", "yuki", "2026-12-01T09:00Z", "2026-12-01T11:00Z");

        var cost = Costs.CostOf(scene.Build(), ["payments", "kitchen"], Given.At("2026-12-01T00:00Z"), Given.At("2026-12-02T00:00Z"));

        Assert.Equal(["28.00 BRL", "18.00 EUR", "1000 JPY"], cost.Totals.Select(t => t.ToString()));
        Assert.Equal(["ana 18.00 EUR", "bruno 28.00 BRL", "yuki 1000 JPY"], cost.People.Select(p => $"{p.Login} {Assert.Single(p.Totals)}"));
        Assert.Equal((Duration.FromHours(6), Duration.Zero), (cost.Paid, cost.Unpaid));
    }
}
