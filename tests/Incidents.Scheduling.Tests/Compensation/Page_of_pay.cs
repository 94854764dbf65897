using System.Globalization;
using Incidents.Scheduling.Compensation;
using Incidents.TestKit;
using NodaTime.Text;

namespace Incidents.Scheduling.Tests.Compensation;

/// <summary>The worked example of docs/pay.md: its figures are read out of the page, so page and code cannot drift apart.</summary>
public class Page_of_pay
{
    private static readonly string Page = File.ReadAllText(RepositoryFolder.PathTo("docs", "pay.md"));
    private static readonly DateTimeZone Tallinn = DateTimeZoneProviders.Tzdb["Europe/Tallinn"];

    private static PayScene December() => new PayScene()
        .Calendar("estonia", "Europe/Tallinn", Given.Weekdays, "2026-12-24", "2026-12-25", "2026-12-26")
        .Pool("A", PayScene.Pay(from: "2026-01-01"))
        .Pool("B", PayScene.Pay(standby: 1m, work: 1.5m, minimum: 15, from: "2026-01-01"))
        .Person("juri", "Europe/Tallinn", "estonia", "28.35 EUR 2026-01-01")
        .Person("maarja", "Europe/Tallinn", "estonia", "30.00 EUR 2026-01-01")
        .Schedule("payments", "A", Given.Layer("weekly", "2026-11-30T09:00", "1w", "maarja, juri", zone: "Europe/Tallinn"))
        .Schedule("kitchen", "B")
        .Override(new Override(
            Guid.NewGuid(), "payments", Given.At("2026-12-24T18:00+02"), Given.At("2026-12-25T18:00+02"), Position.Primary, OverrideKind.Replace, "juri", "maarja", null, "juri", Instant.MinValue, Guid.NewGuid()))
        .Duty("kitchen", "maarja", "2026-12-20T09:00+02", "2026-12-21T21:00+02")
        .Work("maarja", "2026-12-15T01:10+02", "2026-12-15T01:52+02");

    [Fact]
    public void says_to_the_cent_what_the_code_computes()
    {
        var statements = December().Statements("2026-12");

        var rows = statements
            .SelectMany(s => s.Lines.Select(l => Row(s, l)).Append($"| {s.Login} | **December 2026** | | | | {Assert.Single(s.Totals())} |"))
            .Append($"| all | **December 2026** | | | | {Assert.Single(Money.Sums(statements.SelectMany(s => s.Totals())))} |");

        Assert.Equal(Page.Split('\n').Where(l => l.StartsWith('|') && l.EndsWith(" EUR |", StringComparison.Ordinal)), rows);
        Assert.All(statements, s => Assert.Empty(s.Unpaid));
    }

    [Fact]
    public void quotes_lines_as_they_are()
    {
        var lines = December().Statements("2026-12").SelectMany(s => s.Lines).ToArray();

        var quotes = Page.Split('\n').Where(l => l.StartsWith("> ", StringComparison.Ordinal)).Select(l => l[2..]).ToArray();

        Assert.Equal(2, quotes.Length);
        Assert.All(quotes, quote => Assert.Contains(lines, l => l.Explanation == quote));
    }

    private static string Row(Statement statement, PayLine line)
    {
        var (what, from, to, kind) = line.Shift is { } shift
            ? (shift.Schedule, shift.From, shift.To, Explain.Words(line.Class!.Value))
            : ($"incident {line.Work!.Incident}", line.Work.From, line.Work.To, "work");
        decimal[] factors = [.. new[] { line.Rate!.Rate, line.Coefficients!.Standby, line.Coefficients.Position, line.Coefficients.Class, line.Coefficients.Work }.OfType<decimal>()];
        var product = string.Join(" × ", factors.Prepend(decimal.Parse(WireTime.Hours(line.Time), CultureInfo.InvariantCulture)).Select(Explain.Number));
        return $"| {statement.Login} | {what}, {Local(from)} – {Local(to)} | {kind} | {Explain.Time(line.Time)} | {product} = {Product.Of(line.Time, factors).Text()} | {line.Amount} |";
    }

    private static string Local(Instant at) => LocalDateTimePattern.CreateWithInvariantCulture("d MMM HH:mm").Format(at.InZone(Tallinn).LocalDateTime);
}
