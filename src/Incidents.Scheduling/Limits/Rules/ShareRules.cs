using Incidents.Contracts.Organisation;
using NodaTime;

namespace Incidents.Scheduling.Limits.Rules;

/// <summary>
/// The share of a person's time (all of it, nights too) that is duty, per calendar quarter of their own zone: on call in any position of any schedule,
/// each instant counted once; for <c>operationsShare</c> together with the time in which they had incidents in hand. A breach is told once for each
/// pool of theirs that limits it.
/// </summary>
internal static class ShareRules
{
    public static IEnumerable<Finding> Find(LintScope scope)
    {
        var limited = scope.Organisation.Schedules.Values
            .Select(scope.PoolOf)
            .Any(p => scope.Minds(p?.Limits.OnCallShare?.Breach) || scope.Minds(p?.Limits.OperationsShare?.Breach));
        if (!limited)
            yield break;

        var work = scope.Facts.Work.ToLookup(w => w.Person, StringComparer.Ordinal);
        foreach (var person in scope.Roll.People)
        {
            var zone = scope.ZoneOf(person);
            for (var quarter = Quarter.Of(scope.Window.From.InZone(zone).Date); quarter.In(zone).From < scope.Window.To; quarter = new Quarter(quarter.Next))
            {
                foreach (var finding in Of(scope, person, quarter, quarter.In(zone), [.. work[person].Select(w => new Span(w.From, w.To))]))
                    yield return finding;
            }
        }
    }

    private static IEnumerable<Finding> Of(LintScope scope, string person, Quarter quarter, Span time, IReadOnlyList<Span> work)
    {
        var duties = scope.Roll.Of(person).Where(d => d.Span.Touches(time.From, time.To)).ToArray();
        var pools = duties
            .GroupBy(d => d.Schedule, StringComparer.Ordinal)
            .Select(g => (Schedule: g.Key, Pool: scope.PoolOf(g.Key), Time: Covered(g, time)))
            .Where(s => s.Pool is not null)
            .GroupBy(s => s.Pool!.Name, StringComparer.Ordinal)
            .Where(g => g.Any(s => scope.Wants(s.Schedule)))
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => (Pool: g.First().Pool!, g.OrderByDescending(s => s.Time).ThenBy(s => s.Schedule, StringComparer.Ordinal).First().Schedule))
            .ToArray();
        if (pools.Length == 0)
            yield break;

        var onCall = Covered(duties, time);
        var operations = work.Count == 0 ? onCall : Spans.Covered(duties.Select(d => d.Span).Concat(work).OrderBy(s => s.From), time.From, time.To);
        foreach (var (pool, schedule) in pools)
        {
            if (Breaks(scope, pool.Limits.OnCallShare, onCall, time, out var share))
                yield return Make(scope, RuleNames.OnCallShare, pool, pool.Limits.OnCallShare!, schedule, person, quarter, time, share, "on call");
            if (Breaks(scope, pool.Limits.OperationsShare, operations, time, out share))
                yield return Make(scope, RuleNames.OperationsShare, pool, pool.Limits.OperationsShare!, schedule, person, quarter, time, share, "on call or on incidents");
        }
    }

    private static Duration Covered(IEnumerable<Duty> sorted, Span time) => Spans.Covered(sorted.Select(d => d.Span), time.From, time.To);

    private static bool Breaks(LintScope scope, CountLimit? limit, Duration busy, Span time, out decimal share)
    {
        // Compared exactly, shown rounded.
        share = 100m * busy.BclCompatibleTicks / time.Length.BclCompatibleTicks;
        return limit is not null && scope.Minds(limit.Breach) && share > limit.Max;
    }

    private static Finding Make(LintScope scope, string rule, Pool pool, CountLimit limit, string schedule, string person, Quarter quarter, Span time, decimal share, string what)
    {
        var excess = (share - limit.Max) / 100m * (decimal)time.Length.TotalHours;
        var takers = scope.Candidates.Beyond(schedule, new HashSet<string>(StringComparer.Ordinal) { person });
        return new Finding(
            rule, limit.Breach, schedule, pool.Name, person, time.From, time.To, new Numbers(Math.Round(share, 2), limit.Max, "percent"),
            $"{person} is {what} for {Say.Number(Math.Round(share, 1))} % of {quarter.Name}; at most {Say.Number(limit.Max)} %.",
            $"Take {Say.Number(Math.Ceiling(excess))} h of duty from {person} until {Say.At(time.To)}" + (takers.Count > 0
                ? $": {Candidates.Or(takers)} could take shifts on {schedule}."
                : $": nobody else is qualified for {schedule}; qualify and add somebody."),
            $"pool:{pool.Name}/person:{person}")
        { Occurrence = quarter.Name };
    }
}
