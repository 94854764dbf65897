using Incidents.Kernel;
using Incidents.Persistence.Incidents;
using NodaTime;
using E = Incidents.Escalation.Saga.SagaEvent;
using K = Incidents.Persistence.Incidents.TimelineKinds;

namespace Incidents.Escalation.Saga;

/// <summary>
/// The escalation saga as a pure function: <c>Decide(state, event, context) → decision</c>. Every (status, event) pair is decided here,
/// in the order events → statuses; a test enumerates the table and the diagram in docs is drawn from it.
/// </summary>
internal static class EscalationMachine
{
    public static readonly Duration DefaultSnooze = Duration.FromHours(1);

    public static Decision Decide(SagaState state, SagaEvent happened, SagaContext context) => happened switch
    {
        E.Opened => Opened(state, context),
        E.StepDue e => StepDue(state, e, context),
        E.PersonUnreachable e => PersonUnreachable(state, e, context),
        E.Acknowledge e => Acknowledge(state, e, context),
        E.Resolve e => Resolve(state, e.Actor, e.Via, e.Note, context),
        E.Escalate e => Escalate(state, e, context),
        E.Snooze e => Snooze(state, e, context),
        E.NoteAdded e => new Decision(state with { LastActivityAt = context.Now }, [new SagaEffect.Entry(K.Note, e.Actor, e.Via, e.Text)], Changed: true),
        E.SourceResolved e => SourceResolved(state, e, context),
        E.SourceStillFires e => SourceStillFires(state, e, context),
        _ => throw new InvalidOperationException($"Event {happened.GetType().Name} is not decided."),
    };

    private static Decision Opened(SagaState state, SagaContext context)
    {
        // An acknowledgement or a resolution that overtook the start stands.
        if (state.Status is not (IncidentStatus.Triggered or IncidentStatus.Triage) || state.Level >= 0 || state.NextStepAt is not null)
            return Decision.Nothing(state);
        var starts = context.Plan.Calendar is null ? context.Now : context.NextBusiness();
        var triggered = state with { Status = IncidentStatus.Triggered, PagingStartsAt = starts, Episode = state.Episode + 1, Step = state.Step + 1 };
        if (starts > context.Now)
            return new Decision(triggered with { NextStepAt = starts }, [new SagaEffect.Entry(K.Triaged, "system", "system", "Outside business hours: paging starts with the next business hours.")], Changed: true);
        return Advance(triggered, context, []);
    }

    private static Decision StepDue(SagaState state, E.StepDue e, SagaContext context)
    {
        if (e.Step != state.Step || state.NextStepAt is null)
            return Decision.Nothing(state);
        switch (state.Status)
        {
            case IncidentStatus.Triggered:
                return Advance(state, context, []);
            case IncidentStatus.Acknowledged when context.Plan.AcknowledgeTtl is { } ttl && state.LastActivityAt + ttl > context.Now:
                return new Decision(Timer(state, state.LastActivityAt + ttl), [], Changed: true);
            case IncidentStatus.Acknowledged:
                return StartAgain(state, context, [new SagaEffect.Entry(K.Unacknowledged, "system", "system", $"No activity since {state.AcknowledgedBy} acknowledged: paging starts again.")]);
            case IncidentStatus.Snoozed:
                return StartAgain(state, context, [new SagaEffect.Entry(K.Unacknowledged, "system", "system", "The snooze is over: paging starts again.")]);
            default:
                return Decision.Nothing(state);
        }
    }

    private static Decision PersonUnreachable(SagaState state, E.PersonUnreachable e, SagaContext context)
    {
        if (state.Status != IncidentStatus.Triggered || e.Step != state.Step || !state.Reachable.Contains(e.Person))
            return Decision.Nothing(state);
        var left = state with { Reachable = [.. state.Reachable.Where(p => p != e.Person)] };
        List<SagaEffect> effects = [new SagaEffect.Entry(K.PageFailed, "system", "system", $"{e.Person} cannot be reached: {e.Reason}.", state.Level + 1, e.Person)];
        // The last resort keeps its pace: skipping it at once would spin.
        return left.Reachable.Count > 0 || state.Level >= context.Plan.Levels.Count
            ? new Decision(left, effects, Changed: true)
            : Advance(left, context, effects);
    }

    private static Decision Acknowledge(SagaState state, E.Acknowledge e, SagaContext context)
    {
        switch (state.Status)
        {
            case IncidentStatus.Resolved:
                return Decision.Refuse(state, IsResolved(state));
            case IncidentStatus.Acknowledged:
                return Decision.Nothing(state);
            default:
                var next = state with { Status = IncidentStatus.Acknowledged, AcknowledgedAt = context.Now, AcknowledgedBy = e.Actor, SnoozedUntil = null, LastActivityAt = context.Now };
                return new Decision(
                    Timer(next, context.Plan.AcknowledgeTtl is { } ttl ? context.Now + ttl : null),
                    [.. Entry(K.Acknowledged, e.Actor, e.Via, $"{e.Actor} acknowledged.", e.Note), new SagaEffect.StopPaging(state.Episode, "acknowledged", e.Actor)],
                    Changed: true);
        }
    }

    private static Decision Resolve(SagaState state, string actor, string via, string? note, SagaContext context)
    {
        if (state.Status == IncidentStatus.Resolved)
            return Decision.Nothing(state);
        var next = state with { Status = IncidentStatus.Resolved, ResolvedAt = context.Now, ResolvedBy = actor, SnoozedUntil = null, LastActivityAt = context.Now };
        return new Decision(
            Timer(next, null),
            [.. Entry(K.Resolved, actor, via, via == "source" ? $"{actor} says that it is over." : $"{actor} resolved.", note), new SagaEffect.StopPaging(state.Episode, "resolved", actor)],
            Changed: true);
    }

    private static Decision Escalate(SagaState state, E.Escalate e, SagaContext context)
    {
        if (state.Status == IncidentStatus.Resolved)
            return Decision.Refuse(state, IsResolved(state));
        var effects = Entry(K.Escalated, e.Actor, e.Via, state.Status == IncidentStatus.Acknowledged ? $"{e.Actor} passes it on to the next level." : $"{e.Actor} calls the next level.", e.Note);
        if (state.Status == IncidentStatus.Triggered)
            return Advance(state with { LastActivityAt = context.Now }, context, effects);
        // Passing on what somebody had: paging goes on behind the level that had it.
        return Advance(Triggered(state, context), context, effects);
    }

    private static Decision Snooze(SagaState state, E.Snooze e, SagaContext context)
    {
        if (state.Status == IncidentStatus.Resolved)
            return Decision.Refuse(state, IsResolved(state));
        var until = Instants.Truncate(e.Until ?? context.Now + DefaultSnooze);
        if (until <= context.Now)
            return Decision.Refuse(state, Error.Invalid("until", "The end of a snooze must lie in the future."));
        if (state.Status == IncidentStatus.Snoozed && state.SnoozedUntil == until)
            return Decision.Nothing(state);
        var next = state with { Status = IncidentStatus.Snoozed, SnoozedUntil = until, LastActivityAt = context.Now };
        return new Decision(
            Timer(next, until),
            [.. Entry(K.Snoozed, e.Actor, e.Via, $"{e.Actor} snoozed until {until}.", e.Note), new SagaEffect.StopPaging(state.Episode, "snoozed", e.Actor)],
            Changed: true);
    }

    private static Decision SourceResolved(SagaState state, E.SourceResolved e, SagaContext context)
        => Resolve(state, e.Integration, "source", note: null, context);

    private static Decision SourceStillFires(SagaState state, E.SourceStillFires e, SagaContext context)
    {
        if (state.Status != IncidentStatus.Resolved)
            return Decision.Nothing(state);
        return StartAgain(state with { ResolvedAt = null, ResolvedBy = null }, context, [new SagaEffect.Entry(K.Reopened, e.Integration, "source", $"{e.Integration} goes on firing though {state.ResolvedBy} resolved it.")]);
    }

    /// <summary>From the first level on, as a new episode; in a business-hours pool when business hours have come.</summary>
    private static Decision StartAgain(SagaState state, SagaContext context, IReadOnlyList<SagaEffect> effects)
    {
        var again = Triggered(state, context) with { Level = -1, Pass = 0 };
        var starts = context.Plan.Calendar is null ? context.Now : context.NextBusiness();
        if (starts > context.Now)
            return new Decision(Timer(again, starts) with { PagingStartsAt = starts }, effects, Changed: true);
        return Advance(again, context, effects);
    }

    private static SagaState Triggered(SagaState state, SagaContext context) => state with
    {
        Status = IncidentStatus.Triggered,
        AcknowledgedAt = null,
        AcknowledgedBy = null,
        SnoozedUntil = null,
        Episode = state.Episode + 1,
        LastActivityAt = context.Now,
    };

    /// <summary>Starts the next level that means somebody; levels that mean nobody are passed over at once; after the last pass, or a pass without anybody, the last resort.</summary>
    private static Decision Advance(SagaState state, SagaContext context, IReadOnlyList<SagaEffect> before)
    {
        var plan = context.Plan;
        List<SagaEffect> effects = [.. before];
        var (level, pass) = (state.Level, state.Pass);
        var skipped = 0;
        while (true)
        {
            if (level < plan.Levels.Count)
                level++;
            if (level == plan.Levels.Count && pass < plan.Repeat && skipped < plan.Levels.Count)
            {
                pass++;
                level = 0;
            }
            var last = level >= plan.Levels.Count;
            var target = last ? plan.LastResort : plan.Levels[level];
            var people = context.People(target.Page);
            if (people.Count == 0 && last)
                people = context.Everybody();
            if (people.Count == 0 && !last)
            {
                skipped++;
                effects.Add(new SagaEffect.Entry(K.LevelSkipped, "system", "system", $"Level {level + 1} means nobody right now: the next one starts at once.", level + 1));
                continue;
            }
            var next = Timer(state, context.After(target.Timeout)) with { Level = level, Pass = pass, Reachable = people, PagingStartsAt = Instant.Min(state.PagingStartsAt, context.Now) };
            var name = last ? "Last resort" : pass == 0 ? $"Level {level + 1}" : $"Level {level + 1}, pass {pass + 1}";
            effects.Add(new SagaEffect.Entry(K.LevelStarted, "system", "system", people.Count == 0 ? $"{name}: there is nobody to page." : $"{name}: paging {string.Join(", ", people)}.", level + 1));
            if (people.Count > 0)
                effects.Add(new SagaEffect.Page(level + 1, people));
            return new Decision(next, effects, Changed: true);
        }
    }

    private static SagaState Timer(SagaState state, Instant? at) => state with { Step = state.Step + 1, NextStepAt = at, Reachable = [] };

    private static List<SagaEffect> Entry(string kind, string actor, string via, string text, string? note)
        => [new SagaEffect.Entry(kind, actor, via, string.IsNullOrWhiteSpace(note) ? text : $"{text} {note}")];

    private static Error IsResolved(SagaState state) => Error.Conflict("resolved", $"The incident is already resolved (by {state.ResolvedBy}).");
}
