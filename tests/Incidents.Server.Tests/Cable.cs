using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Incidents.Server.Tests;

/// <summary>A TCP connection between a server and what it needs, that a test can cut and mend.</summary>
internal sealed class Cable : IAsyncDisposable
{
    private readonly TcpListener listener;
    private readonly (string Host, int Port) target;
    private readonly ConcurrentDictionary<Socket, bool> open = new();
    private readonly CancellationTokenSource stop = new();
    private volatile bool cut;

    public Cable(string host, int port)
    {
        target = (host, port);
        Port = FreePort.Take();
        listener = new TcpListener(IPAddress.Loopback, Port);
        listener.Start();
        _ = Accept();
    }

    public int Port { get; }

    /// <summary>Ends every connection and takes no new one.</summary>
    public void Cut()
    {
        cut = true;
        foreach (var socket in open.Keys)
            socket.Dispose();
        open.Clear();
    }

    public void Mend() => cut = false;

    public ValueTask DisposeAsync()
    {
        stop.Cancel();
        Cut();
        listener.Dispose();
        stop.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                var near = await listener.AcceptSocketAsync(stop.Token);
                if (cut)
                    near.Dispose();
                else
                    _ = Join(near);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task Join(Socket near)
    {
        using var far = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        near.NoDelay = true;
        open[near] = open[far] = true;
        try
        {
            await far.ConnectAsync(target.Host, target.Port, stop.Token);
            await Task.WhenAny(Copy(near, far), Copy(far, near));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // One end is gone; the other follows.
        }
        open.TryRemove(near, out _);
        open.TryRemove(far, out _);
        near.Dispose();
    }

    private async Task Copy(Socket from, Socket to)
    {
        var buffer = new byte[16384];
        try
        {
            int n;
            while ((n = await from.ReceiveAsync(buffer, stop.Token)) > 0)
                await to.SendAsync(buffer.AsMemory(0, n), stop.Token);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Cut.
        }
    }
}
