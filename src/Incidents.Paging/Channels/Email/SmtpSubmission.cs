using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Incidents.Paging.Model;

namespace Incidents.Paging.Channels.Email;

/// <summary>Where a conversation with the server stood when it answered.</summary>
internal enum SmtpStage { Greeting, Hello, Tls, SignIn, Sender, Recipient, Data, Message }

/// <summary>A server's answer: three digits, an enhanced status where it gives one (RFC 3463, <c>5.1.1</c>), and what it says.</summary>
internal sealed record SmtpReply(SmtpStage Stage, int Code, string? Enhanced, string Text)
{
    public bool IsGood => Code is >= 200 and < 400;
}

/// <summary>The server broke the protocol, or will not protect the connection.</summary>
internal sealed class SmtpException(Reason reason, string message) : Exception(message)
{
    public Reason Reason { get; } = reason;
}

/// <summary>
/// Hands one message to an SMTP server (RFC 5321; STARTTLS RFC 3207, AUTH RFC 4954, submission RFC 6409): one connection a message, one command at a time.
/// Nothing but EHLO and STARTTLS is said before TLS stands, and nothing that came before it counts after. A mail library would replace this one file.
/// </summary>
internal static class SmtpSubmission
{
    private const int LongestLine = 4096;
    private const int MostLines = 128;

    /// <summary>
    /// The answer to the message, or the first refusal. <paramref name="message"/> has CRLF line ends and no line over 998 bytes.
    /// Throws <see cref="SmtpException"/>, <see cref="IOException"/>, <see cref="SocketException"/>, <see cref="AuthenticationException"/>, and on cancellation.
    /// </summary>
    public static async Task<SmtpReply> Deliver(EmailOptions options, string from, string to, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        foreach (var address in new[] { from, to })
        {
            if (address.AsSpan().IndexOfAny("<>\r\n\0 ") >= 0)
                throw new ArgumentException("An address with a character that would end it.", nameof(to));
        }
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(options.Host, options.Port, cancellationToken);
        await using var line = new Line(new NetworkStream(socket, ownsSocket: false));
        if (options.Security == EmailSecurity.ImplicitTls)
            await line.Protect(options, cancellationToken);
        var greeting = await line.Read(SmtpStage.Greeting, cancellationToken);
        if (!greeting.IsGood)
            return greeting;

        var hello = "EHLO " + Name((IPEndPoint)socket.LocalEndPoint!);
        var offers = await line.Ask(hello, SmtpStage.Hello, cancellationToken);
        if (!offers.IsGood)
            return offers;
        if (options.Security == EmailSecurity.StartTls)
        {
            if (!Offers(offers, "STARTTLS"))
                throw new SmtpException(Reason.Unauthorized, "the server does not offer STARTTLS");
            var ready = await line.Ask("STARTTLS", SmtpStage.Tls, cancellationToken);
            if (!ready.IsGood)
                return ready;
            await line.Protect(options, cancellationToken);
            offers = await line.Ask(hello, SmtpStage.Hello, cancellationToken);
            if (!offers.IsGood)
                return offers;
        }
        if (options.User.Length > 0 && await SignIn(line, offers, options, cancellationToken) is { IsGood: false } refused)
            return refused;

        var international = !to.All(char.IsAscii);
        if (international && !Offers(offers, "SMTPUTF8"))
            return new SmtpReply(SmtpStage.Recipient, 553, "5.6.7", "the server does not offer SMTPUTF8");
        var reply = await line.Ask($"MAIL FROM:<{from}>{(international ? " BODY=8BITMIME SMTPUTF8" : "")}", SmtpStage.Sender, cancellationToken);
        if (reply.IsGood)
            reply = await line.Ask($"RCPT TO:<{to}>", SmtpStage.Recipient, cancellationToken);
        if (reply.IsGood)
        {
            reply = await line.Ask("DATA", SmtpStage.Data, cancellationToken);
            if (reply.Code == 354)
                reply = await line.Write(message, cancellationToken);
            else if (reply.IsGood)
                throw new SmtpException(Reason.VendorError, $"the server answered DATA with {reply.Code}");
        }
        await line.Leave(cancellationToken);
        return reply;
    }

    private static async Task<SmtpReply> SignIn(Line line, SmtpReply offers, EmailOptions options, CancellationToken cancellationToken)
    {
        if (Offers(offers, "AUTH", "PLAIN"))
            return await line.Ask("AUTH PLAIN " + Base64($"\0{options.User}\0{options.Password}"), SmtpStage.SignIn, cancellationToken);
        if (!Offers(offers, "AUTH", "LOGIN"))
            throw new SmtpException(Reason.Unauthorized, "the server offers neither AUTH PLAIN nor AUTH LOGIN");
        var reply = await line.Ask("AUTH LOGIN", SmtpStage.SignIn, cancellationToken);
        if (reply.Code == 334)
            reply = await line.Ask(Base64(options.User), SmtpStage.SignIn, cancellationToken);
        return reply.Code == 334 ? await line.Ask(Base64(options.Password), SmtpStage.SignIn, cancellationToken) : reply;
    }

    private static bool Offers(SmtpReply hello, string extension, string? parameter = null) => hello.Text.Split('\n').Skip(1).Any(offer =>
    {
        var words = offer.Split([' ', '='], StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 0 && words[0].Equals(extension, StringComparison.OrdinalIgnoreCase)
            && (parameter is null || words.Skip(1).Contains(parameter, StringComparer.OrdinalIgnoreCase));
    });

    /// <summary>An address literal: what is always true of us (RFC 5321 §4.1.3).</summary>
    private static string Name(IPEndPoint local)
    {
        var ip = local.Address.IsIPv4MappedToIPv6 ? local.Address.MapToIPv4() : local.Address;
        return ip.AddressFamily == AddressFamily.InterNetworkV6 ? $"[IPv6:{new IPAddress(ip.GetAddressBytes())}]" : $"[{ip}]";
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    /// <summary>The connection, read and written by lines.</summary>
    private sealed class Line(Stream stream) : IAsyncDisposable
    {
        private readonly byte[] buffer = new byte[LongestLine];
        private Stream stream = stream;
        private int start;
        private int end;

        public async Task Protect(EmailOptions options, CancellationToken cancellationToken)
        {
            // What came in the clear behind the server's "ready" may be anybody's.
            if (start != end)
                throw new SmtpException(Reason.VendorError, "the server spoke on before TLS stood");
            var tls = new SslStream(stream, leaveInnerStreamOpen: false);
            stream = tls;
            var settings = new SslClientAuthenticationOptions { TargetHost = options.Host, EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13 };
            if (options is { AllowInvalidCertificate: true, IsLoopback: true })
                settings.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
            await tls.AuthenticateAsClientAsync(settings, cancellationToken);
        }

        public async Task<SmtpReply> Ask(string command, SmtpStage stage, CancellationToken cancellationToken)
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(command + "\r\n"), cancellationToken);
            return await Read(stage, cancellationToken);
        }

        /// <summary>The message with its dots doubled at the beginning of lines, and the final dot.</summary>
        public async Task<SmtpReply> Write(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
        {
            using var stuffed = new MemoryStream(message.Length + 64);
            var fresh = true;
            foreach (var b in message.Span)
            {
                if (fresh && b == (byte)'.')
                    stuffed.WriteByte((byte)'.');
                stuffed.WriteByte(b);
                fresh = b == (byte)'\n';
            }
            stuffed.Write(fresh ? ".\r\n"u8 : "\r\n.\r\n"u8);
            await stream.WriteAsync(stuffed.GetBuffer().AsMemory(0, (int)stuffed.Length), cancellationToken);
            return await Read(SmtpStage.Message, cancellationToken);
        }

        public async Task<SmtpReply> Read(SmtpStage stage, CancellationToken cancellationToken)
        {
            var text = new StringBuilder();
            for (var lines = 0; lines < MostLines; lines++)
            {
                var read = await ReadLine(cancellationToken);
                if (read.Length < 3 || !int.TryParse(read.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var code) || code is < 200 or > 599 || (read.Length > 3 && read[3] is not (' ' or '-')))
                    throw new SmtpException(Reason.VendorError, "the server does not speak SMTP");
                text.Append(text.Length > 0 ? "\n" : "").Append(read.Length > 4 ? read[4..] : "");
                if (read.Length == 3 || read[3] == ' ')
                {
                    var said = text.ToString();
                    return new SmtpReply(stage, code, Status(said), said);
                }
            }
            throw new SmtpException(Reason.VendorError, "the server's answer has no end");
        }

        /// <summary>A farewell that nobody waits for: the message is the server's already.</summary>
        public async Task Leave(CancellationToken cancellationToken)
        {
            try
            {
                await stream.WriteAsync("QUIT\r\n"u8.ToArray(), cancellationToken);
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
            {
                // What counted was answered before.
            }
        }

        private async Task<string> ReadLine(CancellationToken cancellationToken)
        {
            while (true)
            {
                var found = buffer.AsSpan(start, end - start).IndexOf((byte)'\n');
                if (found >= 0)
                {
                    var line = Encoding.UTF8.GetString(buffer, start, found).TrimEnd('\r');
                    start += found + 1;
                    if (start == end)
                        start = end = 0;
                    return line;
                }
                if (start > 0)
                {
                    buffer.AsSpan(start, end - start).CopyTo(buffer);
                    (start, end) = (0, end - start);
                }
                if (end == buffer.Length)
                    throw new SmtpException(Reason.VendorError, "the server's line has no end");
                var count = await stream.ReadAsync(buffer.AsMemory(end), cancellationToken);
                if (count == 0)
                    throw new IOException("The mail server closed the connection.");
                end += count;
            }
        }

        private static string? Status(string text)
        {
            var word = text.AsSpan(0, text.AsSpan().IndexOfAny(' ', '\n') is var i and >= 0 ? i : text.Length);
            var dots = 0;
            foreach (var c in word)
            {
                if (c == '.')
                    dots++;
                else if (!char.IsAsciiDigit(c))
                    return null;
            }
            return dots == 2 && word.Length is >= 5 and <= 9 ? word.ToString() : null;
        }

        public ValueTask DisposeAsync() => stream.DisposeAsync();
    }
}
