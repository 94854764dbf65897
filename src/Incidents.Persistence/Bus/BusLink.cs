using System.Collections.Concurrent;
using Incidents.Kernel;
using Incidents.Persistence.Messages;
using MassTransit;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Incidents.Persistence.Bus;

/// <summary>
/// Message rows on the wire: which ones waited for the same endpoint at the same moment. What they say stands in the rows, which the consumer
/// deletes and reads in one statement. Instants in microseconds. Addition only.
/// <paramref name="PublishedAt"/> is the earliest hand-over among the rows, as the rows have it, however long they waited for the broker:
/// otherwise rows still on their way would look lost.
/// </summary>
public sealed record Envelope(long PublishedAt, IReadOnlyList<EnvelopeRow> Rows);

public sealed record EnvelopeRow(Guid Id, string Type, long DueAt);

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

    public async Task Publish(string endpoint, IReadOnlyList<Delivery> rows, CancellationToken cancellationToken)
    {
        if (!endpoints.TryGetValue(endpoint, out var send))
        {
            // exchange:, never queue:, which would declare a classic queue of the same name and hang (platform trap).
            send = await bus.GetSendEndpoint(new Uri("exchange:" + endpoint));
            endpoints[endpoint] = send;
        }
        var envelope = new Envelope(Instants.ToMicroseconds(rows.Min(r => r.HandedOverAt)), [.. rows.Select(d => new EnvelopeRow(d.Id, d.Type, Instants.ToMicroseconds(d.DueAt)))]);
        await send.Send(envelope, Pipe.Execute<SendContext<Envelope>>(c =>
        {
            c.MessageId = rows[0].Id;
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
