using Incidents.Contracts.Messages;
using Incidents.Contracts.Seams;
using Incidents.Persistence.Incidents;
using Incidents.Persistence.Messages;
using Incidents.Persistence.Transactions;

namespace Incidents.Escalation.Saga;

/// <summary>The escalation endpoint: due steps and unreachable people, many incidents in one transaction.</summary>
internal sealed class EscalationConsumer(IOrganisation organisation, SagaDriver driver, EscalationMetrics metrics) : IEndpointConsumer
{
    public async Task Consume(IReadOnlyList<Received> messages, Work work, CancellationToken cancellationToken)
    {
        var ids = messages.Select(m => Id(m.Message)).Distinct().ToArray();
        var incidents = await work.LockIncidents(ids, cancellationToken);
        var snapshot = await organisation.AtLeast(await work.OrganisationVersion(cancellationToken), cancellationToken);
        foreach (var received in messages)
        {
            if (!incidents.TryGetValue(Id(received.Message), out var incident))
                continue;
            if (received.Message is StepDue due && due.Step == incident.Step)
                metrics.StepTardiness.Record(Math.Max(0, (work.Now - received.DueAt).TotalSeconds));
            driver.Apply(work, snapshot, incident, Event(received.Message));
        }
    }

    /// <summary>A step that cannot be decided must not be silent: the incident starts its next level from here.</summary>
    public async Task Parked(Received message, string error, Work work, CancellationToken cancellationToken)
    {
        var incident = await work.LockIncident(Id(message.Message), cancellationToken);
        if (incident is null || incident.Status != IncidentStatus.Triggered)
            return;
        var snapshot = await organisation.AtLeast(await work.OrganisationVersion(cancellationToken), cancellationToken);
        work.Db.Timeline.Add(new TimelineEntry { Incident = incident.Number, At = work.Now, Kind = TimelineKinds.Parked, Actor = "system", Text = $"A step failed again and again and is parked ({error}): the next level starts." });
        driver.Apply(work, snapshot, incident, new SagaEvent.StepDue(incident.Step));
    }

    private static Guid Id(object message) => message switch
    {
        StepDue m => m.Incident,
        PersonUnreachable m => m.Incident,
        _ => throw new InvalidOperationException($"{message.GetType().Name} is not consumed by escalation."),
    };

    private static SagaEvent Event(object message) => message switch
    {
        StepDue m => new SagaEvent.StepDue(m.Step),
        PersonUnreachable m => new SagaEvent.PersonUnreachable(m.Step, m.Person, m.Reason),
        _ => throw new InvalidOperationException($"{message.GetType().Name} is not consumed by escalation."),
    };
}
