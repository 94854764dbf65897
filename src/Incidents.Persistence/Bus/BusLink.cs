using System.Collections.Concurrent;
using Incidents.Kernel;
using Incidents.Persistence.Messages;
using MassTransit;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Incidents.Persistence.Bus;

/// <summary>A message row's bytes on the wire. Addition only.</summary>
public sealed record Envelope(Guid Id, string Type, byte[] Body, long DueAt, long PublishedAt);

/// <summary>The bus over MassTransit. Modules never see <see cref="IBus"/>.</summary>
internal sealed class BusLink(IBusControl bus, Clock clock, ILogger<BusLink> logger) : IBusLink
{
    private readonly ConcurrentDictionary<string, ISendEndpoint> endpoints = new(StringComparer.Ordinal);
    private readonly Lock look = new();
    private long lastLook;
    private volatile bool healthy;
    private Instant? unhealthySince;

    public bool IsHealthy
    {
        get
        {
            Look();
            return healthy;
        }
    }

    public Instant? UnhealthySince
    {
        get
        {
            Look();
            return healthy ? null : unhealthySince;
        }
    }

    public string Describe => bus.Address.Scheme;

    public async Task Publish(Delivery delivery, Instant now, CancellationToken cancellationToken)
    {
        if (!endpoints.TryGetValue(delivery.Endpoint, out var endpoint))
        {
            // exchange:, never queue:, which would declare a classic queue of the same name and hang (platform trap).
            endpoint = await bus.GetSendEndpoint(new Uri("exchange:" + delivery.Endpoint));
            endpoints[delivery.Endpoint] = endpoint;
        }
        var envelope = new Envelope(delivery.Id, delivery.Type, delivery.Body, Instants.ToMicroseconds(delivery.DueAt), Instants.ToMicroseconds(now));
        await endpoint.Send(envelope, Pipe.Execute<SendContext<Envelope>>(c =>
        {
            c.MessageId = delivery.Id;
            c.Durable = true;
        }), cancellationToken);
    }

    /// <summary>Asks the transport at most every 50 ms: health is read on every hand-over.</summary>
    private void Look()
    {
        var now = Environment.TickCount64;
        if (now - Interlocked.Read(ref lastLook) < 50)
            return;
        lock (look)
        {
            if (now - lastLook < 50)
                return;
            Interlocked.Exchange(ref lastLook, now);
            var is_ = bus.CheckHealth().Status == BusHealthStatus.Healthy;
            if (is_ == healthy && (healthy || unhealthySince is not null))
                return;
            unhealthySince = is_ ? null : clock.Now;
            if (is_ != healthy)
                Log.BusState(logger, is_ ? "healthy" : "not healthy; due messages are consumed in the process");
            healthy = is_;
        }
    }
}
