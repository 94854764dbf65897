using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Text;
using Incidents.Kernel;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Incidents.Paging.Webhooks;

/// <summary>What came of one try.</summary>
internal sealed record Tried(DeliveryError Error, int? Status, string? Answer, int Milliseconds)
{
    public bool IsGood => Error == DeliveryError.None;
}

/// <summary>What is sent: the secrets sign in this order.</summary>
internal sealed record Parcel(Guid Delivery, string Url, IReadOnlyList<string> Secrets, string Type, string Body, int Try);

/// <summary>Posts one event. Redirects are not followed, private addresses not connected to, and of the answer only its beginning is read.</summary>
internal sealed class WebhookSender : IDisposable
{
    private const int KeptAnswer = 2048;

    private readonly WebhookOptions options;
    private readonly IReadOnlyList<IPNetwork> allowed;
    private readonly Clock clock;
    private readonly PagingMetrics metrics;
    private readonly HttpClient http;

    public WebhookSender(IOptions<WebhookOptions> options, Clock clock, PagingMetrics metrics)
    {
        this.options = options.Value;
        this.clock = clock;
        this.metrics = metrics;
        allowed = WebhookOptions.Networks(this.options.AllowedNetworks) ?? [];
        http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            MaxResponseHeadersLength = 32,
            ConnectCallback = Connect,
        })
        { Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("Incidents", "1"));
    }

    /// <summary>Never throws but on cancellation.</summary>
    public async Task<Tried> Send(Parcel parcel, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.Timeout, clock.Provider);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var started = clock.Provider.GetTimestamp();
        int Took() => (int)Math.Min(int.MaxValue, clock.Provider.GetElapsedTime(started).TotalMilliseconds);
        try
        {
            using var request = Request(parcel);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token);
            var answer = await Beginning(response, both.Token);
            var status = (int)response.StatusCode;
            var error = status switch
            {
                >= 200 and < 300 => DeliveryError.None,
                >= 300 and < 400 => DeliveryError.Redirect,
                410 => DeliveryError.Gone,
                _ => DeliveryError.Status,
            };
            return new Tried(error, status, answer, Took());
        }
        catch (Exception e) when (Failure(e, cancellationToken) is { } error)
        {
            return new Tried(error, null, null, Took());
        }
        finally
        {
            metrics.WebhookTime.Record(clock.Provider.GetElapsedTime(started).TotalSeconds);
        }
    }

    private HttpRequestMessage Request(Parcel parcel)
    {
        var body = Encoding.UTF8.GetBytes(parcel.Body);
        var timestamp = clock.Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var request = new HttpRequestMessage(HttpMethod.Post, parcel.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" };
        request.Headers.Add("X-Incidents-Timestamp", timestamp);
        request.Headers.Add("X-Incidents-Signature", string.Join(",", parcel.Secrets.Select(s => "v1=" + Sign(s, timestamp, body))));
        request.Headers.Add("X-Incidents-Delivery", parcel.Delivery.ToString());
        request.Headers.Add("X-Incidents-Event", parcel.Type);
        request.Headers.Add("X-Incidents-Attempt", parcel.Try.ToString(CultureInfo.InvariantCulture));
        return request;
    }

    /// <summary>Lower-case hex of HMAC-SHA256 over <c>timestamp.body</c>.</summary>
    internal static string Sign(string secret, string timestamp, byte[] body)
        => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), (byte[])[.. Encoding.ASCII.GetBytes(timestamp), (byte)'.', .. body]));

    private static async Task<string> Beginning(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var bytes = new byte[KeptAnswer];
        var length = await stream.ReadAtLeastAsync(bytes, KeptAnswer, throwOnEndOfStream: false, cancellationToken);
        var text = Encoding.UTF8.GetString(bytes, 0, length).TrimEnd('\uFFFD');
        return string.Concat(text.Select(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t') ? ' ' : c));
    }

    /// <summary>Looks the name up and connects to what it found, so that nothing can change between the check and the connection.</summary>
    private async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var found = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellationToken);
        var good = found.Where(a => PublicNetwork.MayReach(a, allowed)).ToArray();
        if (good.Length == 0)
            throw found.Length == 0 ? new SocketException((int)SocketError.HostNotFound) : new ForbiddenAddressException();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(good, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Null: not the receiver's failure (we are stopping, or a bug).</summary>
    private static DeliveryError? Failure(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        OperationCanceledException => cancellationToken.IsCancellationRequested ? null : DeliveryError.Timeout,
        HttpRequestException { InnerException: ForbiddenAddressException } or ForbiddenAddressException => DeliveryError.ForbiddenAddress,
        HttpRequestException { InnerException: AuthenticationException } => DeliveryError.Tls,
        HttpRequestException or IOException or SocketException => DeliveryError.Unreachable,
        _ => null,
    };

    public void Dispose() => http.Dispose();

    private sealed class ForbiddenAddressException() : IOException("The address is in a private network.");
}
