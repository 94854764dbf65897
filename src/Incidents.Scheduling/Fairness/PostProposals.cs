using System.Text.Json;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace Incidents.Scheduling.Fairness;

/// <summary>Body of <c>POST /schedules/{name}/proposals</c>. Default: from now, for 90 days, overrides.</summary>
internal sealed record ProposalBody(Instant? From, Instant? To, [property: Words("rotation", "overrides")] string? Goal);

/// <summary>
/// <c>POST /schedules/{name}/proposals</c>: proposes an order of the rotation, or overrides for what is uncovered and for duty during absences. Changes nothing:
/// the answer's <c>edit</c> is the body of an edit that the client may send, after a look at its preview.
/// </summary>
internal static class PostProposals
{
    private static readonly Duration DefaultSpan = Duration.FromDays(90);
    private static readonly Duration LongestSpan = Duration.FromDays(366);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/v1/schedules/{name}/proposals", Handle)
        .RequireRole(Role.Responder)
        .Accepts<ProposalBody>("application/json")
        .WithName("proposeSchedule")
        .WithTags("Limits")
        .WithSummary("Propose a rotation's order or overrides that respect absences, limits and past burden; changes nothing")
        .Produces<Proposal>()
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> Handle(string name, HttpContext context, IOrganisation organisations, OnCall onCall, Clock clock, CancellationToken cancellationToken)
    {
        ProposalBody body;
        try
        {
            body = context.Request.ContentLength == 0 ? new ProposalBody(null, null, null)
                : await JsonSerializer.DeserializeAsync<ProposalBody>(context.Request.Body, Json.Options, cancellationToken) ?? new ProposalBody(null, null, null);
        }
        catch (JsonException e)
        {
            return Error.Malformed("The body is not the JSON object that was expected: " + e.Message).ToProblem();
        }

        var organisation = await organisations.Fresh(cancellationToken);
        if (!organisation.Schedules.TryGetValue(name, out var schedule))
            return Error.NotFound($"There is no schedule '{name}'.").ToProblem();
        var from = body.From ?? clock.Now;
        var to = body.To ?? from + DefaultSpan;
        var faults = new List<Fault>();
        if (to <= from)
            faults.Add(new Fault("to", "Choose an instant after 'from'."));
        else if (to - from > LongestSpan)
            faults.Add(new Fault("to", "Ask for at most a year at a time."));
        if (body.Goal is not (null or "rotation" or "overrides"))
            faults.Add(new Fault("goal", "Use rotation or overrides."));
        if (faults.Count > 0)
            return Error.Invalid(faults).ToProblem();

        var compiled = onCall.Of(organisation);
        if (body.Goal != "rotation")
            return Results.Json(ProposeOverrides.For(compiled, schedule, from, to), Json.Options);
        var proposed = ProposeRotation.For(compiled, schedule, from, to);
        return proposed.IsOk ? Results.Json(proposed.Value, Json.Options) : proposed.Error!.ToProblem();
    }
}
