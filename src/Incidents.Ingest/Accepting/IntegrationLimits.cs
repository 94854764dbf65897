using System.Collections.Concurrent;
using Incidents.Kernel;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Incidents.Ingest.Accepting;

/// <summary>A limit per integration, so that one that runs wild does not starve the others: alerts that wait at once, and a rate over a second.</summary>
internal sealed class IntegrationLimits(Clock clock, IOptions<IngestOptions> options)
{
    private readonly ConcurrentDictionary<string, State> states = new(StringComparer.Ordinal);

    /// <summary>Takes room for so many alerts; null when there is none. Dispose when they are committed.</summary>
    public Lease? TryEnter(string integration, int alerts)
    {
        var state = states.GetOrAdd(integration, _ => new State());
        lock (state)
        {
            var now = clock.Now;
            var refill = (now - state.At).TotalSeconds * options.Value.RatePerIntegration;
            state.Tokens = Math.Min(options.Value.RatePerIntegration, state.Tokens + refill);
            state.At = now;
            // A body larger than the whole bucket passes when the bucket is full: it could never pass otherwise.
            if (state.Waiting > 0 && state.Waiting + alerts > options.Value.WaitingPerIntegration)
                return null;
            if (state.Tokens < Math.Min(alerts, options.Value.RatePerIntegration))
                return null;
            state.Tokens -= alerts;
            state.Waiting += alerts;
            return new Lease(state, alerts);
        }
    }

    internal sealed class State
    {
        public int Waiting;
        public double Tokens = double.MaxValue;
        public Instant At = Instant.MinValue;
    }

    internal sealed class Lease(State state, int alerts) : IDisposable
    {
        public void Dispose()
        {
            lock (state)
                state.Waiting -= alerts;
        }
    }
}
