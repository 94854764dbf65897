using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Incidents.Kernel;
using Incidents.Paging.Model;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Incidents.Paging.Channels.Twilio;

/// <summary>One call or message as the vendor lists it.</summary>
internal sealed record TwilioRecord(string Sid, string? To, string? From, string? Body, string? Status, Instant? CreatedAt);

/// <summary>The few requests of Twilio's HTTP API that paging needs. The vendor's SDK would replace this one file.</summary>
internal sealed class TwilioClient : IDisposable
{
    public const string Vendor = "twilio";

    private readonly TwilioAccountOptions options;
    private readonly PagingMetrics metrics;
    private readonly TimeProvider time;
    private readonly HttpClient http;
    private readonly string account;

    public TwilioClient(TwilioAccountOptions options, PagingMetrics metrics, Clock clock)
    {
        this.options = options;
        this.metrics = metrics;
        time = clock.Provider;
        http = new HttpClient(new SocketsHttpHandler
        {
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxConnectionsPerServer = this.options.Concurrency,
            ConnectTimeout = this.options.Timeout,
            AllowAutoRedirect = false,
        })
        { Timeout = System.Threading.Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes($"{this.options.AccountSid}:{this.options.AuthToken}")));
        account = $"{this.options.ApiBaseUrl.TrimEnd('/')}/2010-04-01/Accounts/{this.options.AccountSid}/";
    }

    public bool IsConfigured => options.IsConfigured;
    public string From => options.From;

    /// <summary>The account as a vendor of its own: name, name in a sentence, what may be asked of it.</summary>
    public string Name => options.Vendor;
    public string VendorName => options.VendorName;
    public Vendors.VendorLimits Limits => options.Limits;

    /// <summary>Creates a call (<c>Calls.json</c>) or a message (<c>Messages.json</c>).</summary>
    public async Task<Answer> Create(string resource, IReadOnlyList<KeyValuePair<string, string>> form, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await Ask(HttpMethod.Post, resource, form, cancellationToken);
            return await Read(response, cancellationToken);
        }
        catch (Exception e) when (Failure(e, cancellationToken) is { } reason)
        {
            return new Answer.Deferred(reason, null);
        }
    }

    /// <summary>The newest of a resource (a thousand, the vendor's largest page) that went to a number; null when the vendor could not be asked.</summary>
    public async Task<IReadOnlyList<TwilioRecord>?> List(string resource, string to, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await Ask(HttpMethod.Get, $"{resource}?To={Uri.EscapeDataString(to)}&From={Uri.EscapeDataString(From)}&PageSize=1000", null, cancellationToken);
            if (!response.IsSuccessStatusCode)
                return null;
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            using var json = await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken);
            var list = json.RootElement.EnumerateObject().FirstOrDefault(p => p.Value.ValueKind == JsonValueKind.Array).Value;
            return list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray().Select(Record)] : [];
        }
        catch (Exception e) when (Failure(e, cancellationToken) is not null)
        {
            return null;
        }
    }

    /// <summary>One resource by its path (<c>Calls/CA….json</c>); null when the vendor could not be asked.</summary>
    public async Task<VendorStatus?> Get(string path, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await Ask(HttpMethod.Get, path, null, cancellationToken);
            if (response.StatusCode == HttpStatusCode.NotFound)
                return new VendorStatus(false, "");
            if (!response.IsSuccessStatusCode)
                return null;
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            using var json = await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken);
            var status = Record(json.RootElement).Status ?? "";
            return new VendorStatus(true, status == "completed" && AnsweredBy.IsMachine(Text(json.RootElement, "answered_by")) ? TwilioStatuses.Machine : status);
        }
        catch (Exception e) when (Failure(e, cancellationToken) is not null)
        {
            return null;
        }
    }

    /// <summary>Changes a resource. True: the vendor did it, or refused for good (it is over already); false: try again.</summary>
    public async Task<bool> Update(string path, IReadOnlyList<KeyValuePair<string, string>> form, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await Ask(HttpMethod.Post, path, form, cancellationToken);
            return response.IsSuccessStatusCode || response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.NotFound or HttpStatusCode.Conflict;
        }
        catch (Exception e) when (Failure(e, cancellationToken) is not null)
        {
            return false;
        }
    }

    private async Task<HttpResponseMessage> Ask(HttpMethod method, string path, IReadOnlyList<KeyValuePair<string, string>>? form, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.Timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using var request = new HttpRequestMessage(method, account + path);
        if (form is not null)
            request.Content = new FormUrlEncodedContent(form);
        var started = time.GetTimestamp();
        try
        {
            // Whole bodies: they are small, and the timeout then covers them.
            return await http.SendAsync(request, HttpCompletionOption.ResponseContentRead, both.Token);
        }
        catch (OperationCanceledException e) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException("The vendor did not answer in time.", e);
        }
        finally
        {
            metrics.VendorTime.Record(time.GetElapsedTime(started).TotalSeconds, new KeyValuePair<string, object?>("vendor", Name));
        }
    }

    private async Task<Answer> Read(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.IsSuccessStatusCode)
        {
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            using var json = await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken);
            var sid = json.RootElement.TryGetProperty("sid", out var value) ? value.GetString() : null;
            return sid is null ? new Answer.Deferred(Reason.VendorError, null) : new Answer.Accepted(sid);
        }
        var retryAfter = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => Duration.FromTimeSpan(delta),
            { Date: { } date } => Instant.FromDateTimeOffset(date) - Instant.FromDateTimeOffset(time.GetUtcNow()),
            _ => (Duration?)null,
        };
        return (int)response.StatusCode switch
        {
            429 => new Answer.Deferred(Reason.RateLimited, retryAfter),
            >= 500 => new Answer.Deferred(Reason.VendorError, retryAfter),
            // Credentials and accounts are mended by people while pages wait; failing everybody's page for good would only burn through the levels.
            401 or 403 or 404 => new Answer.Deferred(Reason.Unauthorized, null),
            408 => new Answer.Deferred(Reason.VendorTimeout, retryAfter),
            _ => new Answer.Rejected(TwilioErrors.ReasonOf(await Code(response, cancellationToken)), Permanent: true),
        };
    }

    private static async Task<int> Code(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            using var json = await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken);
            return json.RootElement.TryGetProperty("code", out var code) && code.TryGetInt32(out var number) ? number : 0;
        }
        catch (JsonException)
        {
            return 0;
        }
    }

    /// <summary>Null: not the vendor's failure (we are stopping, or a bug).</summary>
    private static Reason? Failure(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        TimeoutException => Reason.VendorTimeout,
        OperationCanceledException => cancellationToken.IsCancellationRequested ? null : Reason.VendorTimeout,
        HttpRequestException or IOException => Reason.VendorUnreachable,
        JsonException or InvalidOperationException { Source: "System.Text.Json" } => Reason.VendorError,
        _ => null,
    };

    private static TwilioRecord Record(JsonElement e) => new(Text(e, "sid") ?? "", Text(e, "to"), Text(e, "from"), Text(e, "body"), Text(e, "status"),
        DateTimeOffset.TryParse(Text(e, "date_created"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? Instant.FromDateTimeOffset(at) : null);

    private static string? Text(JsonElement e, string name)
        => e.ValueKind == JsonValueKind.Object && e.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public void Dispose() => http.Dispose();
}
