namespace Incidents.Simulator;

/// <summary>Whose phones the page shows. Implemented by the host; asked at most once a second, in a scope of its own.</summary>
public interface IPhoneBook
{
    /// <summary>Every phone in the order in which the page shows them. A number belongs to one person; later duplicates are ignored.</summary>
    Task<IReadOnlyList<SimulatedPhone>> GetPhonesAsync(CancellationToken cancellationToken);
}

/// <summary>A person's phone.</summary>
/// <param name="Login">The person's login; the API accepts it in place of the number.</param>
/// <param name="Name">The name to show.</param>
/// <param name="Number">E.164, for example <c>+5511900000001</c>.</param>
public sealed record SimulatedPhone(string Login, string Name, string Number);
