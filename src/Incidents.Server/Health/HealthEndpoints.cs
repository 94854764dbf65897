using Incidents.Kernel;

namespace Incidents.Server.Health;

internal static class HealthEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/health/live", () => Results.Json(new { status = "ok" })).WithTags("operation").WithName("live").WithSummary("The process runs");
        endpoints.MapGet("/health/ready", async (HealthChecks checks, CancellationToken ct) =>
        {
            var report = await checks.Look(ct);
            return Results.Json(report, Json.Options, statusCode: report.Status == "down" ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);
        }).WithTags("operation").WithName("ready").WithSummary("This process can do its roles; names what is down");
    }
}
