using Incidents.Contracts.Organisation;

namespace Incidents.Scheduling.Limits.Rules;

/// <summary>A schedule of a 24×7 pool has a primary at every instant.</summary>
internal static class UncoveredRule
{
    public static IEnumerable<Finding> Find(LintScope scope)
    {
        if (!scope.MindsWarnings)
            yield break;
        foreach (var gap in scope.Roll.Gaps)
        {
            if (!scope.Wants(gap.Schedule) || scope.PoolOf(gap.Schedule) is not { Coverage: Coverage.Always } pool || !new Span(gap.From, gap.To).Touches(scope.Window.From, scope.Window.To))
                continue;
            var to = scope.Ends(gap.To);
            yield return new Finding(
                RuleNames.Uncovered, Breach.Warn, gap.Schedule, pool.Name, null, gap.From, to, new Numbers(Say.Hours(to - gap.From), 0, "hours"),
                $"Nobody is primary on {gap.Schedule} from {Say.At(gap.From)} to {Say.At(to)}.",
                $"Add somebody by an override or fill the slot: {scope.Candidates.Say(gap.Schedule, gap.From, to)}.",
                $"schedule:{gap.Schedule}")
            { Occurrence = scope.Begins(gap.From), ByInterval = true };
        }
    }
}
