using Incidents.Contracts.Organisation;
using NodaTime;

namespace Incidents.Contracts.Seams;

/// <summary>Who is on call, in which position, at an instant. Pure over a snapshot; implemented by Scheduling.</summary>
public interface IOnCall
{
    /// <summary>People of a position at an instant, in a stable order; empty: a gap, or no such schedule.</summary>
    IReadOnlyList<string> At(OrganisationSnapshot organisation, string schedule, Position position, Instant at);

    /// <summary>Everybody in the rotation slots of a schedule as it stands at <paramref name="at"/>, each once, in order of appearance.</summary>
    IReadOnlyList<string> Roster(OrganisationSnapshot organisation, string schedule, Instant at);

    /// <summary>
    /// Business time of a calendar: <paramref name="at"/> itself when it is inside business hours, else the first instant of the next business time.
    /// Null calendar: <paramref name="at"/>.
    /// </summary>
    Instant NextBusinessInstant(OrganisationSnapshot organisation, string? calendar, Instant at);

    /// <summary>The instant at which <paramref name="businessTime"/> of business hours have passed since <paramref name="from"/>. Null calendar: plain addition.</summary>
    Instant AddBusinessTime(OrganisationSnapshot organisation, string? calendar, Instant from, Duration businessTime);
}
