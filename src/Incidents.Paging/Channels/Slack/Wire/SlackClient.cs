using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Incidents.Kernel;
using Incidents.Paging.Model;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Incidents.Paging.Channels.Slack.Wire;

/// <summary>
/// What the Web API answered. <paramref name="Code"/>: Slack's error; empty when there was no answer to read. <paramref name="Reason"/> None: it went well.
/// </summary>
internal sealed record SlackReply(JsonElement Body, string Code, Reason Reason, Duration? RetryAfter)
{
    public bool Ok => Reason == Reason.None;

    /// <summary>It will not go well later either.</summary>
    public bool Permanent => Reason is Reason.Undeliverable or Reason.NotPermitted or Reason.Rejected or Reason.InvalidNumber;

    /// <summary>Slack may have done it without our knowing.</summary>
    public bool MayHaveArrived => Reasons.MayHaveArrived(Reason);

    /// <summary>A string at a path of properties; null when there is none.</summary>
    public string? Text(params string[] path) => Body.Text(path);
}

/// <summary>Calls methods of Slack's Web API (docs.slack.dev/reference/methods). The vendor's SDK would replace this file and <see cref="SlackApi"/>.</summary>
internal sealed class SlackClient : IDisposable
{
    public const string Vendor = "slack";

    private readonly SlackOptions options;
    private readonly PagingMetrics metrics;
    private readonly TimeProvider time;
    private readonly HttpClient http;
    private readonly string root;

    public SlackClient(IOptions<SlackOptions> options, PagingMetrics metrics, Clock clock)
    {
        this.options = options.Value;
        this.metrics = metrics;
        time = clock.Provider;
        root = this.options.ApiBaseUrl.TrimEnd('/') + "/";
        http = new HttpClient(new SocketsHttpHandler
        {
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxConnectionsPerServer = 32,
            ConnectTimeout = this.options.Timeout,
            AllowAutoRedirect = false,
        })
        { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = 4 << 20 };
    }

    public bool IsConfigured => options.IsConfigured;

    /// <summary>A method that changes something; arguments as JSON.</summary>
    public Task<SlackReply> Post(string method, JsonObject arguments, CancellationToken cancellationToken)
        => Call(root + method, JsonContent.Create(arguments, new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" }), withToken: true, cancellationToken);

    /// <summary>A method that reads; those take no JSON.</summary>
    public Task<SlackReply> Read(string method, CancellationToken cancellationToken, params (string Name, string Value)[] arguments)
        => Call(root + method, new FormUrlEncodedContent(arguments.Select(a => new KeyValuePair<string, string>(a.Name, a.Value))), withToken: true, cancellationToken);

    /// <summary>Answers through a response URL, which carries its own right.</summary>
    public Task<SlackReply> Respond(string url, JsonObject message, CancellationToken cancellationToken)
        => Call(url, JsonContent.Create(message), withToken: false, cancellationToken);

    private async Task<SlackReply> Call(string url, HttpContent content, bool withToken, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.Timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = content };
        if (withToken)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.BotToken);
        var started = time.GetTimestamp();
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseContentRead, both.Token);
            return withToken ? await Understand(response, both.Token) : Plain(response);
        }
        catch (Exception e) when (Failure(e, cancellationToken) is { } reason)
        {
            return new SlackReply(default, "", reason, null);
        }
        finally
        {
            metrics.VendorTime.Record(time.GetElapsedTime(started).TotalSeconds, new KeyValuePair<string, object?>("vendor", Vendor));
        }
    }

    private async Task<SlackReply> Understand(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (NotOk(response) is { } refused)
            return refused;
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var json = await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken);
        var answer = json.RootElement.Clone();
        if (answer.At("ok").ValueKind == JsonValueKind.True)
            return new SlackReply(answer, "", Reason.None, null);
        var code = answer.Text("error") ?? "unknown_error";
        return new SlackReply(answer, code, SlackErrors.ReasonOf(code), RetryAfter(response));
    }

    private SlackReply Plain(HttpResponseMessage response) => NotOk(response) ?? new SlackReply(default, "", Reason.None, null);

    private SlackReply? NotOk(HttpResponseMessage response) => (int)response.StatusCode switch
    {
        >= 200 and < 300 => null,
        429 => new SlackReply(default, "ratelimited", Reason.RateLimited, RetryAfter(response) ?? Duration.FromSeconds(1)),
        >= 500 => new SlackReply(default, "", Reason.VendorError, RetryAfter(response)),
        401 or 403 => new SlackReply(default, "", Reason.Unauthorized, null),
        408 => new SlackReply(default, "", Reason.VendorTimeout, null),
        _ => new SlackReply(default, "", Reason.Rejected, null),
    };

    private Duration? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => Duration.FromTimeSpan(delta),
        { Date: { } date } => Instant.FromDateTimeOffset(date) - Instant.FromDateTimeOffset(time.GetUtcNow()),
        _ => null,
    };

    /// <summary>Null: not the vendor's failure (we are stopping, or a bug).</summary>
    private static Reason? Failure(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        OperationCanceledException => cancellationToken.IsCancellationRequested ? null : Reason.VendorTimeout,
        HttpRequestException or IOException => Reason.VendorUnreachable,
        JsonException => Reason.VendorError,
        _ => null,
    };

    public void Dispose() => http.Dispose();
}

/// <summary>Slack's error codes (listed with each method) that mean something to us.</summary>
internal static class SlackErrors
{
    public static Reason ReasonOf(string code) => code switch
    {
        "ratelimited" or "rate_limited" or "message_limit_exceeded" => Reason.RateLimited,
        "internal_error" or "fatal_error" or "service_unavailable" or "request_timeout" or "team_added_to_org" => Reason.VendorError,
        "not_authed" or "invalid_auth" or "account_inactive" or "token_revoked" or "token_expired" or "missing_scope" or "no_permission" or "org_login_required"
            or "ekm_access_denied" or "access_denied" or "not_allowed_token_type" or "team_access_not_granted" => Reason.Unauthorized,
        "channel_not_found" or "user_not_found" or "users_not_found" or "user_not_visible" or "user_disabled" or "user_not_in_channel" => Reason.Undeliverable,
        "cannot_dm_bot" or "messages_tab_disabled" or "restricted_action" or "not_in_channel" or "is_archived" => Reason.NotPermitted,
        _ => Reason.Rejected,
    };
}

internal static class JsonReading
{
    public static string? Text(this JsonElement element, params ReadOnlySpan<string> path)
        => element.At(path) is { ValueKind: JsonValueKind.String } found ? found.GetString() : null;

    /// <summary>What stands at a path of properties; undefined when there is nothing.</summary>
    public static JsonElement At(this JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
                return default;
        }
        return element;
    }

    public static IEnumerable<JsonElement> Items(this JsonElement element) => element.ValueKind == JsonValueKind.Array ? element.EnumerateArray() : [];
}
