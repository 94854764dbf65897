using Incidents.Contracts.Organisation;
using Incidents.Kernel;
using NodaTime;

namespace Incidents.Contracts.Seams;

/// <summary>People on call in <c>[From, To)</c>, and in a word why; no people: a gap.</summary>
public sealed record OnCallShift(string Schedule, Position Position, IReadOnlyList<string> People, Instant From, Instant To, string Why);

/// <summary>Shifts as the schedule shows them. Pure over a snapshot; implemented by Scheduling.</summary>
public interface IShifts
{
    /// <summary>What runs at an instant, in every position that the schedule has; empty: no such schedule.</summary>
    IReadOnlyList<OnCallShift> Running(OrganisationSnapshot organisation, string schedule, Instant at);

    /// <summary>Shifts that touch <c>[from, to)</c>, by beginning.</summary>
    IReadOnlyList<OnCallShift> Between(OrganisationSnapshot organisation, string schedule, Instant from, Instant to);

    /// <summary>A person's shifts over all schedules that touch <c>[from, to)</c>, by beginning.</summary>
    IReadOnlyList<OnCallShift> OfPerson(OrganisationSnapshot organisation, string login, Instant from, Instant to);
}

/// <summary>A shift that its person offers. <paramref name="People"/> empty: to everybody who is qualified.</summary>
public sealed record ShiftOffer(string Schedule, Instant From, Instant To, IReadOnlyList<string> People, string? Reason);

/// <summary>Swap requests. Implemented by Scheduling.</summary>
public interface ISwapRequests
{
    /// <summary>Makes a request, with the checks and faults of the API; answers its number.</summary>
    Task<Result<long>> Offer(ShiftOffer offer, Actor actor, CancellationToken cancellationToken);
}
