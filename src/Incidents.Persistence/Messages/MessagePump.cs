using System.Collections.Frozen;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Incidents.Persistence.Messages;

/// <summary>Starts and stops this process's endpoint runners: they finish what is in hand and leave the rest to others.</summary>
public sealed class MessagePump : IHostedService
{
    private readonly FrozenDictionary<string, EndpointRunner> runners;

    public MessagePump(IEnumerable<EndpointRegistration> registrations, IServiceProvider services, Handover handover, Sweeper sweeper)
    {
        runners = registrations.ToFrozenDictionary(r => r.Name, r => ActivatorUtilities.CreateInstance<EndpointRunner>(services, r), StringComparer.Ordinal);
        handover.Attach(runners);
        sweeper.Attach(runners);
    }

    public EndpointRunner Runner(string endpoint) => runners[endpoint];

    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var runner in runners.Values)
            runner.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.WhenAll(runners.Values.Select(r => r.Stop(TimeSpan.FromSeconds(8))));
}
