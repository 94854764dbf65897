using Incidents.Contracts.Organisation;

namespace Incidents.Scheduling.Limits.Rules;

/// <summary>Nobody is primary on two 24×7 schedules at once. One breach for each stretch of each pair of schedules; the stricter of the two pools decides.</summary>
internal static class DoublePrimaryRule
{
    public static IEnumerable<Finding> Find(LintScope scope)
    {
        foreach (var person in scope.Roll.People)
        {
            var primaries = scope.Roll.Of(person)
                .Where(d => d.Position == Position.Primary && scope.PoolOf(d.Schedule) is { Coverage: Coverage.Always })
                .GroupBy(d => d.Schedule, StringComparer.Ordinal)
                .OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => (Schedule: g.Key, Times: Spans.Union(g.Select(d => d.Span))))
                .ToArray();
            for (var i = 0; i < primaries.Length; i++)
            {
                for (var j = i + 1; j < primaries.Length; j++)
                {
                    foreach (var finding in Pair(scope, person, primaries[i], primaries[j]))
                        yield return finding;
                }
            }
        }
    }

    private static IEnumerable<Finding> Pair(LintScope scope, string person, (string Schedule, List<Span> Times) one, (string Schedule, List<Span> Times) other)
    {
        var severity = Strictest(scope.PoolOf(one.Schedule)?.Limits.DoublePrimary, scope.PoolOf(other.Schedule)?.Limits.DoublePrimary);
        if (!scope.Minds(severity) || !(scope.Wants(one.Schedule) || scope.Wants(other.Schedule)))
            yield break;
        var next = 0;
        foreach (var time in one.Times)
        {
            while (next < other.Times.Count && other.Times[next].To <= time.From)
                next++;
            for (var k = next; k < other.Times.Count && other.Times[k].From < time.To; k++)
            {
                var both = time.Cut(other.Times[k].From, other.Times[k].To);
                if (!both.Touches(scope.Window.From, scope.Window.To))
                    continue;
                var to = scope.Ends(both.To);
                yield return new Finding(
                    RuleNames.DoublePrimary, severity!.Value, one.Schedule, scope.PoolOf(one.Schedule)!.Name, person, both.From, to, new Numbers(2, 1, "schedules"),
                    $"{person} is primary on {one.Schedule} and {other.Schedule} at once, {Say.At(both.From)} to {Say.At(to)}.",
                    $"Replace {person} on one of them: on {one.Schedule} {scope.Candidates.Say(one.Schedule, both.From, to, person)}; on {other.Schedule} {scope.Candidates.Say(other.Schedule, both.From, to, person)}.",
                    $"person:{person}/schedules:{one.Schedule}+{other.Schedule}")
                { Occurrence = scope.Begins(both.From), ByInterval = true };
            }
        }
    }

    private static Breach? Strictest(Breach? one, Breach? other) => one is null ? other : other is null ? one : (Breach)Math.Max((int)one, (int)other);
}
