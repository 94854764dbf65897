using System.Net;
using System.Net.Sockets;

namespace Incidents.Simulator;

/// <summary>
/// The port at which simulated mail arrives, taken before anything is built so that the application can be told where it is. On loopback only.
/// </summary>
public sealed class MailListener : IDisposable
{
    private MailListener(TcpListener listener) => Listener = listener;

    /// <summary>Where to hand mail in by SMTP, in plain text and without signing in.</summary>
    public int Port => ((IPEndPoint)Listener.LocalEndpoint).Port;

    internal TcpListener Listener { get; }

    /// <param name="port">0: any that is free.</param>
    /// <exception cref="SocketException">The port is taken.</exception>
    public static MailListener Open(int port = 0)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        return new MailListener(listener);
    }

    public void Dispose() => Listener.Dispose();
}
