using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Incidents.Kernel;

namespace Incidents.Scheduling.Compensation;

/// <summary>
/// All statements of a period, by login. <see cref="Hash"/> is the SHA-256 (hexadecimal) of the canonical form: lines of UTF-8 JSON that each end with
/// a line feed, first <c>{"formula":1,"period":"2026-12","from":"2026-12-01","to":"2027-01-01"}</c>, then every statement by login. The formula's
/// number goes up when the rules of the calculation change.
/// </summary>
internal sealed class PaySheet
{
    private const int Formula = 1;

    public PaySheet(PayPeriod period, IReadOnlyList<StatementView> statements, PeriodRow? row)
        : this(period, [.. statements.Select(s => (s, s.Canonical()))], row)
    {
    }

    private PaySheet(PayPeriod period, (StatementView Statement, string Canonical)[] contents, PeriodRow? row)
    {
        Period = period;
        Row = row;
        Contents = contents;
        Hash = row?.Hash ?? HashOf(period, contents.Select(c => c.Canonical));
    }

    public PayPeriod Period { get; }
    public PeriodRow? Row { get; }
    public string Hash { get; }
    public IReadOnlyList<(StatementView Statement, string Canonical)> Contents { get; }
    public IEnumerable<StatementView> Statements => Contents.Select(c => c.Statement);
    public PayStatus Status => Row?.Status ?? PayStatus.Draft;

    public static PaySheet Approved(PeriodRow row, IEnumerable<StatementRow> rows)
        => new(row.Period, [.. rows.OrderBy(r => r.Login, StringComparer.Ordinal).Select(r => (StatementView.Read(r.Content), r.Content))], row);

    public static string HashOf(PayPeriod period, IEnumerable<string> canonical)
    {
        var head = JsonSerializer.Serialize(new { formula = Formula, period = period.Name, from = period.From, to = period.To }, Json.Options);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(canonical.Prepend(head).Select(line => line + "\n")))));
    }
}
