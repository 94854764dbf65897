namespace Incidents.Contracts.Seams;

/// <summary>
/// On which incidents somebody may act whose rights are for some teams (<see cref="Actor.Teams"/>): those of services of these teams, and whatever team they
/// are of, those that they were ever paged or asked for, that they have acknowledged, and that they opened themselves. Implemented by Escalation, which asks it
/// for every action, whichever way it came.
/// </summary>
public interface IIncidentRights
{
    /// <summary>Whether the person's teams are no obstacle to acting on the incident; what their role allows is not looked at. False also when there is no such incident.</summary>
    Task<bool> Within(string login, Guid incident, CancellationToken cancellationToken);
}
