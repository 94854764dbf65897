using Incidents.Contracts.Organisation;
using NodaTime;

namespace Incidents.Contracts.Seams;

/// <summary>How loaded a running shift is. Read from memory: it never waits and never fails; what is not known means "page as usual". Implemented by Scheduling.</summary>
public interface IShiftLoad
{
    /// <summary>
    /// Whether the person's running shift on the schedule has had as many events as its pool allows, other incidents than this one, and the pool wants
    /// the secondary paged first then. An incident that the person was already paged for stays with them.
    /// </summary>
    bool GoesToSecondary(OrganisationSnapshot organisation, string schedule, string person, Guid incident, Instant at);
}
