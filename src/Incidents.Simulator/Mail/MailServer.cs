using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Incidents.Simulator.Mail;

/// <summary>As much of an SMTP server (RFC 5321) as a sender needs; whatever arrives goes into the mailbox and nowhere else.</summary>
internal sealed class MailServer(IOptions<SimulatorOptions> options, Mailbox mailbox, ILogger<MailServer> logger) : BackgroundService
{
    private const int LongestLine = 4096;
    private const int LargestMessage = 1 << 20;
    private const int MostAtOnce = 100;

    private readonly SemaphoreSlim room = new(MostAtOnce);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.Mail is not { } mail) return;
        using (mail)
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                try
                {
                    await room.WaitAsync(stoppingToken);
                    _ = ServeAsync(await mail.Listener.AcceptTcpClientAsync(stoppingToken), stoppingToken);
                }
                catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
                {
                    return;
                }
                catch (SocketException e)
                {
                    room.Release();
                    Log.MailBrokeOff(logger, e);
                }
            }
        }
    }

    private async Task ServeAsync(TcpClient client, CancellationToken stoppingToken)
    {
        try
        {
            using var connection = client;
            client.NoDelay = true;
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            limit.CancelAfter(TimeSpan.FromMinutes(2));
            await new Conversation(client.GetStream(), mailbox).RunAsync(limit.Token);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            // The sender went away, or took too long.
        }
        catch (Exception e)
        {
            Log.MailBrokeOff(logger, e);
        }
        finally
        {
            room.Release();
        }
    }

    private sealed class Conversation(NetworkStream stream, Mailbox mailbox)
    {
        private readonly BufferedStream input = new(stream, 16_384);
        private string? from;
        private readonly List<string> to = [];

        public async Task RunAsync(CancellationToken ct)
        {
            await SayAsync("220 simulator ESMTP: mail ends here", ct);
            while (await ReadLineAsync(LongestLine, ct) is { } bytes)
            {
                var line = Encoding.UTF8.GetString(bytes);
                var verb = line.Split(' ')[0].ToUpperInvariant();
                if (verb == "QUIT")
                {
                    await SayAsync("221 2.0.0 Bye", ct);
                    return;
                }
                if (verb == "DATA" && from is not null && to.Count > 0)
                {
                    if (!await TakeAsync(ct)) return;
                }
                else
                {
                    await SayAsync(Answer(verb, line), ct);
                }
            }
        }

        private string Answer(string verb, string line)
        {
            switch (verb)
            {
                case "EHLO":
                    return $"250-simulator\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250-ENHANCEDSTATUSCODES\r\n250 SIZE {LargestMessage}";
                case "HELO":
                    return "250 simulator";
                case "NOOP":
                    return "250 2.0.0 OK";
                case "RSET":
                    (from, _) = (null, to.RemoveAll(_ => true));
                    return "250 2.0.0 OK";
                case "MAIL" when Address(line, "MAIL FROM:") is { } sender:
                    from = sender;
                    return "250 2.1.0 OK";
                case "RCPT" when from is not null && Address(line, "RCPT TO:") is { Length: > 0 } recipient:
                    var answer = mailbox.Answer(recipient);
                    if (answer[0] == '2') to.Add(recipient);
                    return answer;
                case "MAIL" or "RCPT" or "DATA":
                    return "503 5.5.1 Not now";
                default:
                    return "502 5.5.2 Not known here";
            }
        }

        /// <summary>False: the connection is to be broken.</summary>
        private async Task<bool> TakeAsync(CancellationToken ct)
        {
            await SayAsync("354 Go on, end with a dot", ct);
            using var message = new MemoryStream();
            while (true)
            {
                if (await ReadLineAsync(LargestMessage, ct) is not { } line) return false;
                if (line is [(byte)'.']) break;
                if (message.Length + line.Length > LargestMessage)
                {
                    await SayAsync("552 5.3.4 Too large", ct);
                    return false;
                }
                message.Write(line is [(byte)'.', ..] ? line.AsSpan(1) : line);
                message.Write("\r\n"u8);
            }
            foreach (var recipient in to) mailbox.Add(from!, recipient, message.ToArray());
            (from, _) = (null, to.RemoveAll(_ => true));
            if (mailbox.TakeDrop()) return false;
            await SayAsync("250 2.0.0 In the mailbox", ct);
            return true;
        }

        private static string? Address(string line, string command)
        {
            if (!line.StartsWith(command, StringComparison.OrdinalIgnoreCase)) return null;
            var (open, close) = (line.IndexOf('<', StringComparison.Ordinal), line.IndexOf('>', StringComparison.Ordinal));
            return open >= 0 && close > open ? line[(open + 1)..close] : null;
        }

        /// <summary>Without its line end; null at the end of the stream.</summary>
        private async Task<byte[]?> ReadLineAsync(int longest, CancellationToken ct)
        {
            using var line = new MemoryStream();
            var one = new byte[1];
            while (await input.ReadAsync(one, ct) == 1)
            {
                if (one[0] == (byte)'\n')
                {
                    var bytes = line.ToArray();
                    return bytes is [.., (byte)'\r'] ? bytes[..^1] : bytes;
                }
                if (line.Length >= longest) throw new IOException("A line has no end.");
                line.WriteByte(one[0]);
            }
            return null;
        }

        private ValueTask SayAsync(string text, CancellationToken ct) => stream.WriteAsync(Encoding.UTF8.GetBytes(text + "\r\n"), ct);
    }
}
