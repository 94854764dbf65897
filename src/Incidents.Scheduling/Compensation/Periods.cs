using Incidents.Kernel;
using NodaTime;
using NodaTime.Text;

namespace Incidents.Scheduling.Compensation;

/// <summary>
/// All days in pay periods, each in exactly one: those whose range was set or which were approved, and what they leave of each calendar month.
/// The first piece of a month has the month's name (<c>2026-12</c>) unless that was given away, every other the date of its first day.
/// </summary>
internal sealed class Periods(IEnumerable<PayPeriod> stored)
{
    private static readonly LocalDate Earliest = new(1990, 1, 1);
    private static readonly LocalDate Latest = new(2100, 1, 1);
    private static readonly YearMonthPattern MonthPattern = YearMonthPattern.Iso;

    private readonly PayPeriod[] stored = [.. stored.OrderBy(p => p.From)];

    /// <summary>The period of this name; null: there is none.</summary>
    public PayPeriod? Find(string name)
    {
        if (Array.Find(stored, p => p.Name == name) is { } known)
            return known;
        if (MonthPattern.Parse(name) is { Success: true } month && IsInRange(month.Value.OnDayOfMonth(1)))
            return Pieces(month.Value).FirstOrDefault(p => p.Name == name);
        return LocalDatePattern.Iso.Parse(name) is { Success: true } date && IsInRange(date.Value) && Holding(date.Value) is var found && found.Name == name ? found : null;
    }

    /// <summary>The period that a day belongs to.</summary>
    public PayPeriod Holding(LocalDate date)
        => Array.Find(stored, p => p.From <= date && date < p.To) ?? Pieces(date.ToYearMonth()).First(p => p.From <= date && date < p.To);

    /// <summary>Whether the range of a period may be set so; days of others are not taken.</summary>
    public Error? Refuse(PayPeriod wanted)
    {
        var faults = new List<Fault>();
        if (wanted.Name.Length is 0 or > 40 || wanted.Name.Any(c => c is not (>= 'a' and <= 'z') and not (>= '0' and <= '9') and not '-') || wanted.Name[0] == '-')
            faults.Add(new Fault("period", "Name it with small letters, digits and dashes, at most 40."));
        if (!IsInRange(wanted.From))
            faults.Add(new Fault("from", "Choose a date from 1990 to 2099."));
        if (wanted.To <= wanted.From || Period.DaysBetween(wanted.From, wanted.To) > 366)
            faults.Add(new Fault("to", "The end (exclusive) comes after the beginning, at most 366 days later."));
        if (MonthPattern.Parse(wanted.Name) is { Success: true } month && (wanted.To <= month.Value.OnDayOfMonth(1) || wanted.From >= month.Value.OnDayOfMonth(1).PlusMonths(1)))
            faults.Add(new Fault("from", "A period that is named by a month has days in it."));
        if (LocalDatePattern.Iso.Parse(wanted.Name) is { Success: true } date && date.Value != wanted.From)
            faults.Add(new Fault("from", "A period that is named by a date begins on it."));
        if (faults.Count > 0)
            return Error.Invalid(faults);
        return Array.Find(stored, p => p.Name != wanted.Name && p.From < wanted.To && wanted.From < p.To) is { } other
            ? Error.Conflict("pay-period-overlap", $"Period '{other.Name}' has days of it: {LocalDatePattern.Iso.Format(other.From)} to {LocalDatePattern.Iso.Format(other.To)} (exclusive).")
            : null;
    }

    /// <summary>What stored periods leave of a month, in order.</summary>
    private IEnumerable<PayPeriod> Pieces(YearMonth month)
    {
        var at = month.OnDayOfMonth(1);
        var end = at.PlusMonths(1);
        var first = true;
        while (at < end)
        {
            var taken = Array.Find(stored, p => p.From <= at && at < p.To);
            if (taken is null)
            {
                var to = stored.Where(p => p.From > at).Select(p => p.From).Append(end).Min();
                to = LocalDate.Min(to, end);
                var name = PayPeriod.NameOf(at);
                yield return new PayPeriod(first && !stored.Any(p => p.Name == name) ? name : LocalDatePattern.Iso.Format(at), at, to);
                (at, first) = (to, false);
            }
            else
            {
                at = taken.To;
            }
        }
    }

    private static bool IsInRange(LocalDate date) => date >= Earliest && date < Latest;
}
