using Incidents.Contracts.Organisation;
using Incidents.Scheduling.Classes;
using Incidents.Scheduling.Shifts;
using NodaTime;

namespace Incidents.Scheduling.Compensation;

internal enum PayLineKind { Standby, Work, Adjustment }

/// <summary>Why time that counts has no price.</summary>
internal enum UnpaidReason { NoRate, NoRateYet, PoolWithoutPay, PoolWithoutPayYet }

/// <summary>The shift that a standby line pays: the part of it that lies in the period, <c>[From, To)</c>.</summary>
internal sealed record PaidShift(string Schedule, Position Position, Instant From, Instant To, CauseKind Why, string? Name);

/// <summary>
/// The work that a work line pays: the incident was held in <c>[From, To)</c>, which counts as <c>[From, Counted)</c> after the increment
/// and the minimum.
/// </summary>
internal sealed record PaidWork(long Incident, string Service, Instant From, Instant To, Instant Counted, Duration Increment, Duration Minimum);

/// <summary>The hourly rate that was used, and the date from which it holds.</summary>
internal sealed record UsedRate(decimal Rate, string Currency, LocalDate From);

/// <summary>
/// The version of a pool's coefficients that was used: of the pool, from a date, and the factors of this line. <paramref name="Position"/> is null
/// where the position makes no difference, <paramref name="Class"/> and <paramref name="Standby"/> are null for work, <paramref name="Work"/> for standby.
/// </summary>
internal sealed record UsedCoefficients(string Pool, LocalDate From, decimal? Standby, decimal? Position, decimal? Class, decimal? Work);

/// <summary>What an adjustment mends: a line of an approved period, what has been paid for it so far, and what it is now.</summary>
internal sealed record Adjusted(string Period, string Line, Money Paid, Money Now);

/// <summary>
/// One line of a statement. <paramref name="Line"/> names it for good inside its period and person: a later calculation of the same shift or incident gives
/// the same name. Exactly one of <paramref name="Amount"/> and <paramref name="Unpaid"/> is there. <paramref name="Spans"/>: the time that is paid,
/// to the moment; overlapping duties leave it to the one that pays more.
/// </summary>
internal sealed record PayLine(
    string Line,
    PayLineKind Kind,
    PaidShift? Shift,
    PaidWork? Work,
    string? Pool,
    ShiftClass? Class,
    Duration Time,
    IReadOnlyList<Interval> Spans,
    UsedRate? Rate,
    UsedCoefficients? Coefficients,
    Money? Amount,
    UnpaidReason? Unpaid,
    Adjusted? Adjusts,
    string Rule,
    string Explanation);

/// <summary>An incident that somebody still holds: paid once it is over.</summary>
internal sealed record OpenWork(long Incident, string Service, Instant Since);

/// <summary>
/// What one person gets for one period. <paramref name="Zone"/> and <paramref name="Calendar"/> are those that classed the time and divided the days.
/// </summary>
internal sealed record Statement(
    string Login,
    string Name,
    string Zone,
    string? Calendar,
    bool Removed,
    IReadOnlyList<PayLine> Lines,
    IReadOnlyList<PayLine> Unpaid,
    IReadOnlyList<OpenWork> Open)
{
    /// <summary>One for each currency; empty when nothing is paid.</summary>
    public IReadOnlyList<Money> Totals() => Money.Sums(Lines.Select(l => l.Amount!.Value));
}
