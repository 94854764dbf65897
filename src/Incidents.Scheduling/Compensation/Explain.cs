using System.Globalization;
using Incidents.Contracts.Organisation;
using Incidents.Scheduling.Classes;
using NodaTime;
using NodaTime.Text;

namespace Incidents.Scheduling.Compensation;

/// <summary>The sentence of each line: what was counted, every factor with where it comes from, and the multiplication written out.</summary>
internal static class Explain
{
    public const string Standby = "time in class × hourly rate × standby coefficient × class coefficient";
    public const string Work = "acknowledged to resolved, rounded up, × hourly rate × work coefficient";
    public const string Adjustment = "what the line is now − what has been paid for it";

    public static string Word(Position position) => position == Position.Primary ? "primary" : "secondary";

    public static string Word(ShiftClass kind) => kind == ShiftClass.OffHours ? "offHours" : Words(kind);

    public static string Words(ShiftClass kind) => kind switch
    {
        ShiftClass.Business => "business",
        ShiftClass.OffHours => "off-hours",
        ShiftClass.Night => "night",
        ShiftClass.Weekend => "weekend",
        _ => "holiday",
    };

    public static string OfStandby(Duration time, PayRate rate, UsedCoefficients used, ShiftClass kind, Product product, Money amount)
    {
        var position = used.Position is { } factor ? $" × {Number(factor)} (secondary)" : "";
        return $"{Time(time)} × {Rate(rate)} × {Number(used.Standby!.Value)} (standby, pool {used.Pool} from {Date(used.From)}){position}"
            + $" × {Number(used.Class!.Value)} ({Words(kind)}) = {Outcome(product, amount)}";
    }

    public static string OfWork(PaidWork work, Duration time, PayRate rate, UsedCoefficients used, Product product, Money amount)
    {
        var counted = work.Counted - work.From;
        var rounding = counted == work.To - work.From ? "" : $", counted as {Time(counted)} (increment {Time(work.Increment)}, minimum {Time(work.Minimum)})";
        var share = time == counted ? "" : $", of which {Time(time)} are paid here";
        return $"incident {work.Incident}: held for {Time(work.To - work.From)}{rounding}{share}; "
            + $"{Time(time)} × {Rate(rate)} × {Number(used.Work!.Value)} (work, pool {used.Pool} from {Date(used.From)}) = {Outcome(product, amount)}";
    }

    public static string NotPaid(Person person, string pool, Duration time, string what, UnpaidReason reason) => $"{Time(time)} {what}: " + reason switch
    {
        UnpaidReason.NoRate => $"{person.Login} has no rate",
        UnpaidReason.NoRateYet => $"{person.Login} has no rate yet on that day (the first is from {Date(person.Pay.Min(p => p.From))})",
        UnpaidReason.PoolWithoutPay => $"pool {pool} has no pay",
        _ => $"pool {pool} has no pay yet on that day",
    };

    public static string OfAdjustment(string period, string line, Money paid, Money now, string? because)
        => $"{period}, line {line}: now {now}, paid {paid}, difference {new Money(now.Amount - paid.Amount, now.Currency)}. "
            + (because is null ? "The line does not stand any more." : "Now: " + because);

    /// <summary><c>7 h 20 min</c>; seconds, down to their last fraction, only where there are some.</summary>
    public static string Time(Duration time)
    {
        var ticks = time.BclCompatibleTicks;
        var (hours, minutes) = (ticks / NodaConstants.TicksPerHour, ticks / NodaConstants.TicksPerMinute % 60);
        var seconds = (decimal)(ticks % NodaConstants.TicksPerMinute) / NodaConstants.TicksPerSecond;
        string[] parts =
        [
            hours > 0 ? string.Create(CultureInfo.InvariantCulture, $"{hours} h") : "",
            minutes > 0 ? string.Create(CultureInfo.InvariantCulture, $"{minutes} min") : "",
            seconds > 0 ? Number(seconds) + " s" : "",
        ];
        return ticks == 0 ? "0 h" : string.Join(' ', parts.Where(p => p.Length > 0));
    }

    public static string Number(decimal value) => value.ToString("0.############################", CultureInfo.InvariantCulture);

    /// <summary>A rate has the decimals of its currency, or more if it was given so.</summary>
    public static string RateText(decimal rate, string currency)
    {
        var digits = Math.Max(Currencies.DigitsOf(currency), Number(rate) is var text && text.IndexOf('.', StringComparison.Ordinal) is var dot and >= 0 ? text.Length - dot - 1 : 0);
        return rate.ToString("F" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    private static string Rate(PayRate rate) => $"{RateText(rate.Rate, rate.Currency)} {rate.Currency}/h (from {Date(rate.From)})";

    private static string Date(LocalDate date) => LocalDatePattern.Iso.Format(date);

    private static string Outcome(Product product, Money amount) => product.IsExactIn(Currencies.DigitsOf(amount.Currency))
        ? amount.ToString()
        : $"{product.Text()}, rounded half-even to {amount}";
}
