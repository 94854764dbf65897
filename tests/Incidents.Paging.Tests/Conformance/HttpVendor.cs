using System.Net;
using Incidents.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Incidents.Paging.Tests.Conformance;

/// <summary>A vendor over real HTTP that behaves as it is told; what it takes and how it says so is the caller's.</summary>
internal sealed class HttpVendor : IAsyncDisposable
{
    private readonly WebApplication app;
    private int asked;

    private HttpVendor(WebApplication app) => this.app = app;

    public string Url => app.Urls.First();
    public int Asked => Volatile.Read(ref asked);
    public VendorDoes Does { get; set; }

    /// <summary>Takes a request and answers it as the vendor does when all is well.</summary>
    public required Func<HttpContext, Task> Take { get; init; }

    public required Func<HttpContext, Task> RefuseAddress { get; init; }

    /// <summary>Requests that only prepare a delivery: they go well, and are not counted, whatever befalls the delivery itself.</summary>
    public Func<HttpContext, bool> Spares { get; init; } = _ => false;

    public static async Task<HttpVendor> Start(Func<HttpContext, Task> take, Func<HttpContext, Task> refuseAddress, Func<HttpContext, bool>? spares = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, FreePort.Take()));
        var built = builder.Build();
        var vendor = new HttpVendor(built) { Take = take, RefuseAddress = refuseAddress, Spares = spares ?? (_ => false) };
        built.Run(vendor.Handle);
        await built.StartAsync();
        return vendor;
    }

    private async Task Handle(HttpContext http)
    {
        if (Does != VendorDoes.RefusesTheAddress && Spares(http))
        {
            await Take(http);
            return;
        }
        Interlocked.Increment(ref asked);
        switch (Does)
        {
            case VendorDoes.Takes:
                await Take(http);
                break;
            case VendorDoes.TakesAndLosesTheAnswer:
                // The answer is made, and goes nowhere.
                var body = http.Response.Body;
                http.Response.Body = Stream.Null;
                await Take(http);
                http.Response.Body = body;
                http.Abort();
                break;
            case VendorDoes.RefusesTheAddress:
                await RefuseAddress(http);
                break;
            case VendorDoes.Fails:
                http.Response.StatusCode = 503;
                break;
            case VendorDoes.IsBusy:
                http.Response.StatusCode = 429;
                http.Response.Headers.RetryAfter = "7";
                break;
            case VendorDoes.RefusesCredentials:
                http.Response.StatusCode = 401;
                break;
            case VendorDoes.TalksGarbage:
                http.Response.StatusCode = 200;
                await http.Response.WriteAsync("<html>Welcome to the proxy</html>");
                break;
            case VendorDoes.SaysNothing:
                var gone = new TaskCompletionSource();
                await using (http.RequestAborted.Register(gone.SetResult))
                    await gone.Task;
                break;
            default:
                http.Abort();
                break;
        }
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}
