using Incidents.Contracts.Organisation;
using Incidents.Scheduling.Rotations;
using NodaTime;

namespace Incidents.Scheduling.Limits.Nightly;

/// <summary>Which night of a team is due: the latest local date whose 02:00 (in the zone of the team's calendar, else UTC) has passed.</summary>
internal static class NightOf
{
    private static readonly LocalTime Hour = new(2, 0);

    public static LocalDate Due(OrganisationSnapshot organisation, Team team, Instant now)
    {
        var clock = WallClock.Of(team.Calendar is { } calendar && organisation.Calendars.TryGetValue(calendar, out var found) ? found.Zone : "Etc/UTC");
        var today = clock.Local(now).Date;
        return clock.Resolve(today + Hour) <= now ? today : today.PlusDays(-1);
    }

    /// <summary>
    /// What is to be told: a breach that no run has seen. One that begins beyond what the last run looked at has only come into sight; it is new
    /// when nothing of its rule and subject was seen before.
    /// </summary>
    public static IReadOnlyList<Finding> New(IReadOnlyList<Finding> findings, IReadOnlyCollection<SeenFinding> seen, Instant? lookedUntil)
    {
        var fingerprints = seen.Select(s => s.Fingerprint).ToHashSet(StringComparer.Ordinal);
        var subjects = seen.Select(s => (s.Rule, s.Subject)).ToHashSet();
        return
        [
            .. findings.Where(f => f.Waived is null
                && !fingerprints.Contains(f.Fingerprint)
                && !(lookedUntil is { } until && f.From >= until && subjects.Contains((f.Rule, f.Subject)))),
        ];
    }
}
