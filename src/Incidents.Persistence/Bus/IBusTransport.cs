namespace Incidents.Persistence.Bus;

/// <summary>The wire itself, believed in nothing: <see cref="BusLink"/> judges it by what it does.</summary>
internal interface IBusTransport
{
    /// <summary>What the transport says of itself: connected, and the endpoints of this process attached.</summary>
    bool IsReady { get; }

    /// <summary>Its name, for people.</summary>
    string Describe { get; }

    /// <summary>Sends to <c>exchange:{endpoint}</c> and waits for the broker's confirm, however long that takes.</summary>
    Task Send(string endpoint, Envelope envelope, CancellationToken cancellationToken);
}
