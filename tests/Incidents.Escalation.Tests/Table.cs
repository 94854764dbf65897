using Incidents.Contracts.Organisation;
using Incidents.Escalation.Policy;
using Incidents.Escalation.Saga;
using Incidents.Persistence.Incidents;
using Incidents.Tests;

namespace Incidents.Escalation.Tests;

/// <summary>The machine's whole table: one typical state of each status × one event of each kind, decided and written as text.</summary>
internal static class Table
{
    public static readonly Instant Now = Sample.Evening;

    public static readonly EscalationPlan Plan = new(
        [new PlanLevel([Sample.One("ana")], Duration.FromSeconds(60)), new PlanLevel([Sample.One("bruno")], Duration.FromSeconds(120))],
        Repeat: 1,
        new PlanLevel([Sample.One("carla")], Duration.FromSeconds(300)),
        Calendar: null,
        AcknowledgeTtl: Duration.FromSeconds(600));

    private static readonly SagaState Paging = new()
    {
        Status = IncidentStatus.Triggered, Level = 0, Step = 3, Episode = 1, NextStepAt = Now, PagingStartsAt = Now, LastActivityAt = Now - Duration.FromMinutes(11), Reachable = ["ana"],
    };

    public static IReadOnlyList<SagaState> States { get; } =
    [
        new SagaState { Status = IncidentStatus.Triage, LastActivityAt = Now },
        Paging,
        Paging with { Status = IncidentStatus.Acknowledged, AcknowledgedBy = "ana", AcknowledgedAt = Paging.LastActivityAt, Reachable = [] },
        Paging with { Status = IncidentStatus.Snoozed, SnoozedUntil = Now, Reachable = [] },
        Paging with { Status = IncidentStatus.Resolved, ResolvedBy = "ana", ResolvedAt = Paging.LastActivityAt, NextStepAt = null, Reachable = [] },
    ];

    /// <summary>Steps are those of the given state: what is late has a case of its own.</summary>
    public static IReadOnlyList<SagaEvent> Events(SagaState state) =>
    [
        new SagaEvent.Opened(),
        new SagaEvent.StepDue(state.Step),
        new SagaEvent.PersonUnreachable(state.Step, "ana", "no contact"),
        new SagaEvent.Acknowledge("ana", "voice", null),
        new SagaEvent.Resolve("ana", "web", null),
        new SagaEvent.Escalate("ana", "web", null),
        new SagaEvent.Snooze("ana", "web", null, Now + Duration.FromHours(2)),
        new SagaEvent.NoteAdded("ana", "web", "A note."),
        new SagaEvent.SourceResolved("prometheus"),
        new SagaEvent.SourceStillFires("prometheus"),
    ];

    public static IEnumerable<(SagaState State, SagaEvent Event, Decision Decision)> Rows()
        => from state in States from happened in Events(state) select (state, happened, Decide(state, happened));

    public static Decision Decide(SagaState state, SagaEvent happened, Func<IReadOnlyList<Target>, IReadOnlyList<string>>? people = null, EscalationPlan? plan = null)
        => EscalationMachine.Decide(state, happened, new SagaContext
        {
            Now = Now,
            Plan = plan ?? Plan,
            People = people ?? (targets => [.. targets.Select(t => t.Name!)]),
            Everybody = () => ["everybody"],
            After = timeout => Now + timeout,
            NextBusiness = () => Now,
        });

    /// <summary><c>triggered, timer +120 s: levelStarted, page 2 bruno</c>; <c>nothing</c>; <c>refused: resolved</c>.</summary>
    public static string Outcome(SagaState before, Decision decision)
    {
        if (decision.Refused is { } error)
            return "refused: " + error.Code;
        if (!decision.Changed)
            return "nothing";
        var after = decision.State;
        var timer = after.Step == before.Step ? "timer as it was" : after.NextStepAt is { } at ? $"timer +{(at - Now).TotalSeconds:0} s" : "no timer";
        return $"{Name(after.Status)}, {timer}: {string.Join(", ", decision.Effects.Select(Text))}";
    }

    public static string Name(IncidentStatus status) => status.ToString().ToLowerInvariant();

    public static string Name(SagaEvent happened) => char.ToLowerInvariant(happened.GetType().Name[0]) + happened.GetType().Name[1..];

    private static string Text(SagaEffect effect) => effect switch
    {
        SagaEffect.Page page => $"page {page.Level} {string.Join(' ', page.People)}",
        SagaEffect.StopPaging stop => $"stop paging ({stop.Reason})",
        SagaEffect.Entry entry => entry.Kind,
        _ => effect.ToString(),
    };
}
