using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Incidents.Simulator.Callbacks;

/// <summary>What the client's server answered, or the vendor's error number when it did not answer usably.</summary>
internal sealed record CallbackAnswer(int ErrorCode, string Error, string MediaType, string Body)
{
    public bool Ok => ErrorCode == 0;
}

/// <summary>Makes the vendor's signed requests to the client's server.</summary>
internal sealed class CallbackClient(IOptions<SimulatorOptions> options, Counters counters, ILogger<CallbackClient> log) : IDisposable
{
    private const int MaxBody = 64 * 1024;

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        ActivityHeadersPropagator = null, // a vendor does not hand on our trace
        ConnectTimeout = TimeSpan.FromSeconds(5),
        MaxConnectionsPerServer = 256,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        UseCookies = false,
        UseProxy = false,
    })
    {
        MaxResponseContentBufferSize = MaxBody,
        Timeout = TimeSpan.FromSeconds(15), // the vendor's own limit
    };

    /// <summary>Sends once, and once more when no connection came about.</summary>
    public async Task<CallbackAnswer> SendAsync(Uri url, HttpMethod method, IReadOnlyDictionary<string, string> form, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                counters.CallbackSent();
                using var request = Build(url, method, form);
                using var response = await _http.SendAsync(request, cancellationToken);
                var body = await response.Content.ReadAsStringAsync(cancellationToken);
                var mediaType = response.Content.Headers.ContentType?.MediaType ?? "";
                if ((int)response.StatusCode is >= 200 and < 300) return new CallbackAnswer(0, "", mediaType, body);
                return Failed(url, 11200, $"HTTP retrieval failure: {(int)response.StatusCode} {response.StatusCode}");
            }
            catch (HttpRequestException e) when (attempt == 1 && e.InnerException is SocketException)
            {
                counters.CallbackRetried();
            }
            catch (HttpRequestException e)
            {
                return Failed(url, e.HttpRequestError == HttpRequestError.NameResolutionError ? 11210 : 11205, e.Message);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return Failed(url, 11205, "HTTP connection failure: no answer within 15 seconds");
            }
        }
    }

    public void Dispose() => _http.Dispose();

    private CallbackAnswer Failed(Uri url, int code, string message)
    {
        counters.CallbackFailed();
        Log.CallbackFailed(log, url.AbsolutePath, code, message);
        return new CallbackAnswer(code, message, "", "");
    }

    private HttpRequestMessage Build(Uri url, HttpMethod method, IReadOnlyDictionary<string, string> form)
    {
        var inQuery = method == HttpMethod.Get;
        if (inQuery)
        {
            var query = string.Join('&', form.Select(p => $"{Uri.EscapeDataString(p.Key)}={Uri.EscapeDataString(p.Value)}"));
            url = new UriBuilder(url) { Query = url.Query.Length > 1 ? $"{url.Query[1..]}&{query}" : query }.Uri;
        }
        var request = new HttpRequestMessage(method, url)
        {
            Version = HttpVersion.Version11,
            Content = inQuery ? null : new FormUrlEncodedContent(form),
        };
        var signed = url.GetComponents(UriComponents.SchemeAndServer | UriComponents.PathAndQuery, UriFormat.UriEscaped);
        request.Headers.Add(CallbackSignature.Header, CallbackSignature.Compute(options.Value.AuthToken, signed, inQuery ? [] : form));
        request.Headers.TryAddWithoutValidation("User-Agent", "TwilioProxy/1.1");
        request.Headers.TryAddWithoutValidation("Accept", "*/*");
        return request;
    }
}
