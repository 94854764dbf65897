using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Incidents.Paging.Channels;

namespace Incidents.Paging.Tests.Conformance;

public sealed class Email_channel(EmailFixture fixture) : ChannelConformance<EmailFixture>(fixture);

/// <summary>A mail server that speaks as much of SMTP as one message needs (RFC 5321, RFC 4954), and behaves as it is told.</summary>
public sealed class EmailFixture : ChannelFixture
{
    private const string Password = "conformance-mail-password";
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private Task accepting = Task.CompletedTask;
    private int asked;
    private int taken;
    private volatile int does;

    internal override int Taken => Volatile.Read(ref taken);
    internal override int Asked => Volatile.Read(ref asked);
    internal override bool CanBeLookedUp => false;
    internal override bool CanNameATime => false;
    internal override IReadOnlyList<string> Secrets { get; } = [Password, Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"\0incidents\0{Password}"))];

    internal override bool Is(ChannelDescriptor descriptor) => descriptor.Vendor == "smtp";

    internal override string Address(int number) => string.Create(CultureInfo.InvariantCulture, $"person{number}@example.com");

    internal override void Does(VendorDoes what) => does = (int)what;

    internal override Task<Dictionary<string, string?>> Settings()
    {
        listener.Start();
        accepting = Accept();
        return Task.FromResult(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Paging:Email:Host"] = "127.0.0.1",
            ["Paging:Email:Port"] = ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture),
            ["Paging:Email:Security"] = "None",
            ["Paging:Email:From"] = "incidents@example.com",
            ["Paging:Email:User"] = "incidents",
            ["Paging:Email:Password"] = Password,
        });
    }

    private async Task Accept()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var client = await listener.AcceptTcpClientAsync(stop.Token);
                _ = Serve(client, (VendorDoes)does);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task Serve(TcpClient client, VendorDoes what)
    {
        using var _ = client;
        Interlocked.Increment(ref asked);
        try
        {
            await using var stream = client.GetStream();
            using var reader = new StreamReader(stream);
            await using var writer = new StreamWriter(stream) { NewLine = "\r\n", AutoFlush = true };
            switch (what)
            {
                case VendorDoes.IsGone:
                    return;
                case VendorDoes.SaysNothing:
                    await reader.ReadToEndAsync(stop.Token);
                    return;
                case VendorDoes.TalksGarbage:
                    await writer.WriteLineAsync("<html>Welcome to the proxy</html>");
                    return;
                case VendorDoes.Fails:
                    await writer.WriteLineAsync("421 4.3.2 closing");
                    return;
            }
            await writer.WriteLineAsync("220 mail.example.com ESMTP");
            while (await reader.ReadLineAsync(stop.Token) is { } line && await Reply(line, what, reader) is { } reply)
                await writer.WriteLineAsync(reply);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The other side left.
        }
    }

    /// <summary>Null: the connection ends without an answer.</summary>
    private async Task<string?> Reply(string line, VendorDoes what, StreamReader reader)
    {
        switch (line.Split(' ', ':')[0])
        {
            case "EHLO":
                return "250-mail.example.com\r\n250-AUTH PLAIN\r\n250 8BITMIME";
            case "AUTH":
                return what == VendorDoes.RefusesCredentials || line != "AUTH PLAIN " + Secrets[1] ? "535 5.7.8 no" : "235 2.7.0 ok";
            case "MAIL":
                return what == VendorDoes.IsBusy ? "450 4.7.28 too many messages" : "250 2.1.0 ok";
            case "RCPT":
                return what == VendorDoes.RefusesTheAddress ? "550 5.1.1 no such mailbox" : "250 2.1.5 ok";
            case "DATA":
                return "354 go on";
            case "QUIT":
                return null;
            default:
                while (line != ".")
                    line = await reader.ReadLineAsync(stop.Token) ?? ".";
                Interlocked.Increment(ref taken);
                return what == VendorDoes.TakesAndLosesTheAnswer ? null : "250 2.0.0 queued";
        }
    }

    private protected override async ValueTask Stop()
    {
        await stop.CancelAsync();
        await accepting;
        listener.Dispose();
        stop.Dispose();
    }
}
