using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Scheduling.Limits.Waivers;
using Incidents.Scheduling.Shifts;
using NodaTime;

namespace Incidents.Scheduling.Limits;

/// <summary>
/// Refuses a change that breaks a limit which a pool enforces: every enforced breach in the 90 days from now on the schedules that the change touches,
/// unless it was there before and is no worse, or is waived. What was there before is measured by the limits as they stand after the change, so that
/// making a limit strict does not lock the schedules that break it already. Looks only at what is planned, never at what happened.
/// </summary>
internal sealed class LimitsGuard(WaiverStore waivers) : IOrganisationGuard
{
    public async ValueTask<IReadOnlyList<Fault>> Check(OrganisationSnapshot before, OrganisationSnapshot after, Instant now, CancellationToken cancellationToken)
    {
        var broken = Broken(before, after, now);
        if (broken.Count == 0)
            return [];
        var accepted = WaiverStore.Mark(broken, await waivers.InForce(cancellationToken), now);
        return
        [
            .. accepted.Where(f => f.Waived is null)
                .Select(f => new Fault($"schedules[{f.Schedule}]", $"{f.Message} Enforced by pool {f.Pool} ({f.Rule}). {f.Fix}")),
        ];
    }

    /// <summary>Enforced breaches that the change makes or makes worse.</summary>
    internal static IReadOnlyList<Finding> Broken(OrganisationSnapshot before, OrganisationSnapshot after, Instant now)
    {
        if (!Linter.EnforcesAnything(after))
            return [];
        var changed = ChangedSchedules.Between(before, after);
        if (changed.Count == 0)
            return [];

        var question = new LintQuestion(now, now + LimitsService.Ahead) { Schedules = changed, EnforcedOnly = true, Pools = after.Pools };
        var there = Linter.Run(new CompiledOrganisation(after), question, LimitFacts.None);
        if (there.Count == 0)
            return [];
        var known = Linter.Run(new CompiledOrganisation(before), question, LimitFacts.None).ToLookup(f => (f.Rule, f.Subject));
        return [.. there.Where(f => IsWorse(f, [.. known[(f.Rule, f.Subject)]], now))];
    }

    private static bool IsWorse(Finding finding, IReadOnlyList<Finding> known, Instant now)
    {
        if (known.Count == 0)
            return true;
        if (finding.ByInterval)
        {
            var more = Spans.Except([new Span(Instant.Max(finding.From, now), finding.To)], Spans.Union(known.Select(k => new Span(k.From, k.To))));
            return more.Count > 0 || finding.Numbers.Measured > known.Where(k => k.From < finding.To && finding.From < k.To).Max(k => k.Numbers.Measured);
        }

        var same = known.Where(k => k.Occurrence == finding.Occurrence).ToArray();
        return same.Length == 0 || Excess(finding) > same.Max(Excess);
    }

    /// <summary>How far beyond the limit, whichever way the limit points.</summary>
    private static decimal Excess(Finding finding) => Math.Abs(finding.Numbers.Measured - finding.Numbers.Limit);
}
