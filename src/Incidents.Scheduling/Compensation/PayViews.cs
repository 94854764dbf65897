using Incidents.Contracts.Organisation;
using Incidents.Scheduling.Classes;
using NodaTime;

namespace Incidents.Scheduling.Compensation;

/// <summary>A pay period in the list. <paramref name="To"/> is exclusive. <paramref name="Hash"/>: null while it is a draft, whose hash its own page tells.</summary>
internal sealed record PeriodItem(
    string Period,
    LocalDate From,
    LocalDate To,
    PayStatus Status,
    string? Hash,
    Instant? ApprovedAt,
    string? ApprovedBy,
    Instant? ExportedAt,
    string? ExportedBy)
{
    public static PeriodItem Of(PayPeriod period, PeriodRow? row) => new(
        period.Name, period.From, period.To, row?.Status ?? PayStatus.Draft, row?.Hash, row?.ApprovedAt, row?.ApprovedBy, row?.ExportedAt, row?.ExportedBy);
}

internal sealed record PeriodList(IReadOnlyList<PeriodItem> Items, string? NextCursor);

/// <summary>
/// A pay period: who gets what. <paramref name="Totals"/>: one for each currency. <paramref name="Adjusted"/>: the share of them that corrects earlier periods.
/// <paramref name="Unpaid"/>: people with time that has no price. <paramref name="Open"/>: incidents that somebody still holds.
/// </summary>
internal sealed record PeriodView(
    string Period,
    LocalDate From,
    LocalDate To,
    PayStatus Status,
    string Hash,
    IReadOnlyList<Money> Totals,
    IReadOnlyList<Money> Adjusted,
    IReadOnlyList<PersonPay> People,
    IReadOnlyList<UnpaidPerson> Unpaid,
    int Open,
    Instant? ApprovedAt,
    string? ApprovedBy,
    Instant? ExportedAt,
    string? ExportedBy)
{
    /// <param name="whose">Only of these people; null: of all.</param>
    public static PeriodView Of(PaySheet sheet, Func<string, bool>? whose = null)
    {
        var statements = sheet.Statements.Where(s => whose is null || whose(s.Login)).ToArray();
        return new PeriodView(
            sheet.Period.Name,
            sheet.Period.From,
            sheet.Period.To,
            sheet.Status,
            sheet.Hash,
            Money.Sums(statements.SelectMany(s => s.Totals)),
            Money.Sums(statements.SelectMany(s => s.Lines).Where(l => l.Kind == PayLineKind.Adjustment).Select(l => l.Amount!.Value)),
            [.. statements.Select(s => new PersonPay(s.Login, s.Name, s.Removed, s.Totals, s.Hours))],
            [.. statements.Where(s => s.Unpaid.Count > 0).Select(UnpaidPerson.Of)],
            statements.Sum(s => s.Open.Count),
            sheet.Row?.ApprovedAt,
            sheet.Row?.ApprovedBy,
            sheet.Row?.ExportedAt,
            sheet.Row?.ExportedBy);
    }
}

/// <summary><paramref name="Hours"/>: time on call by class. <paramref name="Removed"/>: is no longer in the organisation.</summary>
internal sealed record PersonPay(string Login, string Name, bool Removed, IReadOnlyList<Money> Totals, IReadOnlyDictionary<string, string> Hours);

/// <summary>Somebody with time that has no price: how many hours, and why.</summary>
internal sealed record UnpaidPerson(string Login, string Name, string Hours, IReadOnlyList<UnpaidReason> Reasons)
{
    public static UnpaidPerson Of(StatementView statement) => new(
        statement.Login,
        statement.Name,
        WireTime.Hours(statement.Unpaid.SelectMany(l => l.Spans).Aggregate(Duration.Zero, (sum, s) => sum + (s.To - s.From))),
        [.. statement.Unpaid.Select(l => l.Reason!.Value).Distinct().Order()]);
}

/// <summary>One person's statement of a period.</summary>
internal sealed record StatementAnswer(string Period, LocalDate From, LocalDate To, PayStatus Status, string Hash, StatementView Statement)
{
    public static StatementAnswer Of(PaySheet sheet, StatementView statement)
        => new(sheet.Period.Name, sheet.Period.From, sheet.Period.To, sheet.Status, sheet.Hash, statement);
}

/// <summary>The range of a period: <paramref name="From"/> inclusive, <paramref name="To"/> exclusive.</summary>
internal sealed record RangeBody(LocalDate? From, LocalDate? To);
