using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Incidents.Simulator.Slack;

/// <summary>What the application answered; <paramref name="Status"/> 0: not in time, or not at all.</summary>
internal sealed record SlackAnswer(int Status, string MediaType, string Body)
{
    public bool Ok => Status is >= 200 and < 300;
}

/// <summary>A request as it went out, so that it can be sent again byte for byte.</summary>
internal sealed record SentRequest(string Path, string ContentType, string Body, string Timestamp, string Signature);

/// <summary>
/// Signed requests to the application: <c>X-Slack-Signature</c> = <c>v0=</c> + hex HMAC-SHA256(signing secret, <c>v0:{timestamp}:{raw body}</c>)
/// (docs.slack.dev/authentication/verifying-requests-from-slack). The vendor waits three seconds.
/// </summary>
internal sealed class SlackRequests(IOptions<SimulatorOptions> options, PublicAddress address, Counters counters, TimeProvider time, ILogger<SlackRequests> log) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        ActivityHeadersPropagator = null,
        ConnectTimeout = TimeSpan.FromSeconds(3),
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        UseCookies = false,
        UseProxy = false,
    })
    { MaxResponseContentBufferSize = 256 * 1024, Timeout = Timeout.InfiniteTimeSpan };

    private SentRequest? _last;

    /// <summary>The last request that was sent, for replaying it.</summary>
    public SentRequest? Last => Volatile.Read(ref _last);

    public Task<SlackAnswer> Form(string path, IEnumerable<KeyValuePair<string, string>> form, CancellationToken cancellationToken)
    {
        var body = string.Join('&', form.Select(f => $"{Uri.EscapeDataString(f.Key)}={Uri.EscapeDataString(f.Value)}"));
        return Send(Sign(path, "application/x-www-form-urlencoded", body), null, null, cancellationToken);
    }

    public Task<SlackAnswer> Json(string path, string body, int? retry, string? reason, CancellationToken cancellationToken)
        => Send(Sign(path, "application/json", body), retry, reason, cancellationToken);

    /// <summary>Sends bytes, timestamp and signature as they are.</summary>
    public async Task<SlackAnswer> Send(SentRequest sent, int? retry, string? reason, CancellationToken cancellationToken)
    {
        Volatile.Write(ref _last, sent);
        counters.CallbackSent();
        using var patience = new CancellationTokenSource(options.Value.SlackPatience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Post, address.Resolve(options.Value.SlackCallbacks.TrimEnd('/') + sent.Path));
        // The vendor names no character set, and its own framework takes none.
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(sent.Body)) { Headers = { ContentType = new(sent.ContentType) } };
        request.Headers.Add("X-Slack-Request-Timestamp", sent.Timestamp);
        request.Headers.Add("X-Slack-Signature", sent.Signature);
        request.Headers.TryAddWithoutValidation("User-Agent", "Slackbot 1.0 (+https://api.slack.com/robots)");
        if (retry is { } number)
        {
            request.Headers.Add("X-Slack-Retry-Num", number.ToString(CultureInfo.InvariantCulture));
            request.Headers.Add("X-Slack-Retry-Reason", reason ?? "http_error");
        }
        try
        {
            using var response = await _http.SendAsync(request, both.Token);
            var answer = new SlackAnswer((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType ?? "", await response.Content.ReadAsStringAsync(both.Token));
            return answer.Ok ? answer : Failed(sent.Path, answer, response.StatusCode.ToString());
        }
        catch (HttpRequestException e)
        {
            return Failed(sent.Path, new SlackAnswer(0, "", ""), e.Message);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            return Failed(sent.Path, new SlackAnswer(0, "", ""), "no answer in time");
        }
    }

    public static string Signature(string secret, string timestamp, string body)
        => "v0=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"v0:{timestamp}:{body}")));

    public void Dispose() => _http.Dispose();

    private SentRequest Sign(string path, string type, string body)
    {
        var timestamp = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return new SentRequest(path, type, body, timestamp, Signature(options.Value.SlackSigningSecret, timestamp, body));
    }

    private SlackAnswer Failed(string path, SlackAnswer answer, string why)
    {
        counters.CallbackFailed();
        Log.CallbackFailed(log, options.Value.SlackCallbacks + path, answer.Status, why);
        return answer;
    }
}
