namespace Incidents.Simulator;

/// <summary>Who belongs to the simulated chat workspace. Implemented by the host; asked at most once a second, in a scope of its own.</summary>
public interface ISimulatedMembers
{
    /// <summary>Everybody in the order in which the page shows them. An id belongs to one person; later duplicates are ignored.</summary>
    Task<IReadOnlyList<SimulatedMember>> GetMembersAsync(CancellationToken cancellationToken);
}

/// <summary>A member of the workspace.</summary>
/// <param name="Id">The vendor's id, for example <c>U00000ANA</c>.</param>
/// <param name="Login">The user name.</param>
/// <param name="Name">The name to show.</param>
/// <param name="Email">What the vendor knows them by; null: unknown to it.</param>
/// <param name="Zone">IANA name; null: UTC.</param>
public sealed record SimulatedMember(string Id, string Login, string Name, string? Email, string? Zone);
