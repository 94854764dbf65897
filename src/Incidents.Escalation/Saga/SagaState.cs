using Incidents.Kernel;
using Incidents.Persistence.Incidents;
using NodaTime;

namespace Incidents.Escalation.Saga;

/// <summary>What the saga knows of an incident; immutable. The meaning of each field is that of <see cref="Incident"/>.</summary>
internal sealed record SagaState
{
    public required IncidentStatus Status { get; init; }
    public int Level { get; init; } = -1;
    public int Pass { get; init; }
    public int Step { get; init; }
    public int Episode { get; init; }
    public Instant? NextStepAt { get; init; }
    public Instant PagingStartsAt { get; init; }
    public Instant? AcknowledgedAt { get; init; }
    public string? AcknowledgedBy { get; init; }
    public Instant? ResolvedAt { get; init; }
    public string? ResolvedBy { get; init; }
    public Instant? SnoozedUntil { get; init; }
    public Instant LastActivityAt { get; init; }

    /// <summary>People of the present level who can still be reached.</summary>
    public IReadOnlyList<string> Reachable { get; init; } = [];
}

/// <summary>Everything that can happen to an incident. <paramref name="Via"/> as in the timeline.</summary>
internal abstract record SagaEvent
{
    public sealed record Opened : SagaEvent;
    public sealed record StepDue(int Step) : SagaEvent;
    public sealed record PersonUnreachable(int Step, string Person, string Reason) : SagaEvent;
    public sealed record Acknowledge(string Actor, string Via, string? Note) : SagaEvent;
    public sealed record Resolve(string Actor, string Via, string? Note) : SagaEvent;
    public sealed record Escalate(string Actor, string Via, string? Note) : SagaEvent;
    public sealed record Snooze(string Actor, string Via, string? Note, Instant? Until) : SagaEvent;
    public sealed record NoteAdded(string Actor, string Via, string Text) : SagaEvent;
    public sealed record SourceResolved(string Integration) : SagaEvent;
    public sealed record SourceStillFires(string Integration) : SagaEvent;
}

/// <summary>What is to be done about it, besides the new state.</summary>
internal abstract record SagaEffect
{
    /// <summary>Page these people now, for the state's step.</summary>
    public sealed record Page(int Level, IReadOnlyList<string> People) : SagaEffect;

    /// <summary>The pages of the episode are over.</summary>
    public sealed record StopPaging(int Episode, string Reason, string? By) : SagaEffect;

    public sealed record Entry(string Kind, string? Actor, string Via, string Text, int? Level = null, string? Person = null) : SagaEffect;
}

/// <summary>
/// The answer of the machine. The timer is the state's <see cref="SagaState.NextStepAt"/>: the driver makes the timer row follow it.
/// <paramref name="Changed"/> false: nothing happened (late timer, repeated action).
/// </summary>
internal sealed record Decision(SagaState State, IReadOnlyList<SagaEffect> Effects, bool Changed, Error? Refused = null)
{
    public static Decision Nothing(SagaState state) => new(state, [], Changed: false);
    public static Decision Refuse(SagaState state, Error error) => new(state, [], Changed: false, error);
}
