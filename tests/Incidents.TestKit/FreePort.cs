using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Incidents.TestKit;

/// <summary>
/// Free loopback ports below 32768, out of the range from which outgoing connections take theirs: a server that is
/// killed and started again must not find its port taken.
/// </summary>
public static class FreePort
{
    private static readonly ConcurrentDictionary<int, bool> Given = new();

    /// <param name="run">How many consecutive free ports are wanted, at least 1; the first is returned.</param>
    public static int Take(int run = 1)
    {
        for (var attempt = 0; attempt < 1000; attempt++)
        {
            var first = Random.Shared.Next(20_000, 32_700 - run);
            if (Enumerable.Range(first, run).All(port => !Given.ContainsKey(port) && IsFree(port)) && Given.TryAdd(first, true))
            {
                for (var port = first + 1; port < first + run; port++) Given.TryAdd(port, true);
                return first;
            }
        }

        throw new InvalidOperationException("No free port between 20000 and 32700.");
    }

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
