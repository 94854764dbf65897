using System.Text.Json;
using Incidents.Contracts.Organisation;
using Incidents.Kernel;
using NodaTime;

namespace Incidents.Escalation.Policy;

/// <summary>A level with its timeout resolved. In a business-hours pool the timeout is business time.</summary>
internal sealed record PlanLevel(IReadOnlyList<Target> Page, Duration Timeout);

/// <summary>
/// The policy, and the pool's numbers, as they stood when the incident opened. Whom a target means is asked when its level starts.
/// <paramref name="Calendar"/> null: always; else timers run only in that calendar's business hours.
/// </summary>
internal sealed record EscalationPlan(
    IReadOnlyList<PlanLevel> Levels,
    int Repeat,
    PlanLevel LastResort,
    string? Calendar,
    Duration? AcknowledgeTtl)
{
    /// <summary>Never faster than this: a last resort without an end must not flood anybody.</summary>
    private static readonly Duration Shortest = Duration.FromSeconds(1);

    private static readonly Duration WithoutPool = Duration.FromMinutes(5);

    public string Serialize() => JsonSerializer.Serialize(this, Json.Options);

    public static EscalationPlan Parse(string snapshot) => JsonSerializer.Deserialize<EscalationPlan>(snapshot, Json.Options)
        ?? throw new InvalidOperationException("An incident without a policy snapshot.");

    /// <summary>
    /// The service's own policy comes before the pool's; with neither, its primary, secondary and lead are paged level by level.
    /// Without a last resort, the lead and the whole roster are it: an unacknowledged incident never falls silent.
    /// </summary>
    public static EscalationPlan For(OrganisationSnapshot organisation, Service? service, Pool? pool)
    {
        var name = service?.Policy ?? pool?.Policy;
        var policy = name is null ? null : organisation.Policies.GetValueOrDefault(name);
        var timeout = pool?.EffectiveLevelTimeout ?? WithoutPool;
        var levels = policy?.Levels ??
        [
            new Level([new Target(TargetKind.Schedule, null, Position.Primary)], null),
            new Level([new Target(TargetKind.Schedule, null, Position.Secondary)], null),
            new Level([new Target(TargetKind.Lead, null, null)], null),
        ];
        var last = policy?.LastResort ?? new LastResort([new Target(TargetKind.Roster, null, null), new Target(TargetKind.Lead, null, null)], null);
        var calendar = pool?.Coverage == Coverage.BusinessHours
            ? service?.Team is { } team ? organisation.Teams.GetValueOrDefault(team)?.Calendar : null
            : null;
        return new EscalationPlan(
            [.. levels.Select(l => new PlanLevel(l.Page, Duration.Max(l.Timeout ?? timeout, Shortest)))],
            policy?.Repeat ?? 0,
            new PlanLevel(last.Page, Duration.Max(last.Every ?? timeout, Shortest)),
            calendar,
            pool?.AcknowledgeTtl);
    }
}
