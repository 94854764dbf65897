using System.Collections.Concurrent;
using MassTransit;

namespace Incidents.Persistence.Bus;

/// <summary>MassTransit's side. Modules never see <see cref="IBus"/>.</summary>
internal sealed class MassTransitTransport(IBusControl bus) : IBusTransport
{
    private readonly ConcurrentDictionary<string, ISendEndpoint> endpoints = new(StringComparer.Ordinal);

    public bool IsReady => bus.CheckHealth().Status == BusHealthStatus.Healthy;

    public string Describe => bus.Address.Scheme;

    public async Task Send(string endpoint, Envelope envelope, CancellationToken cancellationToken)
    {
        if (!endpoints.TryGetValue(endpoint, out var send))
        {
            // exchange:, never queue:, which would declare a classic queue of the same name and hang (platform trap).
            send = await bus.GetSendEndpoint(new Uri("exchange:" + endpoint));
            endpoints[endpoint] = send;
        }
        await send.Send(envelope, Pipe.Execute<SendContext<Envelope>>(c =>
        {
            if (envelope.Rows.Count > 0)
                c.MessageId = envelope.Rows[0].Id;
            c.Durable = true;
        }), cancellationToken);
    }
}
