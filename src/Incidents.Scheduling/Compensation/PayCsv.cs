using System.Globalization;
using System.Text;
using Incidents.Contracts.Organisation;
using NodaTime.Text;

namespace Incidents.Scheduling.Compensation;

/// <summary>
/// Statements as CSV (RFC 4180: CRLF, quotes doubled, a header), one row a line, unpaid ones too. Columns are only ever added at the end.
/// A text that a spreadsheet would take for a formula gets an apostrophe before it; numbers are ours and stay numbers.
/// </summary>
internal static class PayCsv
{
    private static readonly (string Name, Func<PaySheet, StatementView, PayLineView, Cell> Value)[] Columns =
    [
        ("period", (sheet, _, _) => sheet.Period.Name),
        ("status", (sheet, _, _) => Word(sheet.Status)),
        ("login", (_, s, _) => s.Login),
        ("name", (_, s, _) => s.Name),
        ("kind", (_, _, l) => Word(l.Kind)),
        ("line", (_, _, l) => l.Line),
        ("amount", (_, _, l) => Cell.Number(l.Amount?.Text)),
        ("currency", (_, _, l) => l.Amount?.Currency),
        ("unpaid", (_, _, l) => l.Reason is { } reason ? Word(reason) : null),
        ("hours", (_, _, l) => Cell.Number(l.Hours)),
        ("time", (_, _, l) => l.Time),
        ("class", (_, _, l) => l.Class is { } kind ? Explain.Word(kind) : null),
        ("schedule", (_, _, l) => l.Shift?.Schedule),
        ("position", (_, _, l) => l.Shift is { } shift ? Explain.Word(shift.Position) : null),
        ("incident", (_, _, l) => Cell.Number(l.Work?.Incident.ToString(CultureInfo.InvariantCulture))),
        ("service", (_, _, l) => l.Work?.Service),
        ("from", (_, _, l) => (l.Shift?.From ?? l.Work?.From) is { } at ? InstantPattern.ExtendedIso.Format(at) : null),
        ("to", (_, _, l) => (l.Shift?.To ?? l.Work?.To) is { } at ? InstantPattern.ExtendedIso.Format(at) : null),
        ("pool", (_, _, l) => l.Pool),
        ("rate", (_, _, l) => Cell.Number(l.Rate?.Amount)),
        ("rate_from", (_, _, l) => l.Rate is { } rate ? LocalDatePattern.Iso.Format(rate.From) : null),
        ("coefficient_standby", (_, _, l) => Cell.Number(l.Coefficients?.Standby)),
        ("coefficient_position", (_, _, l) => Cell.Number(l.Coefficients?.Position)),
        ("coefficient_class", (_, _, l) => Cell.Number(l.Coefficients?.Class)),
        ("coefficient_work", (_, _, l) => Cell.Number(l.Coefficients?.Work)),
        ("coefficients_from", (_, _, l) => l.Coefficients is { } used ? LocalDatePattern.Iso.Format(used.From) : null),
        ("adjusts_period", (_, _, l) => l.Adjusts?.Period),
        ("adjusts_line", (_, _, l) => l.Adjusts?.Line),
        ("explanation", (_, _, l) => l.Explanation),
    ];

    /// <param name="whose">Of whom; null: of all.</param>
    public static string Write(PaySheet sheet, Func<string, bool>? whose)
    {
        var text = new StringBuilder().AppendJoin(',', Columns.Select(c => c.Name)).Append("\r\n");
        foreach (var statement in sheet.Statements.Where(s => whose is null || whose(s.Login)))
        {
            foreach (var line in statement.Lines.Concat(statement.Unpaid))
                text.AppendJoin(',', Columns.Select(c => c.Value(sheet, statement, line).Text)).Append("\r\n");
        }

        return text.ToString();
    }

    private static string Word<T>(T value) where T : struct, Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    /// <summary>A cell as it is written; a text becomes one by itself, guarded and quoted.</summary>
    private readonly record struct Cell(string Text)
    {
        public static implicit operator Cell(string? text) => new(Quoted(Guarded(text ?? "")));

        public static Cell Number(string? number) => new(number ?? "");

        private static string Guarded(string text) => text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' ? "'" + text : text;

        private static string Quoted(string text) => text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}
