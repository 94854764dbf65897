using System.Collections.Concurrent;
using Incidents.Paging.Channels;
using Incidents.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;
using Xunit;

namespace Incidents.Paging.Tests.Conformance;

/// <summary>How a vendor behaves towards the next requests.</summary>
public enum VendorDoes
{
    Takes,

    /// <summary>It has the request, and the connection breaks before its answer.</summary>
    TakesAndLosesTheAnswer,

    /// <summary>The address is wrong, whoever is asked.</summary>
    RefusesTheAddress,

    /// <summary>5xx, or the like.</summary>
    Fails,

    /// <summary>Too many requests; again in 7 s.</summary>
    IsBusy,

    RefusesCredentials,
    TalksGarbage,
    SaysNothing,

    /// <summary>Connections break before anything is taken.</summary>
    IsGone,
}

/// <summary>One channel, hosted as the product hosts it, and a vendor for it that behaves as it is told. One per test class.</summary>
public abstract class ChannelFixture : IAsyncLifetime
{
    private readonly Recorder logs = new();
    private PagingApp? app;

    internal PagingApp App => app!;
    internal IChannel Channel { get; private set; } = null!;
    internal string Logged => logs.Text;

    /// <summary>Settings that configure the channel towards the vendor of this fixture; the vendor runs by now.</summary>
    internal abstract Task<Dictionary<string, string?>> Settings();

    /// <summary>Which of the hosted channels it is.</summary>
    internal abstract bool Is(ChannelDescriptor descriptor);

    /// <summary>From now on, until it is told otherwise.</summary>
    internal abstract void Does(VendorDoes what);

    /// <summary>How many deliveries the vendor has taken.</summary>
    internal abstract int Taken { get; }

    /// <summary>Requests that reached the vendor, taken or not.</summary>
    internal abstract int Asked { get; }

    /// <summary>Words that must stand in no log and no answer.</summary>
    internal abstract IReadOnlyList<string> Secrets { get; }

    /// <summary>The vendor keeps a list that can be looked into.</summary>
    internal virtual bool CanBeLookedUp => true;

    /// <summary>A vendor that has too much to do can say for how long.</summary>
    internal virtual bool CanNameATime => true;

    /// <summary>An address of the channel's kind; another for each number.</summary>
    internal abstract string Address(int number);

    private protected abstract ValueTask Stop();

    internal Dispatch Page(int number) => new(Guid.NewGuid(), Guid.NewGuid(), number, "ana", Address(number), "Disk full", "checkout", "SEV1", Instant.FromDateTimeOffset(App.Time.GetUtcNow()), null);

    public async ValueTask InitializeAsync()
    {
        app = await PagingApp.Start(Database.Sqlite, await Settings(), consumes: false, logs);
        Channel = app.Services.GetServices<IChannel>().Single(c => c.IsConfigured && Is(c.Descriptor));
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await App.DisposeAsync();
        await Stop();
    }

    private sealed class Recorder : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> lines = new();

        public string Text => string.Join('\n', lines);

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            => lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
