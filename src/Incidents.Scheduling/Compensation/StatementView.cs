using System.Globalization;
using System.Text.Json;
using Incidents.Contracts.Organisation;
using Incidents.Kernel;
using Incidents.Scheduling.Classes;
using Incidents.Scheduling.Shifts;
using NodaTime;

namespace Incidents.Scheduling.Compensation;

/// <summary>
/// What one person gets for one period, as the API shows it and as an approved period keeps it. Nothing in it depends on when it was computed.
/// <paramref name="Totals"/>: one for each currency, never added together. <paramref name="Hours"/>: time on call by class, each moment once.
/// <paramref name="Unpaid"/>: time that has no price, with the reason. <paramref name="Open"/>: incidents still held; paid when they are over.
/// </summary>
internal sealed record StatementView(
    string Login,
    string Name,
    string Zone,
    string? Calendar,
    bool Removed,
    IReadOnlyList<Money> Totals,
    IReadOnlyDictionary<string, string> Hours,
    IReadOnlyList<PayLineView> Lines,
    IReadOnlyList<PayLineView> Unpaid,
    IReadOnlyList<OpenWork> Open)
{
    /// <summary>People by login, lines by time: the same content gives the same bytes.</summary>
    public string Canonical() => JsonSerializer.Serialize(this, Json.Options);

    public static StatementView Read(string canonical) => JsonSerializer.Deserialize<StatementView>(canonical, Json.Options)!;

    public static StatementView Of(Statement statement) => new(
        statement.Login,
        statement.Name,
        statement.Zone,
        statement.Calendar,
        statement.Removed,
        statement.Totals(),
        HoursOf(statement),
        [.. statement.Lines.Select(PayLineView.Of)],
        [.. statement.Unpaid.Select(PayLineView.Of)],
        statement.Open);

    private static SortedDictionary<string, string> HoursOf(Statement statement)
    {
        var byClass = statement.Lines.Concat(statement.Unpaid).Where(l => l.Kind == PayLineKind.Standby).ToLookup(l => l.Class!.Value, l => l.Time);
        var hours = Enum.GetValues<ShiftClass>().Where(byClass.Contains)
            .ToDictionary(Explain.Word, kind => WireTime.Hours(byClass[kind].Aggregate(Duration.Zero, (sum, t) => sum + t)), StringComparer.Ordinal);
        return new SortedDictionary<string, string>(hours, StringComparer.Ordinal);
    }
}

/// <summary>
/// A line that explains itself. <paramref name="Line"/> names it for good inside its statement. <paramref name="Time"/> is exact (<c>7h20m</c>),
/// <paramref name="Hours"/> the same in decimals, to six places. <paramref name="Amount"/> is null and <paramref name="Reason"/> given where time has no price.
/// Coefficients are decimal strings.
/// </summary>
internal sealed record PayLineView(
    string Line,
    PayLineKind Kind,
    string Rule,
    string Explanation,
    ShiftView? Shift,
    WorkView? Work,
    string? Pool,
    ShiftClass? Class,
    string Time,
    string Hours,
    IReadOnlyList<SpanView> Spans,
    RateView? Rate,
    CoefficientsView? Coefficients,
    Money? Amount,
    UnpaidReason? Reason,
    Adjusted? Adjusts)
{
    public static PayLineView Of(PayLine line) => new(
        line.Line,
        line.Kind,
        line.Rule,
        line.Explanation,
        line.Shift is { } s ? new ShiftView(s.Schedule, s.Position, s.From, s.To, new ReasonView(s.Why, s.Name)) : null,
        line.Work is { } w ? new WorkView(w.Incident, w.Service, w.From, w.To, WireTime.Exact(w.Counted - w.From), WireTime.Exact(w.Increment), WireTime.Exact(w.Minimum)) : null,
        line.Pool,
        line.Class,
        WireTime.Exact(line.Time),
        WireTime.Hours(line.Time),
        [.. line.Spans.Select(i => new SpanView(i.Start, i.End))],
        line.Rate is { } r ? new RateView(Explain.RateText(r.Rate, r.Currency), r.Currency, r.From) : null,
        line.Coefficients is { } c ? new CoefficientsView(c.Pool, c.From, Text(c.Standby), Text(c.Position), Text(c.Class), Text(c.Work)) : null,
        line.Amount,
        line.Unpaid,
        line.Adjusts);

    private static string? Text(decimal? number) => number is { } value ? Explain.Number(value) : null;
}

/// <summary>The part of the shift that lies in the period, <c>[from, to)</c>.</summary>
internal sealed record ShiftView(string Schedule, Position Position, Instant From, Instant To, ReasonView Why);

internal sealed record ReasonView(CauseKind Kind, string? Name);

/// <summary>Held in <c>[from, to)</c>; <paramref name="Counted"/>: after the increment and the minimum.</summary>
internal sealed record WorkView(long Incident, string Service, Instant From, Instant To, string Counted, string Increment, string Minimum);

internal sealed record SpanView(Instant From, Instant To);

/// <summary>An hour's rate, and the date from which it holds.</summary>
internal sealed record RateView(string Amount, string Currency, LocalDate From);

internal sealed record CoefficientsView(string Pool, LocalDate From, string? Standby, string? Position, string? Class, string? Work);

/// <summary>Lengths of time on the wire.</summary>
internal static class WireTime
{
    /// <summary><c>7h20m</c>, as in the configuration document; parts of a second are kept: <c>1.25s</c>.</summary>
    public static string Exact(Duration time)
    {
        var ticks = time.BclCompatibleTicks;
        var (hours, minutes) = (ticks / NodaConstants.TicksPerHour, ticks / NodaConstants.TicksPerMinute % 60);
        var seconds = (decimal)(ticks % NodaConstants.TicksPerMinute) / NodaConstants.TicksPerSecond;
        return ticks == 0 ? "0s" : string.Create(CultureInfo.InvariantCulture, $"{(hours > 0 ? $"{hours}h" : "")}{(minutes > 0 ? $"{minutes}m" : "")}{(seconds > 0 ? Explain.Number(seconds) + "s" : "")}");
    }

    public static string Hours(Duration time) => Explain.Number(Product.Of(time).Round(6));
}
