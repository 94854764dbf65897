using System.Collections.Concurrent;

[assembly: AssemblyFixture(typeof(Incidents.Acceptance.Tests.Stage.Theatre))]

namespace Incidents.Acceptance.Tests.Stage;

/// <summary>One shared installation a shape, started when the first story needs it. Stories that break things take one of their own.</summary>
public sealed class Theatre : IAsyncLifetime
{
    private const int Crews = 40;

    private readonly ConcurrentDictionary<Shape, Lazy<Task<Installation>>> shared = new();

    public Task<Installation> SharedAsync(Shape shape) => shared.GetOrAdd(shape, s => new Lazy<Task<Installation>>(() => Installation.StartAsync(s, Crews))).Value;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var started in shared.Values)
        {
            if (started.Value.IsCompletedSuccessfully) await (await started.Value).DisposeAsync();
        }
    }
}
