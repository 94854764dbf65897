using Incidents.Contracts.Organisation;

namespace Incidents.Scheduling.Limits.Rules;

/// <summary>Nobody is on duty while away. One breach for each schedule and stretch of an absence that has duty in it.</summary>
internal static class AbsenceRule
{
    public static IEnumerable<Finding> Find(LintScope scope)
    {
        if (!scope.MindsWarnings)
            yield break;
        foreach (var (person, absences) in scope.Organisation.Absences.OrderBy(a => a.Key, StringComparer.Ordinal))
        {
            var away = Spans.Union(absences.Select(a => new Span(a.From, a.To)).Where(a => a.Touches(scope.Window.From, scope.Window.To)));
            if (away.Count == 0)
                continue;
            foreach (var duties in scope.Roll.Of(person).GroupBy(d => d.Schedule, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
            {
                if (!scope.Wants(duties.Key) || scope.PoolOf(duties.Key) is not { } pool)
                    continue;
                var onDuty = Spans.Union(duties.Select(d => d.Span));
                foreach (var time in away.SelectMany(a => onDuty.Where(d => d.Touches(a.From, a.To)).Select(d => d.Cut(a.From, a.To))))
                {
                    if (!time.Touches(scope.Window.From, scope.Window.To))
                        continue;
                    yield return new Finding(
                        RuleNames.Absence, Breach.Warn, duties.Key, pool.Name, person, time.From, time.To, new Numbers(Rules.Say.Hours(time.Length), 0, "hours"),
                        $"{person} is on call on {duties.Key} while away, {Say.At(time.From)} to {Say.At(time.To)}.",
                        $"Replace {person} by an override or offer the shift: {scope.Candidates.Say(duties.Key, time.From, time.To, person)}.",
                        $"schedule:{duties.Key}/person:{person}")
                    { Occurrence = scope.Begins(time.From), ByInterval = true };
                }
            }
        }
    }
}
