using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Incidents.Kernel;
using Incidents.Persistence.Storage;
using Incidents.Persistence.Transactions;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Incidents.Paging.Channels.Slack.Wire;

/// <summary>
/// <c>X-Slack-Signature</c>: <c>v0=</c> + hex HMAC-SHA256(signing secret, <c>v0:{timestamp}:{raw body}</c>); older than five minutes is refused
/// (docs.slack.dev/authentication/verifying-requests-from-slack).
/// </summary>
internal static class SlackSignature
{
    public const string Header = "X-Slack-Signature";
    public const string TimestampHeader = "X-Slack-Request-Timestamp";
    public static readonly Duration Window = Duration.FromMinutes(5);

    public static string Of(string secret, string timestamp, ReadOnlySpan<byte> body)
    {
        var head = Encoding.UTF8.GetBytes($"v0:{timestamp}:");
        var text = new byte[head.Length + body.Length];
        head.CopyTo(text, 0);
        body.CopyTo(text.AsSpan(head.Length));
        return "v0=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), text));
    }

    public static bool Matches(string given, string secret, string timestamp, ReadOnlySpan<byte> body)
        => secret.Length > 0 && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(Of(secret, timestamp, body)));

    /// <summary>Whether a timestamp (Unix seconds) lies within the window; false for what is no number.</summary>
    public static bool IsFresh(string timestamp, Instant now)
        => long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < 100_000_000_000
            && Duration.FromSeconds(Math.Abs(seconds - now.ToUnixTimeSeconds())) <= Window;
}

/// <summary>
/// Lets only signed, fresh requests through, each once; any failure behind it is 503. A redelivered event is signed anew, so it is no replay: its
/// event id tells that it was here before.
/// </summary>
internal sealed class SignedSlackRequest(IOptions<SlackOptions> options, Clock clock, SeenStore seen, SlackMetrics metrics, ILogger<SignedSlackRequest> logger) : IEndpointFilter
{
    public const int LargestBody = 256 * 1024;
    public const string RetryHeader = "X-Slack-Retry-Num";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (!options.Value.IsConfigured)
            return TypedResults.NotFound();
        if (await SlackBody.Read(http, LargestBody) is not { } body)
            return Refuse(http, "tooLarge", StatusCodes.Status413PayloadTooLarge);
        string given = http.Request.Headers[SlackSignature.Header].ToString(), timestamp = http.Request.Headers[SlackSignature.TimestampHeader].ToString();
        if (!SlackSignature.Matches(given, options.Value.SigningSecret, timestamp, body) && !SlackSignature.Matches(given, options.Value.PreviousSigningSecret, timestamp, body))
            return Refuse(http, "signature", StatusCodes.Status403Forbidden);
        if (!SlackSignature.IsFresh(timestamp, clock.Now))
            return Refuse(http, "stale", StatusCodes.Status403Forbidden);
        try
        {
            // An event that is delivered again within the same second has the same signature; events are known by what they do, not by their request.
            var first = await seen.First("request/" + given, http.RequestAborted);
            if (!first && !(http.Request.Headers.ContainsKey(RetryHeader) && http.Request.Path.StartsWithSegments(SlackEndpoints.Root + "/events", StringComparison.Ordinal)))
                return Refuse(http, "replayed", StatusCodes.Status403Forbidden);
            http.Items[typeof(SlackBody)] = body;
            return await next(context);
        }
        catch (Exception e) when (!http.RequestAborted.IsCancellationRequested)
        {
            Log.CallbackFailed(logger, http.Request.Path, e);
            return TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
    }

    private Microsoft.AspNetCore.Http.HttpResults.StatusCodeHttpResult Refuse(HttpContext http, string why, int status)
    {
        metrics.Refuse(why);
        SlackLog.Refused(logger, http.Request.Path, why);
        return TypedResults.StatusCode(status);
    }
}

/// <summary>The raw bytes of a request: what was signed.</summary>
internal static class SlackBody
{
    /// <summary>Null: larger than <paramref name="limit"/>.</summary>
    public static async Task<byte[]?> Read(HttpContext http, int limit)
    {
        if (http.Request.ContentLength > limit)
            return null;
        using var buffer = new MemoryStream();
        var chunk = new byte[8192];
        int read;
        while ((read = await http.Request.Body.ReadAsync(chunk, http.RequestAborted)) > 0)
        {
            buffer.Write(chunk, 0, read);
            if (buffer.Length > limit)
                return null;
        }
        return buffer.ToArray();
    }

    public static byte[] Of(HttpContext http) => (byte[])http.Items[typeof(SlackBody)]!;

    /// <summary>Fields of a form body.</summary>
    public static Dictionary<string, string> Form(HttpContext http)
    {
        using var reader = new StreamReader(new MemoryStream(Of(http)), Encoding.UTF8);
        var form = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(reader.ReadToEnd());
        return form.ToDictionary(f => f.Key, f => f.Value.ToString(), StringComparer.Ordinal);
    }
}

/// <summary>What was here once. Kept for a day: Slack's own redeliveries end after an hour.</summary>
internal sealed class SeenStore(WorkRunner works)
{
    private static readonly Duration Kept = Duration.FromHours(24);
    private int sinceSweep;

    /// <summary>True for the first who asks with this key, over all processes; in a transaction of its own.</summary>
    public Task<bool> First(string key, CancellationToken cancellationToken) => works.Run(work => First(work, key, cancellationToken), cancellationToken);

    /// <summary>In the caller's transaction: true only if that commits.</summary>
    public async Task<bool> First(Work work, string key, CancellationToken cancellationToken)
    {
        var table = work.Db.IsSqlite ? "paging_slack_seen" : "paging.slack_seen";
        object now = work.Db.IsSqlite ? Instants.ToMicroseconds(work.Now) : work.Now.ToDateTimeUtc();
#pragma warning disable EF1002 // The table's name is ours.
        if (Interlocked.Increment(ref sinceSweep) % 500 == 1)
        {
            object old = work.Db.IsSqlite ? Instants.ToMicroseconds(work.Now - Kept) : (work.Now - Kept).ToDateTimeUtc();
            await work.Db.Database.ExecuteSqlRawAsync($"delete from {table} where at < {{0}}", [old], cancellationToken);
        }
        return await work.Db.Database.ExecuteSqlRawAsync($"insert into {table} (key, at) values ({{0}}, {{1}}) on conflict (key) do nothing", [key, now], cancellationToken) == 1;
#pragma warning restore EF1002
    }
}
