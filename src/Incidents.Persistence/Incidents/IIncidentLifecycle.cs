using Incidents.Contracts.Organisation;
using Incidents.Kernel;
using Incidents.Persistence.Transactions;

namespace Incidents.Persistence.Incidents;

/// <summary>Facts of an incident to be opened.</summary>
public sealed record NewIncident(
    string Title,
    string? Details,
    string? Service,
    Severity Severity,
    Urgency Urgency,
    string? Integration,
    string? DedupKey,
    string Actor,
    string Via,
    IReadOnlyList<string> Notes);

/// <summary>
/// What others let the escalation saga do inside their own transaction, so that an alert's incident and its first level are one commit.
/// Implemented by Escalation. Incidents that are passed in must be locked by the caller (<see cref="Work.LockIncidents"/>).
/// </summary>
public interface IIncidentLifecycle
{
    /// <summary>Makes the incident with its policy snapshot; <see cref="Start"/> adds it, until then it has no number.</summary>
    Incident Prepare(Work work, OrganisationSnapshot organisation, NewIncident facts);

    /// <summary>Adds prepared incidents (they get their numbers) and starts their paging.</summary>
    Task Start(Work work, OrganisationSnapshot organisation, IReadOnlyList<(Incident Incident, NewIncident Facts)> prepared, CancellationToken cancellationToken);

    /// <summary>The source says that everything is well again.</summary>
    void ResolveBySource(Work work, OrganisationSnapshot organisation, Incident incident, string integration);

    /// <summary>The source goes on firing though somebody resolved it by hand.</summary>
    void Reopen(Work work, OrganisationSnapshot organisation, Incident incident, string integration);
}
