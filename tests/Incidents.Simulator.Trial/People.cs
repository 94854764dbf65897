namespace Incidents.Simulator.Trial;

internal sealed class People : IPhoneBook
{
    public Task<IReadOnlyList<SimulatedPhone>> GetPhonesAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<SimulatedPhone>>(
    [
        new("ana", "Ana Souza", "+5511900000001"),
        new("bruno", "Bruno Lima", "+5511900000002"),
        new("maarja", "Maarja Tamm", "+3725000003"),
        new("juri", "Jüri Kask", "+3725000004"),
        new("tiina", "Tiina Saar", "+3725000006"),
        new("lena", "Lena Petrova", "+3725000005"),
    ]);
}
