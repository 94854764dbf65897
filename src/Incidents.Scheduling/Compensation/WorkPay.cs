using Incidents.Contracts.Organisation;
using Incidents.Scheduling.Classes;
using NodaTime;
using NodaTime.Text;

namespace Incidents.Scheduling.Compensation;

/// <summary>
/// Work of one person: each time they held an incident counts from the acknowledgement, rounded up to the increment, at least the minimum,
/// × base rate × the work coefficient of the pool of the incident's service. It is paid besides standby, and also outside of any shift.
/// Several incidents held at once are paid once, at the higher. Increment and minimum are those of the day on which the work began.
/// </summary>
internal static class WorkPay
{
    /// <param name="held">Of this person and over, in any order.</param>
    /// <param name="within">What of the time is to be paid; null: all of it.</param>
    public static IEnumerable<PayLine> Lines(OrganisationSnapshot organisation, Person person, IEnumerable<Held> held, Interval? within)
    {
        var zone = ShiftClasses.ZoneOf(person, organisation);
        var pieces = held.Select(h => Counted(organisation, person, zone, h)).SelectMany(work => Pieces(organisation, person, zone, work, within)).ToArray();
        return Overlap.PaidOnce(pieces, Order.Instance)
            .GroupBy(p => (p.Source.Work.Held, p.Source.Price.Rate, p.Source.Price.Pay))
            .OrderBy(g => g.First().Source, Order.Instance).ThenBy(g => g.First().From)
            .Select(g => Line(organisation, person, zone, g.First().Source, [.. g.Select(p => new Interval(p.From, p.To))]));
    }

    private static Counting Counted(OrganisationSnapshot organisation, Person person, DateTimeZone zone, Held held)
    {
        var pool = People.PoolOf(organisation, held.Pool);
        var pay = Prices.On(person, pool, held.From.InZone(zone).Date).Pay;
        var length = held.To!.Value - held.From;
        var (increment, minimum) = pay is null ? (Duration.Zero, Duration.Zero) : (pay.Increment, pay.Minimum);
        if (increment > Duration.Zero)
            length = increment * ((length.BclCompatibleTicks + increment.BclCompatibleTicks - 1) / increment.BclCompatibleTicks);
        return new Counting(held, pool?.Name ?? held.Pool, pool, held.From + Duration.Max(length, minimum), increment, minimum);
    }

    private static IEnumerable<Piece<Source>> Pieces(OrganisationSnapshot organisation, Person person, DateTimeZone zone, Counting work, Interval? within)
    {
        var from = within is { } inside ? Instant.Max(work.Held.From, inside.Start) : work.Held.From;
        var to = within is { } bound ? Instant.Min(work.Until, bound.End) : work.Until;
        if (from >= to)
            yield break;
        foreach (var part in Prices.Within(person, work.Pool, zone, from, to))
            yield return new Piece<Source>(part.From, part.To, part.Price.IsComplete ? part.Price.Pay!.Work : null, new Source(work, part.Price));
    }

    private static PayLine Line(OrganisationSnapshot organisation, Person person, DateTimeZone zone, Source source, Interval[] spans)
    {
        var (work, price) = (source.Work, source.Price);
        var held = work.Held;
        var time = spans.Aggregate(Duration.Zero, (sum, s) => sum + s.Duration);
        var part = Prices.ChangeAfter(held.From.InZone(zone).Date, price) is { } change ? "/" + LocalDatePattern.Iso.Format(change) : "";
        var name = $"incident/{held.Incident}/{InstantPattern.ExtendedIso.Format(held.From)}{part}";
        var facts = new PaidWork(held.Incident, held.Service, held.From, held.To!.Value, work.Until, work.Increment, work.Minimum);
        if (price is not { Rate: { } rate, Pay: { } pay })
        {
            var reason = Prices.WhyNot(person, work.Pool, price);
            return new PayLine(name, PayLineKind.Work, null, facts, work.PoolName, null, time, spans, null, null, null, reason, null,
                Explain.Work, Explain.NotPaid(person, work.PoolName, time, $"work on incident {held.Incident}", reason));
        }

        var used = new UsedCoefficients(work.PoolName, pay.From, null, null, null, pay.Work);
        var product = Product.Of(time, rate.Rate, pay.Work);
        var amount = new Money(product.Round(Currencies.DigitsOf(rate.Currency)), rate.Currency);
        return new PayLine(name, PayLineKind.Work, null, facts, work.PoolName, null, time, spans, new UsedRate(rate.Rate, rate.Currency, rate.From), used,
            amount, null, null, Explain.Work, Explain.OfWork(facts, time, rate, used, product, amount));
    }

    private sealed record Counting(Held Held, string PoolName, Pool? Pool, Instant Until, Duration Increment, Duration Minimum);

    private sealed record Source(Counting Work, Price Price);

    /// <summary>What was taken first is paid first.</summary>
    private sealed class Order : IComparer<Source>
    {
        public static Order Instance { get; } = new();

        public int Compare(Source? x, Source? y)
        {
            var (one, other) = (x!.Work.Held, y!.Work.Held);
            var order = one.From.CompareTo(other.From);
            return order != 0 ? order : one.Incident.CompareTo(other.Incident);
        }
    }
}
