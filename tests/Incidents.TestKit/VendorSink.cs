using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Incidents.TestKit;

/// <summary>One request that a vendor received. Form fields for a form body; <paramref name="Body"/> as sent.</summary>
public sealed record VendorRequest(DateTimeOffset At, string Method, string Path, string Query, string Body, IReadOnlyDictionary<string, string> Form)
{
    public bool IsCall => Path.EndsWith("/Calls.json", StringComparison.Ordinal) && Method == "POST";

    public bool IsMessage => Path.EndsWith("/Messages.json", StringComparison.Ordinal) && Method == "POST";
}

/// <summary>
/// Stands at the vendor's address, answers as Twilio does (201 with a sid), and remembers every request. It calls
/// nobody back: for whole conversations use Incidents.Simulator.
/// </summary>
public sealed class VendorSink : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<VendorRequest> requests = new();
    private int sequence;

    private VendorSink(WebApplication app) => this.app = app;

    public Uri Url => new(app.Urls.First());

    /// <summary>Answers this status to everything while it is not 0: a vendor that fails.</summary>
    public int FailWith { get; set; }

    /// <summary>In order of arrival, those refused with <see cref="FailWith"/> left out.</summary>
    public IReadOnlyList<VendorRequest> Requests => [.. requests];

    public IReadOnlyList<VendorRequest> Calls => [.. requests.Where(request => request.IsCall)];

    public IReadOnlyList<VendorRequest> Messages => [.. requests.Where(request => request.IsMessage)];

    /// <summary>The server's settings that point its vendors here.</summary>
    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["Paging:Twilio:ApiBaseUrl"] = Url.ToString().TrimEnd('/'),
        ["Paging:Twilio:AccountSid"] = "ACtest0000000000000000000000000000",
        ["Paging:Twilio:AuthToken"] = "vendor-sink-token",
        ["Paging:Twilio:From"] = "+15005550006",
        ["Simulator:Enabled"] = "false",
    };

    public static async Task<VendorSink> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, FreePort.Take()));
        var sink = new VendorSink(builder.Build());
        sink.app.Run(sink.AnswerAsync);
        await sink.app.StartAsync();
        return sink;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        if (FailWith != 0)
        {
            context.Response.StatusCode = FailWith;
            return;
        }

        var form = context.Request.HasFormContentType
            ? Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(body).ToDictionary(field => field.Key, field => field.Value.ToString(), StringComparer.Ordinal)
            : [];
        var request = new VendorRequest(TimeProvider.System.GetUtcNow(), context.Request.Method, context.Request.Path, context.Request.QueryString.Value ?? "", body, form);
        requests.Enqueue(request);
        var number = Interlocked.Increment(ref sequence).ToString("x32", System.Globalization.CultureInfo.InvariantCulture);
        var answer = request switch
        {
            { IsCall: true } => Results.Json(new { sid = "CA" + number, status = "queued", to = form.GetValueOrDefault("To"), from = form.GetValueOrDefault("From") }, statusCode: 201),
            { IsMessage: true } => Results.Json(new { sid = "SM" + number, status = "queued", to = form.GetValueOrDefault("To"), from = form.GetValueOrDefault("From") }, statusCode: 201),
            { Method: "GET" } when request.Path.Contains("/Calls", StringComparison.Ordinal) => Results.Json(new { calls = Array.Empty<object>() }),
            { Method: "GET" } when request.Path.Contains("/Messages", StringComparison.Ordinal) => Results.Json(new { messages = Array.Empty<object>() }),
            _ => Results.Json(new { ok = true, ts = "1.0" }),
        };
        await answer.ExecuteAsync(context);
    }
}
