using Incidents.Contracts.Organisation;
using Incidents.Scheduling.Classes;
using NodaTime;
using NodaTime.Text;

namespace Incidents.Scheduling.Compensation;

/// <summary>
/// Standby of one person: time in class × base rate × the pool's standby coefficient × the class coefficient (and the pool's factor for a secondary).
/// Each moment on call is paid once, under the duty that is worth most then.
/// </summary>
internal static class StandbyPay
{
    /// <param name="duties">Of this person, cut to the time that is to be paid, in any order.</param>
    public static IEnumerable<PayLine> Lines(OrganisationSnapshot organisation, Person person, IEnumerable<Duty> duties)
    {
        var clock = ShiftClasses.ClockOf(person, organisation);
        var pieces = duties.SelectMany(duty => Pieces(organisation, person, clock, duty)).ToArray();
        return Overlap.PaidOnce(pieces, Order.Instance)
            .GroupBy(p => (p.Source.Duty, p.Source.Class, p.Source.Price), SourceComparer.Instance)
            .OrderBy(g => g.Key.Duty.From).ThenBy(g => g.Key.Duty, DutyOrder.Instance).ThenBy(g => g.Key.Class).ThenBy(g => g.First().From)
            .Select(g => Line(organisation, person, clock.Zone, g.Key.Duty, g.Key.Class, g.Key.Price, [.. g.Select(p => new Interval(p.From, p.To))]));
    }

    private static IEnumerable<Piece<Source>> Pieces(OrganisationSnapshot organisation, Person person, ClassClock clock, Duty duty)
    {
        var pool = People.PoolOf(organisation, duty.Pool);
        foreach (var (from, to, price) in Prices.Within(person, pool, clock.Zone, duty.From, duty.To))
        {
            foreach (var span in clock.Split(from, to))
                yield return new Piece<Source>(span.From, span.To, Worth(duty, span.Class, price), new Source(duty, span.Class, price));
        }
    }

    private static decimal? Worth(Duty duty, ShiftClass kind, Price price)
        => price is { Rate: not null, Pay: { } pay } ? pay.Standby * (PositionFactor(duty, pay) ?? 1m) * Coefficient(pay, kind) : null;

    private static PayLine Line(OrganisationSnapshot organisation, Person person, DateTimeZone zone, Duty duty, ShiftClass kind, Price price, Interval[] spans)
    {
        var time = spans.Aggregate(Duration.Zero, (sum, s) => sum + s.Duration);
        var part = Prices.ChangeAfter(duty.From.InZone(zone).Date, price) is { } change ? "/" + LocalDatePattern.Iso.Format(change) : "";
        var name = $"{duty.Schedule}/{Explain.Word(duty.Position)}/{InstantPattern.ExtendedIso.Format(duty.From)}/{Explain.Word(kind)}{part}";
        var shift = new PaidShift(duty.Schedule, duty.Position, duty.From, duty.To, duty.Why.Kind, duty.Why.Name);
        if (price is not { Rate: { } rate, Pay: { } pay })
        {
            var reason = Prices.WhyNot(person, People.PoolOf(organisation, duty.Pool), price);
            return new PayLine(name, PayLineKind.Standby, shift, null, duty.Pool, kind, time, spans, null, null, null, reason, null,
                Explain.Standby, Explain.NotPaid(person, duty.Pool, time, $"standby {Explain.Words(kind)}", reason));
        }

        var used = new UsedCoefficients(duty.Pool, pay.From, pay.Standby, PositionFactor(duty, pay), Coefficient(pay, kind), null);
        var product = Product.Of(time, rate.Rate, pay.Standby, used.Position ?? 1m, used.Class!.Value);
        var amount = new Money(product.Round(Currencies.DigitsOf(rate.Currency)), rate.Currency);
        return new PayLine(name, PayLineKind.Standby, shift, null, duty.Pool, kind, time, spans, new UsedRate(rate.Rate, rate.Currency, rate.From), used,
            amount, null, null, Explain.Standby, Explain.OfStandby(time, rate, used, kind, product, amount));
    }

    private static decimal? PositionFactor(Duty duty, PoolPay pay) => duty.Position == Position.Secondary && pay.Secondary != 1m ? pay.Secondary : null;

    private static decimal Coefficient(PoolPay pay, ShiftClass kind) => kind switch
    {
        ShiftClass.Holiday => pay.Classes.Holiday,
        ShiftClass.Weekend => pay.Classes.Weekend,
        ShiftClass.Night => pay.Classes.Night,
        ShiftClass.OffHours => pay.Classes.OffHours,
        _ => pay.Classes.Business,
    };

    private sealed record Source(Duty Duty, ShiftClass Class, Price Price);

    private sealed class Order : IComparer<Source>
    {
        public static Order Instance { get; } = new();

        public int Compare(Source? x, Source? y) => DutyOrder.Instance.Compare(x!.Duty, y!.Duty);
    }

    /// <summary>Primary before secondary, then by schedule: it decides between duties that pay the same.</summary>
    private sealed class DutyOrder : IComparer<Duty>
    {
        public static DutyOrder Instance { get; } = new();

        public int Compare(Duty? x, Duty? y)
        {
            var order = x!.Position.CompareTo(y!.Position);
            if (order == 0)
                order = string.CompareOrdinal(x.Schedule, y.Schedule);
            return order != 0 ? order : x.From.CompareTo(y.From);
        }
    }

    /// <summary>Duties and prices are told apart by identity: they come from one snapshot.</summary>
    private sealed class SourceComparer : IEqualityComparer<(Duty Duty, ShiftClass Class, Price Price)>
    {
        public static SourceComparer Instance { get; } = new();

        public bool Equals((Duty Duty, ShiftClass Class, Price Price) x, (Duty Duty, ShiftClass Class, Price Price) y)
            => ReferenceEquals(x.Duty, y.Duty) && x.Class == y.Class && ReferenceEquals(x.Price.Rate, y.Price.Rate) && ReferenceEquals(x.Price.Pay, y.Price.Pay);

        public int GetHashCode((Duty Duty, ShiftClass Class, Price Price) value)
            => HashCode.Combine(System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(value.Duty), value.Class);
    }
}
