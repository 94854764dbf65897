using System.Net.Http.Headers;
using Incidents.Contracts.Organisation;
using Incidents.Kernel;
using Incidents.Paging.Channels;
using Incidents.Paging.Channels.Sms;
using Incidents.Paging.Model;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Incidents.Paging.Vendors.SmsGateway;

/// <summary>
/// Text messages through whatever HTTP gateway the settings describe. It cannot be looked up afterwards and tells nothing of the delivery; replies come in
/// only where the gateway posts them as Twilio does. Links in the text work all the same.
/// </summary>
internal sealed class SmsGatewayChannel : IChannel, IDisposable
{
    public const string Vendor = "smsGateway";

    private readonly SmsChannel sms;
    private readonly SmsGatewayOptions options;
    private readonly PagingMetrics metrics;
    private readonly TimeProvider time;
    private readonly HttpClient http;
    private readonly IReadOnlyList<(int From, int To)> taken;

    /// <param name="sms">Words the message: it says the same, whoever carries it.</param>
    public SmsGatewayChannel(SmsChannel sms, IOptions<SmsGatewayOptions> options, PagingMetrics metrics, Clock clock)
    {
        this.sms = sms;
        this.options = options.Value;
        this.metrics = metrics;
        time = clock.Provider;
        taken = SmsGatewayOptions.Codes(this.options.SuccessCodes) ?? [];
        http = new HttpClient(new SocketsHttpHandler
        {
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxConnectionsPerServer = this.options.Concurrency,
            ConnectTimeout = this.options.Timeout,
            AllowAutoRedirect = false,
        })
        { Timeout = System.Threading.Timeout.InfiniteTimeSpan };
        foreach (var (name, value) in this.options.HeaderLines)
            http.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
        Descriptor = new ChannelDescriptor(ContactKind.Sms, "sms", Vendor, OneAtATime: false, CanCancel: false, Loudness: 3)
        {
            Can = Capabilities.Acknowledge | Capabilities.Resolve,
            LongestText = 1600,
            Cost = CostClass.Message,
            Bundles = true,
            VendorName = "the SMS gateway",
            Limits = new VendorLimits(this.options.RatePerSecond, this.options.Concurrency, this.options.Timeout),
        };
    }

    public ChannelDescriptor Descriptor { get; }

    public bool IsConfigured => options.IsConfigured;

    public async Task<Answer> Send(Dispatch dispatch, CancellationToken cancellationToken)
    {
        if (await sms.HasOptedOut(dispatch, cancellationToken))
            return new Answer.Rejected(Reason.Unsubscribed, Permanent: true);
        using var timeout = new CancellationTokenSource(options.Timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var started = time.GetTimestamp();
        try
        {
            using var request = Request(dispatch);
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseContentRead, both.Token);
            return await Read(response, dispatch, both.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Answer.Deferred(Reason.VendorTimeout, null);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return new Answer.Deferred(Reason.VendorUnreachable, null);
        }
        finally
        {
            metrics.VendorTime.Record(time.GetElapsedTime(started).TotalSeconds, new KeyValuePair<string, object?>("vendor", Vendor));
        }
    }

    /// <summary>Gateways have no list to look into: nothing is known to be there.</summary>
    public Task<IReadOnlyList<string>?> Find(Dispatch dispatch, Instant since, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<string>?>([]);

    public Task<bool> Cancel(string vendorId, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task<VendorStatus?> Ask(string vendorId, CancellationToken cancellationToken) => Task.FromResult<VendorStatus?>(new VendorStatus(false, ""));

    private HttpRequestMessage Request(Dispatch dispatch)
    {
        var (to, text, id) = (dispatch.Address, sms.Body(dispatch), dispatch.Attempt.ToString());
        var request = new HttpRequestMessage(new HttpMethod(options.Method), SmsGatewayTemplate.Fill(options.Url, to, text, id, SmsGatewayTemplate.Encoding.Url));
        if (options.Method != "GET")
        {
            request.Content = new StringContent(SmsGatewayTemplate.Fill(options.Body, to, text, id, SmsGatewayTemplate.Of(options.ContentType)), System.Text.Encoding.UTF8);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(options.ContentType);
        }
        return request;
    }

    private async Task<Answer> Read(HttpResponseMessage response, Dispatch dispatch, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        if (taken.Any(t => status >= t.From && status <= t.To))
        {
            if (options.IdPath.Length == 0)
                return new Answer.Accepted(dispatch.Attempt.ToString());
            var id = SmsGatewayTemplate.Read(await response.Content.ReadAsStringAsync(cancellationToken), options.IdPath);
            return id is null or "" ? new Answer.Deferred(Reason.VendorError, null) : new Answer.Accepted(id.Length <= 100 ? id : id[..100]);
        }
        return VendorAnswers.Refused(status, VendorAnswers.RetryAfter(response, time)) ?? new Answer.Rejected(Reason.Rejected, Permanent: true);
    }

    public void Dispose() => http.Dispose();
}
