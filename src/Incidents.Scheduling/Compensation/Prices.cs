using Incidents.Contracts.Organisation;
using NodaTime;

namespace Incidents.Scheduling.Compensation;

/// <summary>Rate and coefficients of a moment; either may be missing.</summary>
internal readonly record struct Price(PayRate? Rate, PoolPay? Pay)
{
    public bool IsComplete => Rate is not null && Pay is not null;
}

/// <summary>What holds on a date: of versions that are valid from a date on (inclusive), the last that has begun.</summary>
internal static class Prices
{
    public static Price On(Person person, Pool? pool, LocalDate date) => new(
        person.Pay.Where(r => r.From <= date).MaxBy(r => r.From),
        pool?.Pay.Where(p => p.From <= date).MaxBy(p => p.From));

    /// <summary>
    /// Parts of <c>[from, to)</c> inside each of which one rate and one version of the coefficients hold: versions change at midnight of the person's zone.
    /// </summary>
    public static IEnumerable<(Instant From, Instant To, Price Price)> Within(Person person, Pool? pool, DateTimeZone zone, Instant from, Instant to)
    {
        var cuts = person.Pay.Select(r => r.From).Concat(pool?.Pay.Select(p => p.From) ?? [])
            .Distinct().Order().Select(date => PayPeriod.Midnight(date, zone)).Where(cut => from < cut && cut < to);
        var at = from;
        foreach (var cut in cuts.Append(to).Distinct())
        {
            if (at < cut)
                yield return (at, cut, On(person, pool, at.InZone(zone).Date));
            at = cut;
        }
    }

    public static UnpaidReason WhyNot(Person person, Pool? pool, Price price) => price switch
    {
        { Rate: null } => person.Pay.Count == 0 ? UnpaidReason.NoRate : UnpaidReason.NoRateYet,
        _ => pool is null || pool.Pay.Count == 0 ? UnpaidReason.PoolWithoutPay : UnpaidReason.PoolWithoutPayYet,
    };

    /// <summary>Where the price's version began, if that was after <paramref name="start"/>: what tells the parts of a line apart.</summary>
    public static LocalDate? ChangeAfter(LocalDate start, Price price)
    {
        var began = LocalDate.Max(price.Rate?.From ?? LocalDate.MinIsoValue, price.Pay?.From ?? LocalDate.MinIsoValue);
        return began > start ? began : null;
    }
}
