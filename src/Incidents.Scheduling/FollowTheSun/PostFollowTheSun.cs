using System.Text.Json;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Incidents.Scheduling.FollowTheSun;

/// <summary>
/// <c>POST /schedules/follow-the-sun</c>: two or three sites → the layers of a schedule that follows the sun, in the shape of the configuration document,
/// and the proof that it leaves no hole. Saves nothing.
/// </summary>
internal static class PostFollowTheSun
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/v1/schedules/follow-the-sun", Handle)
        .RequireRole(Role.Responder)
        .WithName("previewFollowTheSun")
        .WithTags("Schedules")
        .WithSummary("Layers that hand a line from site to site with the sun, and the proof that they cover two years; saves nothing")
        .Accepts<SunBody>("application/json")
        .Produces<SunAnswer>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> Handle(HttpContext http, IOrganisation organisations, Clock clock, CancellationToken cancellationToken)
    {
        SunBody? body;
        try
        {
            body = await JsonSerializer.DeserializeAsync<SunBody>(http.Request.Body, Json.Options, cancellationToken);
        }
        catch (JsonException malformed)
        {
            return Error.Malformed($"Not JSON of this shape: {malformed.Message}").ToProblem();
        }

        var plan = (body ?? new SunBody(null, null, null, null)).Read(organisations.Current, clock.Now);
        if (!plan.IsOk)
            return plan.Error!.ToProblem();

        var layers = SunTemplate.Layers(plan.Value);
        return Results.Json(new SunAnswer([.. layers.Select(SunLayer.Of)], SunProof.Of(plan.Value, layers)), Json.Options);
    }
}
