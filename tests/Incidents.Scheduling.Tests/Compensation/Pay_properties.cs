using FsCheck;
using FsCheck.Fluent;
using Incidents.Scheduling.Compensation;
using Incidents.Scheduling.Shifts;
using Interval = NodaTime.Interval;

namespace Incidents.Scheduling.Tests.Compensation;

public class Pay_of_random_duties
{
    private static readonly Config Run = Config.QuickThrowOnFailure.WithMaxTest(150);
    private static readonly string[] Zones = ["Europe/Tallinn", "America/Sao_Paulo", "Asia/Kathmandu", "Australia/Lord_Howe", "Africa/Cairo", "Etc/UTC"];
    private static readonly Instant Start = Given.At("2027-03-01T00:00Z");

    private sealed record Told(string Zone, (int Schedule, int From, int Quarters, bool Secondary)[] Duties);

    private static Arbitrary<Told> Scenes() => Arb.From(
        from zone in Gen.Elements(Zones)
        from duties in Gen.ArrayOf(
            from schedule in Gen.Choose(0, 2)
            from start in Gen.Choose(-200, 31 * 96)
            from length in Gen.Choose(1, 400)
            from secondary in Gen.Elements(true, false)
            select (schedule, start, length, secondary))
        select new Told(zone, duties));

    [Fact]
    public void classes_all_time_on_call_once() => Prop.ForAll(Scenes(), told =>
    {
        var statements = PayCalculation.Of(new CompiledOrganisation(Scene(told, told.Duties)), PayPeriod.Month(2027, 3), []);
        var bounds = PayPeriod.Month(2027, 3).In(DateTimeZoneProviders.Tzdb[told.Zone]);
        var lines = statements.SelectMany(s => s.Lines.Concat(s.Unpaid)).ToArray();

        Assert.Equal(OnCall(told, bounds), lines.Aggregate(Duration.Zero, (sum, l) => sum + l.Time));
        Assert.All(lines, l => Assert.Equal(l.Time, l.Spans.Aggregate(Duration.Zero, (sum, s) => sum + s.Duration)));
        var spans = lines.SelectMany(l => l.Spans).OrderBy(s => s.Start).ToArray();
        Assert.All(spans.Zip(spans.Skip(1)), pair => Assert.True(pair.First.End <= pair.Second.Start));
        Assert.Equal(lines.Length, lines.Select(l => l.Line).Distinct(StringComparer.Ordinal).Count());
    }).Check(Run);

    [Fact]
    public void is_the_same_in_whatever_order_the_duties_come() => Prop.ForAll(Scenes(), told =>
    {
        // Adds of one person do not change one another, so their order may be turned.
        var one = PayCalculation.Of(new CompiledOrganisation(Scene(told, told.Duties, exact: true)), PayPeriod.Month(2027, 3), []);
        var other = PayCalculation.Of(new CompiledOrganisation(Scene(told, [.. told.Duties.Reverse()], exact: true)), PayPeriod.Month(2027, 3), []);

        Assert.Equal(one.SelectMany(s => s.Totals()).Select(t => t.ToString()), other.SelectMany(s => s.Totals()).Select(t => t.ToString()));
    }).Check(Run);

    [Fact]
    public void costs_for_a_while_what_its_parts_cost() => Prop.ForAll(Scenes(), told =>
    {
        // Rates and coefficients of whole cents per quarter of an hour: nothing is rounded, so the sum is exact.
        var organisation = Scene(told, told.Duties, exact: true);
        var (from, to) = (Start, Start + Duration.FromDays(31));
        var days = Enumerable.Range(0, 31).Select(d => Costs.CostOf(organisation, Names, from + Duration.FromDays(d), from + Duration.FromDays(d + 1))).ToArray();
        var whole = Costs.CostOf(organisation, Names, from, to);

        Assert.Equal(whole.Totals.Sum(t => t.Amount), days.SelectMany(d => d.Totals).Sum(t => t.Amount));
        Assert.Equal(whole.Paid, days.Aggregate(Duration.Zero, (sum, d) => sum + d.Paid));
    }).Check(Run);

    private static readonly string[] Names = ["s0", "s1", "s2"];

    private static OrganisationSnapshot Scene(Told told, IReadOnlyList<(int Schedule, int From, int Quarters, bool Secondary)> duties, bool exact = false)
    {
        var classes = exact ? new ClassCoefficients(1m, 2m, 3m, 4m, 5m) : PayScene.Usual;
        var scene = new PayScene().Pool("A", PayScene.Pay(standby: exact ? 2m : 1.5m, classes: classes)).Pool("B", PayScene.Pay(standby: 1m, classes: classes, secondary: exact ? 2m : 0.7m)).Pool("C")
            .Schedule("s0", "A").Schedule("s1", "B").Schedule("s2", "C").Person("ana", told.Zone, null, exact ? "4.00 EUR" : "30.00 EUR");
        var made = 0;
        foreach (var (schedule, from, quarters, secondary) in duties)
        {
            var at = Start + (Duration.FromMinutes(15) * from);
            scene.Override(new Override(Guid.NewGuid(), Names[schedule], at, at + (Duration.FromMinutes(15) * quarters), secondary ? Position.Secondary : Position.Primary, OverrideKind.Add, "ana", null, "told", null, Instant.FromUnixTimeSeconds(made++)));
        }

        return scene.Build();
    }

    private static Duration OnCall(Told told, Interval bounds)
    {
        var quarters = Duration.FromMinutes(15);
        var edges = told.Duties.SelectMany(d => new[] { Start + (quarters * d.From), Start + (quarters * (d.From + d.Quarters)) }).Append(bounds.Start).Append(bounds.End).Distinct().Order().ToArray();
        return edges.Zip(edges.Skip(1))
            .Where(p => bounds.Start <= p.First && p.Second <= bounds.End && told.Duties.Any(d => Start + (quarters * d.From) <= p.First && p.Second <= Start + (quarters * (d.From + d.Quarters))))
            .Aggregate(Duration.Zero, (sum, p) => sum + (p.Second - p.First));
    }
}
