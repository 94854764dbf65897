using Incidents.Persistence.Messages;
using NodaTime;

namespace Incidents.Persistence.Bus;

/// <summary>The bus as message rows need it: it makes them fast, nothing more.</summary>
public interface IBusLink
{
    /// <summary>True while the transport is connected and its endpoints are ready.</summary>
    bool IsHealthy { get; }

    /// <summary>Since when it is not healthy; null while it is.</summary>
    Instant? UnhealthySince { get; }

    string Describe { get; }

    /// <summary>Publishes rows of one endpoint to <c>exchange:{endpoint}</c> in one message; waits for the broker's confirm. Throws on time-out or loss of connection.</summary>
    Task Publish(string endpoint, IReadOnlyList<Delivery> rows, CancellationToken cancellationToken);
}
