using System.Collections.Concurrent;
using Incidents.Contracts.Messages;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Escalation.Policy;
using Incidents.Kernel;
using Incidents.Persistence.Incidents;
using Incidents.Persistence.Transactions;
using NodaTime;

namespace Incidents.Escalation.Saga;

/// <summary>
/// The one driver of the machine: bus messages, timers, API actions and triage's openings all come through here.
/// Works on incidents that are locked (or new) in the caller's transaction: decide, write the state back, send what follows.
/// </summary>
internal sealed class SagaDriver(IOnCall onCall, IShiftLoad load, EscalationMetrics metrics)
{
    private readonly OverloadRouting routing = new(onCall, new TargetResolver(onCall), load);
    private readonly HandOver handOver = new(new TargetResolver(onCall));
    private readonly ConcurrentDictionary<string, EscalationPlan> plans = new(StringComparer.Ordinal);

    public Decision Apply(Work work, OrganisationSnapshot organisation, Incident incident, SagaEvent happened)
    {
        var plan = Plan(incident.Snapshot);
        var spared = new List<(string Spared, string Instead)>();
        var away = new List<Away>();
        var decision = EscalationMachine.Decide(Read(incident), happened, new SagaContext
        {
            Now = work.Now,
            Plan = plan,
            People = targets => handOver.Apply(organisation, incident.Service, targets, routing.Resolve(organisation, incident.Service, targets, work.Now, incident.Id, spared), work.Now, away),
            Everybody = () => TargetResolver.Everybody(organisation),
            After = timeout => plan.Calendar is null ? work.Now + timeout : onCall.AddBusinessTime(organisation, plan.Calendar, work.Now, timeout),
            NextBusiness = () => onCall.NextBusinessInstant(organisation, plan.Calendar, work.Now),
        });
        metrics.Decided(happened, decision);
        if (!decision.Changed)
            return decision;

        var timerMoves = decision.State.Step != incident.Step;
        Write(incident, decision.State);
        if (timerMoves)
            MoveTimer(work, incident);
        foreach (var effect in decision.Effects)
            Perform(work, incident, effect);
        foreach (var (person, instead) in spared.Distinct())
            Perform(work, incident, new SagaEffect.Entry(TimelineKinds.Overloaded, "system", "system", $"{person} has had all the events of this shift: {instead} is paged first.", decision.State.Level + 1, person));
        foreach (var one in away.Distinct())
            Perform(work, incident, new SagaEffect.Entry(TimelineKinds.HandedOver, "system", "system", one.Say(), decision.State.Level + 1, one.Person));
        incident.Version++;
        work.Announce("incident", new { id = incident.Id, number = incident.Number });
        return decision;
    }

    /// <summary>Snapshots are few (one a service and configuration version) and repeated in every incident.</summary>
    private EscalationPlan Plan(string snapshot)
    {
        if (plans.Count > 2000)
            plans.Clear();
        return plans.GetOrAdd(snapshot, EscalationPlan.Parse);
    }

    private static void MoveTimer(Work work, Incident incident)
    {
        if (incident.TimerId is { } old)
            work.Cancel(old);
        incident.TimerId = incident.NextStepAt is { } at ? work.Send(new StepDue(incident.Id, incident.Step), at) : null;
    }

    private static void Perform(Work work, Incident incident, SagaEffect effect)
    {
        switch (effect)
        {
            case SagaEffect.Page page:
                work.Send(new PageRequested(
                    incident.Id, incident.Number, incident.Title, incident.Service, incident.Severity.Name(), incident.Urgency == Urgency.High,
                    incident.PoolRank, incident.Step, incident.Episode, page.Level, incident.Pass, page.People));
                break;
            case SagaEffect.StopPaging stop:
                work.Send(new PagingStopped(incident.Id, stop.Episode, stop.Reason, stop.By));
                break;
            case SagaEffect.Entry entry:
                work.Db.Timeline.Add(new TimelineEntry
                {
                    Incident = incident.Number,
                    At = work.Now,
                    Kind = entry.Kind,
                    Actor = entry.Actor,
                    Via = entry.Via,
                    Level = entry.Level,
                    Person = entry.Person,
                    Text = Texts.Clean(entry.Text),
                });
                break;
            default:
                throw new InvalidOperationException($"Effect {effect.GetType().Name} is not performed.");
        }
    }

    internal static SagaState Read(Incident i) => new()
    {
        Status = i.Status,
        Level = i.Level,
        Pass = i.Pass,
        Step = i.Step,
        Episode = i.Episode,
        NextStepAt = i.NextStepAt,
        PagingStartsAt = i.PagingStartsAt,
        AcknowledgedAt = i.AcknowledgedAt,
        AcknowledgedBy = i.AcknowledgedBy,
        ResolvedAt = i.ResolvedAt,
        ResolvedBy = i.ResolvedBy,
        SnoozedUntil = i.SnoozedUntil,
        LastActivityAt = i.LastActivityAt,
        Reachable = i.Reachable.Length == 0 ? [] : i.Reachable.Split(','),
    };

    private static void Write(Incident i, SagaState s)
    {
        i.Status = s.Status;
        i.Level = s.Level;
        i.Pass = s.Pass;
        i.Step = s.Step;
        i.Episode = s.Episode;
        i.NextStepAt = s.NextStepAt;
        i.PagingStartsAt = s.PagingStartsAt;
        i.AcknowledgedAt = s.AcknowledgedAt;
        i.AcknowledgedBy = s.AcknowledgedBy;
        i.ResolvedAt = s.ResolvedAt;
        i.ResolvedBy = s.ResolvedBy;
        i.SnoozedUntil = s.SnoozedUntil;
        i.LastActivityAt = s.LastActivityAt;
        i.Reachable = string.Join(',', s.Reachable);
    }
}
