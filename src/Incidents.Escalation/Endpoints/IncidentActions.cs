using Incidents.Contracts.Seams;
using Incidents.Escalation.Saga;
using Incidents.Kernel;
using Incidents.Persistence.Incidents;
using Incidents.Persistence.Transactions;

namespace Incidents.Escalation.Endpoints;

/// <inheritdoc cref="IIncidentActions"/>
internal sealed class IncidentActions(WorkRunner works, IOrganisation organisation, IncidentRights rights, SagaDriver driver) : IIncidentActions
{
    public Task<Result<ActionOutcome>> Act(Guid incident, IncidentAction action, CancellationToken cancellationToken)
        => works.Run(work => Act(work, incident, action, cancellationToken), cancellationToken);

    public async Task<Result<ActionOutcome>> Act(Work work, Guid id, IncidentAction action, CancellationToken cancellationToken)
    {
        var incident = await work.LockIncident(id, cancellationToken);
        if (incident is null)
            return Error.NotFound("There is no such incident.");
        var snapshot = await organisation.AtLeast(await work.OrganisationVersion(cancellationToken), cancellationToken);
        if (await rights.Refusal(action.Actor, incident, snapshot, cancellationToken) is { } foreign)
            return foreign;
        var decision = driver.Apply(work, snapshot, incident, Event(action));
        return decision.Refused is { } refused
            ? refused
            : new ActionOutcome(incident.Id, incident.Number, incident.Title, Wire.Name(incident.Status), decision.Changed, incident.AcknowledgedBy, incident.ResolvedBy);
    }

    private static SagaEvent Event(IncidentAction action) => action.Verb switch
    {
        IncidentVerb.Acknowledge => new SagaEvent.Acknowledge(action.Actor, action.Via, action.Note),
        IncidentVerb.Resolve => new SagaEvent.Resolve(action.Actor, action.Via, action.Note),
        IncidentVerb.Escalate => new SagaEvent.Escalate(action.Actor, action.Via, action.Note),
        IncidentVerb.Snooze => new SagaEvent.Snooze(action.Actor, action.Via, action.Note, action.Until),
        IncidentVerb.Note => new SagaEvent.NoteAdded(action.Actor, action.Via, action.Note ?? ""),
        _ => throw new InvalidOperationException($"Verb {action.Verb} is not an event."),
    };
}

/// <summary>Names of enums on the wire.</summary>
internal static class Wire
{
    public static string Name(IncidentStatus status) => status switch
    {
        IncidentStatus.Triage => "triage",
        IncidentStatus.Triggered => "triggered",
        IncidentStatus.Acknowledged => "acknowledged",
        IncidentStatus.Snoozed => "snoozed",
        _ => "resolved",
    };

    public static IncidentStatus? Status(string text) => text switch
    {
        "triage" => IncidentStatus.Triage,
        "triggered" => IncidentStatus.Triggered,
        "acknowledged" => IncidentStatus.Acknowledged,
        "snoozed" => IncidentStatus.Snoozed,
        "resolved" => IncidentStatus.Resolved,
        _ => null,
    };
}
