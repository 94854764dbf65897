using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Incidents.Contracts.Messages;
using Incidents.Kernel;
using Incidents.Persistence.Bus;
using Incidents.Persistence.Messages;
using Incidents.Persistence.Storage;
using Incidents.Persistence.Transactions;
using Incidents.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Incidents.Persistence.Tests;

/// <summary>How a process of a test differs from the usual.</summary>
internal sealed class NodeSettings
{
    public Script Script { get; set; } = new();
    public bool Consumes { get; set; } = true;
    public int Workers { get; set; } = 2;
    public int MaxBatch { get; set; } = 200;
    public TimeProvider Time { get; set; } = TimeProvider.System;
    public MessagesOptions Messages { get; } = new() { ParkAfter = 3, ParkedRetry = TimeSpan.FromHours(1) };
    public int Prefetch { get; set; } = 64;

    /// <summary>Stands in for the bus that the ground has.</summary>
    public IBusLink? Link { get; set; }

    /// <summary>Stands in for the wire below the link.</summary>
    public IBusTransport? Wire { get; set; }

    /// <summary>Address of a broker instead of the ground's.</summary>
    public Uri? Bus { get; set; }
}

/// <summary>What the consumer of the escalation endpoint does, and what it saw.</summary>
internal sealed class Script
{
    public ConcurrentQueue<StepDue> Consumed { get; } = new();
    public ConcurrentQueue<StepDue> Attempts { get; } = new();
    public ConcurrentQueue<int> Batches { get; } = new();

    /// <summary>Rows that came, and whether their commit has been told of here: their rows are gone a moment before that.</summary>
    public ConcurrentDictionary<Guid, bool> Told { get; } = new();
    public ConcurrentQueue<(StepDue Message, string Error)> Parked { get; } = new();
    public ConcurrentQueue<Instant> ConsumedAt { get; } = new();

    /// <summary>Called for each message; throws to fail.</summary>
    public Func<StepDue, Task> Each { get; set; } = _ => Task.CompletedTask;

    public List<int> Steps => [.. Consumed.Select(m => m.Step).Order()];
}

internal sealed class ScriptedConsumer(Script script) : IEndpointConsumer
{
    public async Task Consume(IReadOnlyList<Received> messages, Work work, CancellationToken cancellationToken)
    {
        script.Batches.Enqueue(messages.Count);
        foreach (var received in messages)
        {
            var message = (StepDue)received.Message;
            script.Attempts.Enqueue(message);
            script.Told.TryAdd(received.Id, false);
            await script.Each(message);
            work.AfterCommit(() =>
            {
                script.Consumed.Enqueue(message);
                script.ConsumedAt.Enqueue(work.Now);
                script.Told[received.Id] = true;
            });
        }
    }

    public Task Parked(Received message, string error, Work work, CancellationToken cancellationToken)
    {
        work.AfterCommit(() =>
        {
            script.Parked.Enqueue(((StepDue)message.Message, error));
            script.Told[message.Id] = true;
        });
        return Task.CompletedTask;
    }
}

/// <summary>A bus that nobody ever started.</summary>
internal sealed class NoBus : IBusLink
{
    public bool IsHealthy => false;
    public Instant? UnhealthySince => Instant.MinValue;
    public string Describe => "none";
    public Task Publish(string endpoint, IReadOnlyList<Delivery> rows, CancellationToken cancellationToken) => throw new InvalidOperationException("Published on a bus that is down.");
}

/// <summary>A wire that says it is ready. What is sent either hangs, or is confirmed and never arrives, or is handed to <see cref="Arrives"/>.</summary>
internal sealed class OddWire : IBusTransport
{
    private volatile TaskCompletionSource? hanging;
    private int sent;

    public bool IsReady => true;
    public string Describe => "odd";

    /// <summary>Messages that were sent, also those that hang.</summary>
    public int Sent => Volatile.Read(ref sent);

    public Action<string, Envelope>? Arrives { get; set; }

    public void Hang() => hanging = new TaskCompletionSource();

    public void Recover() => hanging = null;

    public async Task Send(string endpoint, Envelope envelope, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref sent);
        // A client that does not listen when it is told to give up.
        if (hanging is { } wait)
            await wait.Task;
        Arrives?.Invoke(endpoint, envelope);
    }
}

/// <summary>One process: storage, bus, sweeper, and the scripted consumer of the escalation endpoint.</summary>
internal sealed class Node : IAsyncDisposable
{
    private readonly IHost host;
    private readonly MeterListener listener = new();
    private readonly ConcurrentDictionary<string, long> counters = new(StringComparer.Ordinal);
    private bool stopped;

    private Node(IHost host, Script script)
    {
        this.host = host;
        Script = script;
        var factory = host.Services.GetRequiredService<IMeterFactory>();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, factory)) l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            var name = instrument.Name;
            foreach (var tag in tags)
            {
                if (tag.Key == "way") name += "/" + tag.Value;
            }
            counters.AddOrUpdate(name, value, (_, sum) => sum + value);
        });
        listener.Start();
    }

    public Script Script { get; }
    public WorkRunner Works => Get<WorkRunner>();
    public Clock Clock => Get<Clock>();

    public T Get<T>() where T : notnull => host.Services.GetRequiredService<T>();

    public long Count(string instrument) => counters.GetValueOrDefault("incidents.messages." + instrument);

    public static async Task<Node> StartAsync(Ground ground, NodeSettings settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddLogging(l => l.ClearProviders());
        builder.Services.AddMetrics();
        builder.Services.AddSingleton(settings.Time);
        builder.Services.AddSingleton(settings.Script);
        builder.Services.AddSingleton(Microsoft.Extensions.Options.Options.Create(settings.Messages));
        builder.Services.Configure<StorageOptions>(o => o.CorrectClock = ReferenceEquals(settings.Time, TimeProvider.System));
        if (settings.Consumes)
            builder.Services.AddEndpoint<ScriptedConsumer>(EndpointCatalogue.Escalation, settings.Workers, settings.MaxBatch);
        builder.Services.AddPersistence(ground.Provider, ground.ConnectionString, new BusOptions
        {
            Transport = ground.Transport == Transport.RabbitMq || settings.Bus is not null ? BusTransport.RabbitMq : BusTransport.InMemory,
            Uri = (settings.Bus ?? ground.Bus)?.ToString(),
            Prefetch = settings.Prefetch,
        });
        if (settings.Link is { } link)
            builder.Services.Replace(ServiceDescriptor.Singleton(link));
        if (settings.Wire is { } wire)
            builder.Services.Replace(ServiceDescriptor.Singleton(wire));
        var node = new Node(builder.Build(), settings.Script);
        await node.host.StartAsync();
        if (settings.Link is null && settings.Bus is null)
            await Eventually.True(() => node.Get<IBusLink>().IsHealthy, "the bus is connected", TimeSpan.FromSeconds(30));
        return node;
    }

    /// <summary>Commits steps with these numbers in one transaction; returns their ids.</summary>
    public Task<List<Guid>> Send(IEnumerable<int> steps, Duration? after = null)
        => Works.Run(work => Task.FromResult(steps.Select(s => work.Send(new StepDue(Guid.Empty, s), after is { } a ? work.Now + a : null)).ToList()), CancellationToken.None);

    public Task<List<Guid>> Send(params int[] steps) => Send((IEnumerable<int>)steps);

    /// <summary>Writes rows as a process would that then does not hand them over.</summary>
    public async Task Insert(params NewMessage[] rows)
    {
        var database = Get<Storage.Database>();
        using var gate = await database.EnterWrite(default);
        await using var connection = await database.Open(default);
        await Get<MessageStore>().Insert(connection, null, rows, default);
    }

    public async Task Stop()
    {
        if (stopped) return;
        stopped = true;
        await host.StopAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        listener.Dispose();
        if (host is IAsyncDisposable disposable) await disposable.DisposeAsync();
        else host.Dispose();
    }
}
