using Incidents.Contracts.Messages;
using Incidents.Contracts.Seams;
using Incidents.Escalation.Policy;
using Incidents.Escalation.Saga;
using Incidents.Kernel;
using Incidents.Persistence.Incidents;
using Incidents.Persistence.Transactions;

namespace Incidents.Escalation.Endpoints;

/// <inheritdoc cref="IIncidentDesk"/>
internal sealed class IncidentDesk(WorkRunner works, IOrganisation organisation, IncidentRights rights, IncidentLifecycle lifecycle) : IIncidentDesk
{
    public async Task<Result<ActionOutcome>> Declare(Declaration declaration, Actor actor, CancellationToken cancellationToken)
    {
        var snapshot = await organisation.Fresh(cancellationToken);
        var faults = Endpoints.Declare.Check(new DeclareBody(declaration.Title, declaration.Service, declaration.Severity, declaration.Details, null, null), snapshot);
        if (faults.Count > 0)
            return Error.Invalid(faults);
        return await works.Run(async work =>
        {
            var facts = new NewIncident(declaration.Title!.Trim(), declaration.Details, declaration.Service, Severities.Parse(declaration.Severity) ?? Severities.Default, Urgency.High, "api", null, actor.Login, actor.Via, []);
            var incident = lifecycle.Prepare(work, snapshot, facts);
            await lifecycle.Start(work, snapshot, [(incident, facts)], cancellationToken);
            return (Result<ActionOutcome>)Outcome(incident, changed: true);
        }, cancellationToken);
    }

    public Task<Result<ActionOutcome>> SetSeverity(Guid incident, Severity severity, Actor actor, CancellationToken cancellationToken) => works.Run(async work =>
    {
        if (await work.LockIncident(incident, cancellationToken) is not { } found)
            return Error.NotFound("There is no such incident.");
        var snapshot = await organisation.AtLeast(await work.OrganisationVersion(cancellationToken), cancellationToken);
        if (await rights.Refusal(actor.Login, found, snapshot, cancellationToken) is { } foreign)
            return foreign;
        if (!found.IsOpen)
            return Error.Conflict("resolved", $"Incident {found.Number} is resolved.");
        if (found.Severity == severity)
            return (Result<ActionOutcome>)Outcome(found, changed: false);
        Tell(work, found, TimelineKinds.Note, actor, $"Severity {severity.Name()}, was {found.Severity.Name()}");
        found.Severity = severity;
        found.LastActivityAt = work.Now;
        found.Version++;
        return Outcome(found, changed: true);
    }, cancellationToken);

    public Task<Result<Asked>> Ask(Guid incident, string person, Actor actor, string link, CancellationToken cancellationToken) => works.Run(async work =>
    {
        if (await work.LockIncident(incident, cancellationToken) is not { } found)
            return Error.NotFound("There is no such incident.");
        var snapshot = await organisation.AtLeast(await work.OrganisationVersion(cancellationToken), cancellationToken);
        if (await rights.Refusal(actor.Login, found, snapshot, cancellationToken) is { } foreign)
            return foreign;
        if (!found.IsOpen)
            return Error.Conflict("resolved", $"Incident {found.Number} is resolved.");
        if (!snapshot.People.ContainsKey(person))
            return (Result<Asked>)Error.Invalid("person", $"Nobody has the login '{person}'.");
        var paged = found.Status == IncidentStatus.Triggered;
        // Whoever asks for somebody who is away gets who stands in for them; without one they are paged all the same, since they were asked for.
        if (HandOver.Of(snapshot, person, work.Now) is { } absence && HandOver.Instead(snapshot, absence, work.Now) is { } instead)
        {
            Tell(work, found, TimelineKinds.HandedOver, actor, new Away(person, instead, absence.To).Say(), person);
            person = instead;
        }
        if (paged)
        {
            work.Send(new PageRequested(found.Id, found.Number, found.Title, found.Service, found.Severity.Name(), found.Urgency == Urgency.High, found.PoolRank,
                found.Step, found.Episode, Math.Max(1, found.Level + 1), found.Pass, [person]));
        }
        else
        {
            work.Send(new NoticeRequested(person, "responder", $"{found.Id:N}/{Guid.CreateVersion7(work.Now.ToDateTimeOffset()):N}", $"Please join incident {found.Number}",
                $"{actor.Login} asks you to join incident {found.Number}: {found.Title} ({found.Severity.Name()}, {found.Service}).", link));
        }
        Tell(work, found, TimelineKinds.PageRequested, actor, paged ? $"{person} is paged to join" : $"{person} is asked to join", person);
        found.LastActivityAt = work.Now;
        found.Version++;
        return new Asked(found.Number, person, paged);
    }, cancellationToken);

    private static void Tell(Work work, Incident incident, string kind, Actor actor, string text, string? person = null)
    {
        work.Db.Timeline.Add(new TimelineEntry { Incident = incident.Number, At = work.Now, Kind = kind, Actor = actor.Login, Via = actor.Via, Person = person, Text = text });
        work.Announce("incident", new { id = incident.Id, number = incident.Number });
    }

    private static ActionOutcome Outcome(Incident i, bool changed)
        => new(i.Id, i.Number, i.Title, Wire.Name(i.Status), changed, i.AcknowledgedBy, i.ResolvedBy);
}
