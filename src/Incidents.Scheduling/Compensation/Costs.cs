using Incidents.Contracts.Organisation;
using Incidents.Scheduling.Shifts;
using NodaTime;

namespace Incidents.Scheduling.Compensation;

/// <summary>
/// What standby costs: one total for each currency, never added together; and the time that has no price, because a person has no rate or a pool no pay.
/// </summary>
internal sealed record Cost(IReadOnlyList<Money> Totals, Duration Paid, Duration Unpaid, IReadOnlyList<PersonCost> People);

internal sealed record PersonCost(string Login, IReadOnlyList<Money> Totals, Duration Paid, Duration Unpaid);

/// <summary>
/// The what-if of a draft: the standby of some schedules in <c>[from, to)</c>, by the rules and roundings of pay, for what was and for what is planned.
/// Work is not in it: nobody plans incidents. Who is on two of the schedules at once is paid once, at the higher; duties on schedules that were
/// not asked for are left out. Compare two snapshots to see what a change costs. The cost is linear in the shifts.
/// </summary>
internal static class Costs
{
    public static Cost CostOf(OrganisationSnapshot organisation, IEnumerable<string> schedules, Instant from, Instant to)
        => CostOf(new CompiledOrganisation(organisation), schedules, from, to);

    public static Cost CostOf(CompiledOrganisation compiled, IEnumerable<string> schedules, Instant from, Instant to)
    {
        var people = Duties.Of(compiled, schedules, from, to).GroupBy(d => d.Person.Login, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => (Login: g.Key, Lines: StandbyPay.Lines(compiled.Organisation, g.First().Person, g).ToArray()))
            .Select(p => new PersonCost(p.Login, Money.Sums(p.Lines.Select(l => l.Amount).OfType<Money>()), Sum(p.Lines, paid: true), Sum(p.Lines, paid: false)))
            .ToArray();
        return new Cost(
            Money.Sums(people.SelectMany(p => p.Totals)),
            people.Aggregate(Duration.Zero, (sum, p) => sum + p.Paid),
            people.Aggregate(Duration.Zero, (sum, p) => sum + p.Unpaid),
            people);
    }

    private static Duration Sum(IEnumerable<PayLine> lines, bool paid)
        => lines.Where(l => l.Amount is not null == paid).Aggregate(Duration.Zero, (sum, line) => sum + line.Time);
}
