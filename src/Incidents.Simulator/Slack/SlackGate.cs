using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;

namespace Incidents.Simulator.Slack;

/// <summary>What every API call passes: the faults in force and the bot token. Errors are answers of 200 with <c>ok: false</c>, as at the vendor; only limits have a status.</summary>
internal sealed class SlackGate(IOptions<SimulatorOptions> options, SlackFaults faults, Counters counters, TimeProvider time) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var method = http.Request.Path.Value![(http.Request.Path.Value!.LastIndexOf('/') + 1)..];
        counters.Request();
        var fault = faults.Take(method);
        if (fault.DelayMs is { } delay) await Task.Delay(TimeSpan.FromMilliseconds(delay), time, http.RequestAborted);
        if (string.Equals(fault.Drop, "request", StringComparison.Ordinal)) return Abort(http);
        if (fault.Status is { } status) return Refuse(http, status, fault.RetryAfter.ToString(CultureInfo.InvariantCulture));
        if (fault.Error is { } error) return Failed(error);
        if (http.Request.Headers.Authorization.ToString() is not { Length: > 0 } given) return Failed("not_authed");
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes($"Bearer {options.Value.SlackBotToken}"), Encoding.UTF8.GetBytes(given))) return Failed("invalid_auth");
        var answer = await next(context);
        return string.Equals(fault.Drop, "answer", StringComparison.Ordinal) ? Abort(http) : answer;
    }

    public static IResult Failed(string error, string? detail = null)
    {
        var body = new JsonObject { ["ok"] = false, ["error"] = error };
        if (detail is not null) body["response_metadata"] = new JsonObject { ["messages"] = new JsonArray($"[ERROR] {detail}") };
        return Results.Json(body);
    }

    public static IResult Limited(HttpContext http, string seconds) => Limit(http, StatusCodes.Status429TooManyRequests, seconds);

    private IResult Refuse(HttpContext http, int status, string seconds)
    {
        counters.Refused();
        return Limit(http, status, seconds);
    }

    private static IResult Limit(HttpContext http, int status, string seconds)
    {
        if (status == StatusCodes.Status429TooManyRequests) http.Response.Headers.RetryAfter = seconds;
        return Results.Json(new JsonObject { ["ok"] = false, ["error"] = status == StatusCodes.Status429TooManyRequests ? "ratelimited" : "internal_error" }, statusCode: status);
    }

    private static IResult Abort(HttpContext http)
    {
        http.Abort();
        return Results.Empty;
    }
}
