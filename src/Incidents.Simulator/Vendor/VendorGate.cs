using System.Security.Cryptography;
using System.Text;
using Incidents.Simulator.Faults;
using Microsoft.Extensions.Options;

namespace Incidents.Simulator.Vendor;

/// <summary>What every vendor request passes: the faults in force, the rate, and the account's credentials.</summary>
internal sealed class VendorGate(IOptions<SimulatorOptions> options, FaultInjector faults, Counters counters, TimeProvider time) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var path = http.Request.Path.Value!;
        http.Items[typeof(VendorGate)] = time.GetUtcNow();
        counters.Request();
        var fault = faults.Take(path.Contains("/Messages", StringComparison.Ordinal) ? "messages" : "calls");
        if (string.Equals(fault.Drop, "request", StringComparison.Ordinal)) return Drop(http);

        object? answer;
        if (fault.Status is { } status) answer = Refuse(new VendorError(status, status is 429 ? 20429 : 20500, status is 429 ? "Too Many Requests" : "Internal Server Error"));
        else if (!Authorized(http)) answer = Unauthorized(http);
        else if (HttpMethods.IsPost(http.Request.Method) && !faults.WithinRate()) answer = Refuse(VendorError.TooMany);
        else answer = await next(context);

        if (fault.Delay is { } delay) await Task.Delay(delay, time, http.RequestAborted);
        return string.Equals(fault.Drop, "answer", StringComparison.Ordinal) ? Drop(http) : answer;
    }

    /// <summary>When the request now being handled arrived.</summary>
    public static DateTimeOffset ReceivedAt(HttpContext http) => (DateTimeOffset)http.Items[typeof(VendorGate)]!;

    private IResult Refuse(VendorError error)
    {
        counters.Refused();
        return error.Result();
    }

    private IResult Unauthorized(HttpContext http)
    {
        http.Response.Headers.WWWAuthenticate = "Basic realm=\"Twilio API\"";
        return Refuse(VendorError.Authenticate);
    }

    private static IResult Drop(HttpContext http)
    {
        http.Abort();
        return Results.Empty;
    }

    private bool Authorized(HttpContext http)
    {
        var expected = $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.Value.AccountSid}:{options.Value.AuthToken}"))}";
        var given = http.Request.Headers.Authorization.ToString();
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(given))
            && string.Equals((string?)http.Request.RouteValues["account"], options.Value.AccountSid, StringComparison.Ordinal);
    }
}
