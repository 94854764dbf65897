using System.Collections.Concurrent;
using Incidents.Kernel;
using Incidents.Persistence.Messages;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Incidents.Persistence.Bus;

/// <summary>
/// The bus, judged by what it does. A broker can be connected and yet take nothing (a quorum queue without a leader after a crash, a disk alarm, a
/// process that hangs): a message that is not confirmed in <see cref="Patience"/> makes the link unhealthy, and only a confirmed one heals it.
/// </summary>
internal sealed class BusLink(IBusTransport transport, Clock clock, ILogger<BusLink> logger) : IBusLink
{
    /// <summary>How long a confirm may take.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private const int LookEvery = 50;
    private const int ProbeEvery = 1000;

    /// <summary>Endpoints whose last message was not confirmed.</summary>
    private readonly ConcurrentDictionary<string, bool> silent = new(StringComparer.Ordinal);

    private readonly Lock look = new();
    private long lastLook = Environment.TickCount64 - LookEvery;
    private long lastProbe;
    private bool probing;
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
            lock (look)
                return healthy ? null : unhealthySince;
        }
    }

    public string Describe => transport.Describe;

    public async Task Publish(string endpoint, IReadOnlyList<Delivery> rows, CancellationToken cancellationToken)
    {
        var envelope = new Envelope(Instants.ToMicroseconds(rows.Min(r => r.HandedOverAt)), [.. rows.Select(d => new EnvelopeRow(d.Id, d.Type, Instants.ToMicroseconds(d.DueAt)))]);
        try
        {
            await Send(endpoint, envelope, cancellationToken);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            silent[endpoint] = true;
            lock (look)
            {
                lastProbe = Environment.TickCount64;
                Judge();
            }
            throw;
        }
    }

    private async Task Send(string endpoint, Envelope envelope, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        var sending = transport.Send(endpoint, envelope, patience.Token);
        try
        {
            // Not every client gives up when it is told to: a declaration that is never answered holds it for 20 s.
            await sending.WaitAsync(patience.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            _ = sending.ContinueWith(static t => _ = t.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            throw new TimeoutException($"The broker did not confirm a message to {endpoint} within {Patience.TotalSeconds} s.", e);
        }
    }

    /// <summary>Asks the transport at most every 50 ms: health is read on every hand-over.</summary>
    private void Look()
    {
        var now = Environment.TickCount64;
        if (now - Interlocked.Read(ref lastLook) < LookEvery)
            return;
        lock (look)
        {
            if (now - lastLook < LookEvery)
                return;
            Judge();
            if (!silent.IsEmpty && !probing && now - lastProbe >= ProbeEvery && transport.IsReady)
            {
                probing = true;
                _ = Task.Run(Probe);
            }
        }
    }

    /// <summary>Under the lock.</summary>
    private void Judge()
    {
        Interlocked.Exchange(ref lastLook, Environment.TickCount64);
        var now = transport.IsReady && silent.IsEmpty;
        if (now == healthy && (healthy || unhealthySince is not null))
            return;
        unhealthySince = now ? null : clock.Now;
        if (now != healthy)
            Log.BusState(logger, now ? "healthy" : "not healthy; due messages are consumed in the process");
        healthy = now;
    }

    /// <summary>An empty message to each endpoint that fell silent: what is confirmed is open again.</summary>
    private async Task Probe()
    {
        foreach (var endpoint in silent.Keys)
        {
            try
            {
                await Send(endpoint, new Envelope(Instants.ToMicroseconds(clock.Now), []), CancellationToken.None);
                silent.TryRemove(endpoint, out _);
            }
            catch (Exception e)
            {
                Log.StillSilent(logger, endpoint, e.Message);
            }
        }
        lock (look)
        {
            lastProbe = Environment.TickCount64;
            probing = false;
        }
    }
}
