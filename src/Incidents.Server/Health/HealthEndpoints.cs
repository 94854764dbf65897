using Incidents.Kernel;

namespace Incidents.Server.Health;

internal sealed record Alive(string Status);

internal static class HealthEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/health/live", () => Results.Json(new Alive("ok"), Json.Options)).WithTags("Operation").WithName("live").WithSummary("The process runs").Produces<Alive>();
        endpoints.MapGet("/health/ready", async (HealthChecks checks, CancellationToken ct) =>
        {
            var report = await checks.Look(ct);
            return Results.Json(report, Json.Options, statusCode: report.Status == "down" ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);
        }).WithTags("Operation").WithName("ready").WithSummary("Whether this process can do its roles; names what is down")
            .Produces<HealthReport>().Produces<HealthReport>(StatusCodes.Status503ServiceUnavailable);
    }
}
