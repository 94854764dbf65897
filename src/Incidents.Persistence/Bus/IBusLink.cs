using Incidents.Persistence.Messages;
using NodaTime;

namespace Incidents.Persistence.Bus;

/// <summary>The bus as message rows need it: it makes them fast, nothing more.</summary>
public interface IBusLink
{
    /// <summary>True while the transport is connected, its endpoints are ready, and what was last published to each was confirmed.</summary>
    bool IsHealthy { get; }

    /// <summary>Since when it is not healthy; null while it is.</summary>
    Instant? UnhealthySince { get; }

    string Describe { get; }

    /// <summary>Publishes rows of one endpoint to <c>exchange:{endpoint}</c> in one message; waits for the broker's confirm. Throws when that takes longer than 2 s, or on loss of connection.</summary>
    Task Publish(string endpoint, IReadOnlyList<Delivery> rows, CancellationToken cancellationToken);
}
