using System.Net;
using Microsoft.Extensions.Options;

namespace Incidents.Simulator;

/// <summary>Whoever reaches the simulator can answer anybody's phone, so it is for this machine alone unless the host says otherwise.</summary>
internal sealed class SimulatorGate(IOptions<SimulatorOptions> options) : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (!options.Value.Enabled) return new(Results.NotFound());
        if (!options.Value.AllowRemote && !IsLocal(http.Connection)) return new(Refuse("The simulator answers only to this machine (SimulatorOptions.AllowRemote)."));
        if (FromElsewhere(http.Request)) return new(Refuse("Pages of another site cannot use the simulator."));
        return next(context);
    }

    private static IResult Refuse(string detail) => Results.Problem(detail, statusCode: StatusCodes.Status403Forbidden, title: "Forbidden", type: "urn:incidents:simulator:forbidden");

    /// <summary>Both ends of the connection; no addresses means an in-process server.</summary>
    private static bool IsLocal(ConnectionInfo connection) =>
        (connection.RemoteIpAddress is null || IPAddress.IsLoopback(connection.RemoteIpAddress))
        && (connection.LocalIpAddress is null || IPAddress.IsLoopback(connection.LocalIpAddress));

    private static bool FromElsewhere(HttpRequest request) =>
        !HttpMethods.IsGet(request.Method) && request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site";
}
