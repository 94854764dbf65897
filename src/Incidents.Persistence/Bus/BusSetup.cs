using Incidents.Contracts.Messages;
using Incidents.Kernel;
using Incidents.Persistence.Messages;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace Incidents.Persistence.Bus;

/// <summary>MassTransit's configuration: one quorum queue an endpoint, bounded prefetch, confirms, no topology by message type.</summary>
internal static class BusSetup
{
    public static void AddBus(this IServiceCollection services, BusOptions options, IReadOnlyList<string> consumed)
    {
        services.AddMassTransit(x =>
        {
            if (options.Transport == BusTransport.RabbitMq)
            {
                x.UsingRabbitMq((context, bus) =>
                {
                    bus.Host(new Uri(options.Uri!), h =>
                    {
                        h.PublisherConfirmation = true;
                        h.RequestedConnectionTimeout(TimeSpan.FromSeconds(5));
                        h.Heartbeat(TimeSpan.FromSeconds(10));
                    });
                    foreach (var name in consumed)
                    {
                        bus.ReceiveEndpoint(name, e =>
                        {
                            e.SetQuorumQueue(1);
                            e.PrefetchCount = options.Prefetch;
                            Receive(context, e, name, options.Prefetch);
                        });
                    }
                });
            }
            else
            {
                x.UsingInMemory((context, bus) =>
                {
                    foreach (var name in consumed)
                        bus.ReceiveEndpoint(name, e => Receive(context, e, name, options.Prefetch));
                });
            }
        });
        // The broker may be away when the process starts: that delays nobody.
        services.AddOptions<MassTransitHostOptions>().Configure(o =>
        {
            o.WaitUntilStarted = false;
            o.StopTimeout = TimeSpan.FromSeconds(10);
        });
    }

    private static void Receive(IBusRegistrationContext context, IReceiveEndpointConfigurator endpoint, string name, int limit)
    {
        endpoint.ConfigureConsumeTopology = false;
        endpoint.ConcurrentMessageLimit = limit;
        // A failure is counted in the row; the broker keeps no copies of its own.
        endpoint.DiscardFaultedMessages();
        endpoint.DiscardSkippedMessages();
        // Resolved at the first message: the pump itself needs the bus.
        var pump = new Lazy<MessagePump>(context.GetRequiredService<MessagePump>);
        endpoint.Handler<Envelope>(c => Task.WhenAll(c.Message.Rows.Select(row => pump.Value.Runner(name).Process(new Delivery
        {
            Id = row.Id,
            Endpoint = name,
            Type = row.Type,
            DueAt = Instants.FromMicroseconds(row.DueAt),
            HandedOverAt = Instants.FromMicroseconds(c.Message.PublishedAt),
            FromBus = true,
            Done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously),
        }))));
    }

    /// <summary>Catalogue endpoints this process consumes.</summary>
    public static IReadOnlyList<string> Consumed(IEnumerable<EndpointRegistration> registrations)
        => [.. EndpointCatalogue.Endpoints.Where(e => registrations.Any(r => r.Name == e))];
}
