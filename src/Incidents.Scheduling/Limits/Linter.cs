using Incidents.Contracts.Organisation;
using Incidents.Scheduling.Limits.Rules;
using Incidents.Scheduling.Shifts;

namespace Incidents.Scheduling.Limits;

/// <summary>
/// The staffing limits over a snapshot, a window and what has happened. Pure; used by the API, by the guard before anything is saved, by
/// previews and by the nightly job. Cost is linear in the shifts of the quarters that the window touches.
/// </summary>
internal static class Linter
{
    private static readonly Func<LintScope, IEnumerable<Finding>>[] Rules =
    [
        RosterRule.Find, EventsRule.Find, ShareRules.Find, RestRule.Find, ConsecutiveRule.Find, DoublePrimaryRule.Find,
        QualifiedRule.Find, UncoveredRule.Find, ReachRules.Find, AbsenceRule.Find,
    ];

    /// <summary>By schedule, rule and beginning: the same order every time.</summary>
    public static IReadOnlyList<Finding> Run(CompiledOrganisation compiled, LintQuestion question, LimitFacts facts)
    {
        var scope = new LintScope(compiled, question, facts);
        return
        [
            .. Rules.SelectMany(rule => rule(scope))
                .OrderBy(f => f.Schedule, StringComparer.Ordinal)
                .ThenBy(f => f.Rule, StringComparer.Ordinal)
                .ThenBy(f => f.From)
                .ThenBy(f => f.Subject, StringComparer.Ordinal)
                .ThenBy(f => f.Occurrence, StringComparer.Ordinal),
        ];
    }

    /// <summary>Whether any pool enforces anything that a plan can break.</summary>
    public static bool EnforcesAnything(OrganisationSnapshot organisation) => organisation.Pools.Values.Select(p => p.Limits).Any(l =>
        l.Roster?.Breach == Breach.Enforce || l.OnCallShare?.Breach == Breach.Enforce || l.OperationsShare?.Breach == Breach.Enforce
        || l.ConsecutiveShifts?.Breach == Breach.Enforce || l.DoublePrimary == Breach.Enforce || l.Qualified == Breach.Enforce);
}
