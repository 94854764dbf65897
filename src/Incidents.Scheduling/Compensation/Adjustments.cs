using System.Globalization;
using Incidents.Contracts.Organisation;
using NodaTime;

namespace Incidents.Scheduling.Compensation;

/// <summary>A period as it was approved.</summary>
internal sealed record ApprovedPeriod(PayPeriod Period, string Hash, IReadOnlyList<StatementView> Statements);

/// <summary>
/// What later facts change in approved periods: for each line the difference between what the calculation says now and what has been paid for it in all
/// approved statements. An approved statement itself never changes.
/// A line stands as it was paid where the facts to price it are no longer there: its rate or coefficients were taken out of the document, or the
/// incident was removed by retention. That nobody knows any more is not a correction.
/// </summary>
internal static class Adjustments
{
    private readonly record struct Key(string Period, string Login, string Line, string Currency);

    /// <param name="approved">The periods that are mended, with those that mended them since.</param>
    /// <param name="now">What the calculation says of a period now.</param>
    /// <param name="isKnown">Whether an incident's story is still there.</param>
    /// <returns>Lines by login, by period and line.</returns>
    public static ILookup<string, PayLine> Of(
        OrganisationSnapshot organisation, IReadOnlyList<ApprovedPeriod> approved, Func<ApprovedPeriod, IReadOnlyList<Statement>> now, Func<long, bool> isKnown)
    {
        var paid = Paid(organisation, approved);
        var found = new List<(string Login, PayLine Line)>();
        foreach (var period in approved)
        {
            var statements = now(period);
            var lines = statements.SelectMany(s => s.Lines.Select(l => (Key: new Key(period.Period.Name, s.Login, l.Line, l.Amount!.Value.Currency), Line: l))).ToDictionary(l => l.Key, l => l.Line);
            var unpriced = statements.SelectMany(s => s.Unpaid.Select(l => (s.Login, l.Line))).ToHashSet();
            var keys = lines.Keys.Union(paid.Keys.Where(k => k.Period == period.Period.Name))
                .OrderBy(k => k.Login, StringComparer.Ordinal).ThenBy(k => k.Line, StringComparer.Ordinal).ThenBy(k => k.Currency, StringComparer.Ordinal);
            foreach (var key in keys)
            {
                var line = lines.GetValueOrDefault(key);
                if (line is null && (unpriced.Contains((key.Login, key.Line)) || (IncidentOf(key.Line) is { } incident && !isKnown(incident))))
                    continue;
                var (was, amount) = (paid.GetValueOrDefault(key), line?.Amount!.Value.Amount ?? 0m);
                if (was != amount)
                    found.Add((key.Login, Line(key, line, new Money(was, key.Currency), new Money(amount, key.Currency))));
            }
        }

        return found.ToLookup(f => f.Login, f => f.Line, StringComparer.Ordinal);
    }

    /// <summary>The person as a statement of an approved period knew them: the zone and the calendar that classed their time then.</summary>
    public static Func<Person, Person> AsPaid(OrganisationSnapshot organisation, ApprovedPeriod period)
    {
        var known = new Dictionary<string, StatementView>(StringComparer.Ordinal);
        foreach (var statement in period.Statements)
            known.TryAdd(LoginOf(organisation, statement.Login), statement);
        return person => known.TryGetValue(person.Login, out var then) ? person with { Zone = then.Zone, Calendar = then.Calendar } : person;
    }

    private static Dictionary<Key, decimal> Paid(OrganisationSnapshot organisation, IReadOnlyList<ApprovedPeriod> approved)
    {
        var paid = new Dictionary<Key, decimal>();
        foreach (var (period, statement) in approved.SelectMany(a => a.Statements.Select(s => (a.Period, s))))
        {
            foreach (var line in statement.Lines)
            {
                var (of, name) = line.Adjusts is { } mended ? (mended.Period, mended.Line) : (period.Name, line.Line);
                var key = new Key(of, LoginOf(organisation, statement.Login), Renamed(organisation, name), line.Amount!.Value.Currency);
                paid[key] = paid.GetValueOrDefault(key) + line.Amount.Value.Amount;
            }
        }

        return paid;
    }

    private static PayLine Line(Key key, PayLine? line, Money was, Money now) => new(
        $"adjustment/{key.Period}/{key.Line}/{key.Currency}",
        PayLineKind.Adjustment,
        line?.Shift,
        line?.Work,
        line?.Pool,
        line?.Class,
        line?.Time ?? Duration.Zero,
        line?.Spans ?? [],
        line?.Rate,
        line?.Coefficients,
        new Money(now.Amount - was.Amount, key.Currency),
        null,
        new Adjusted(key.Period, key.Line, was, now),
        Explain.Adjustment,
        Explain.OfAdjustment(key.Period, key.Line, was, now, line?.Explanation));

    /// <summary>The name of a line as the calculation gives it now: a schedule may have been renamed since.</summary>
    private static string Renamed(OrganisationSnapshot organisation, string line)
    {
        foreach (var position in new[] { "/primary/", "/secondary/" })
        {
            if (line.IndexOf(position, StringComparison.Ordinal) is var end and > 0 && organisation.FormerSchedules.TryGetValue(line[..end], out var now))
                return now + line[end..];
        }

        return line;
    }

    private static string LoginOf(OrganisationSnapshot organisation, string login) => People.Known(organisation, login)?.Login ?? login;

    private static long? IncidentOf(string line)
        => line.Split('/') is ["incident", var number, ..] && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var incident) ? incident : null;
}
