using System.Text.Json.Nodes;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Scheduling.Limits;
using Incidents.Scheduling.Limits.Waivers;
using Incidents.Scheduling.Shifts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace Incidents.Scheduling.Preview;

/// <summary>
/// <c>POST /schedules/preview</c>: an edit as it would be sent (<c>{schedules, overrides, temporarySchedules, absences, people, delete}</c>) with <c>effective</c>, <c>from</c> and <c>to</c>
/// (default: 90 days from now), compared with what is in force: who changes when, gaps, breaches, fairness, and for managers with rights everywhere what standby costs. Changes nothing.
/// </summary>
internal static class PostPreview
{
    private static readonly Duration LongestSpan = Duration.FromDays(366);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/v1/schedules/preview", Handle)
        .RequireRole(Role.Responder)
        .Accepts<JsonObject>("application/json")
        .WithName("previewSchedules")
        .WithTags("Limits")
        .WithSummary("Compare a draft of schedules with what is in force: changes, gaps, breaches, fairness")
        .Produces<Difference>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> Handle(
        HttpContext context,
        IOrganisation organisations,
        [FromServices] IOrganisationEditor editor,
        OnCall onCall,
        FactsReader facts,
        WaiverStore waivers,
        Clock clock,
        CancellationToken cancellationToken)
    {
        var read = await DraftBody.Read(context, cancellationToken);
        if (read.Error is { } malformed)
            return malformed.ToProblem();
        var body = read.Value;
        var now = clock.Now;
        var faults = new List<Fault>();
        var effective = DraftBody.Take(body, "effective", faults);
        var from = DraftBody.Take(body, "from", faults) ?? now;
        var to = DraftBody.Take(body, "to", faults) ?? from + LimitsService.Ahead;
        if (faults.Count == 0 && to <= from)
            faults.Add(new Fault("to", "Choose an instant after 'from'."));
        else if (faults.Count == 0 && to - from > LongestSpan)
            faults.Add(new Fault("to", "Ask for at most a year at a time."));
        if (faults.Count > 0)
            return Error.Invalid(faults).ToProblem();

        var before = await organisations.Fresh(cancellationToken);
        var drafted = await editor.Draft(new OrganisationEdit(body, context.Actor(), effective, AnyTeam: true), cancellationToken);
        if (!drafted.IsOk)
            return drafted.Error!.ToProblem();
        var happened = await facts.Read(before, from, to, cancellationToken);
        var accepted = await waivers.InForce(cancellationToken);
        var (present, draft) = (onCall.Of(before), new CompiledOrganisation(drafted.Value));
        var difference = Difference.Of(present, draft, happened, f => WaiverStore.Mark(f, accepted, now), now, from, to);
        // A draft may put anybody anywhere, and its cost would tell their hourly rate.
        if (context.Actor().CanEverywhere(Role.Manager))
            difference = difference with { Cost = new(CostView.Of(present, difference.Schedules, from, to), CostView.Of(draft, difference.Schedules, from, to)) };
        return Results.Json(difference, Json.Options);
    }
}
