using Incidents.Contracts.Organisation;
using Incidents.Escalation.Policy;
using NodaTime;

namespace Incidents.Escalation.Saga;

/// <summary>What a decision may ask, all of it pure over one organisation snapshot and one instant.</summary>
internal sealed class SagaContext
{
    public required Instant Now { get; init; }
    public required EscalationPlan Plan { get; init; }

    /// <summary>Who these targets mean now.</summary>
    public required Func<IReadOnlyList<Target>, IReadOnlyList<string>> People { get; init; }

    /// <summary>Whom the last resort pages when its targets name nobody.</summary>
    public required Func<IReadOnlyList<string>> Everybody { get; init; }

    /// <summary>The instant at which so much of the plan's time (business time in a business-hours pool) has passed since now.</summary>
    public required Func<Duration, Instant> After { get; init; }

    /// <summary>Now, or the first instant of the next business time.</summary>
    public required Func<Instant> NextBusiness { get; init; }
}
