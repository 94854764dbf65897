using System.Text.Json;
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
using NodaTime.Text;

namespace Incidents.Scheduling.Preview;

/// <summary>
/// <c>POST /schedules/preview</c>: an edit as it would be sent (<c>{schedules, overrides, temporarySchedules, absences, people, delete}</c>) with <c>effective</c>, <c>from</c> and <c>to</c>
/// (default: 90 days from now), compared with what is in force: who changes when, gaps, breaches, fairness, and for managers what standby costs. Changes nothing.
/// </summary>
internal static class PostPreview
{
    private static readonly string[] Own = ["effective", "from", "to"];
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
        JsonObject? body;
        try
        {
            body = await JsonSerializer.DeserializeAsync<JsonObject>(context.Request.Body, Json.Options, cancellationToken);
        }
        catch (JsonException e)
        {
            return Error.Malformed("The body is not the JSON object that was expected: " + e.Message).ToProblem();
        }

        if (body is null)
            return Error.Malformed("The body is not a JSON object.").ToProblem();
        var now = clock.Now;
        var faults = new List<Fault>();
        var effective = Take(body, "effective", faults);
        var from = Take(body, "from", faults) ?? now;
        var to = Take(body, "to", faults) ?? from + LimitsService.Ahead;
        foreach (var key in Own)
            body.Remove(key);
        if (faults.Count == 0 && to <= from)
            faults.Add(new Fault("to", "Choose an instant after 'from'."));
        else if (faults.Count == 0 && to - from > LongestSpan)
            faults.Add(new Fault("to", "Ask for at most a year at a time."));
        if (faults.Count > 0)
            return Error.Invalid(faults).ToProblem();

        var before = await organisations.Fresh(cancellationToken);
        var drafted = await editor.Draft(new OrganisationEdit(body, context.Actor(), effective), cancellationToken);
        if (!drafted.IsOk)
            return drafted.Error!.ToProblem();
        var happened = await facts.Read(before, from, to, cancellationToken);
        var accepted = await waivers.InForce(cancellationToken);
        var (present, draft) = (onCall.Of(before), new CompiledOrganisation(drafted.Value));
        var difference = Difference.Of(present, draft, happened, f => WaiverStore.Mark(f, accepted, now), now, from, to);
        if (context.Actor().Can(Role.Manager))
            difference = difference with { Cost = new(CostView.Of(present, difference.Schedules, from, to), CostView.Of(draft, difference.Schedules, from, to)) };
        return Results.Json(difference, Json.Options);
    }

    private static Instant? Take(JsonObject body, string key, List<Fault> faults)
    {
        if (body[key] is not { } value)
            return null;
        if (value is JsonValue text && text.TryGetValue<string>(out var written) && OffsetDateTimePattern.Rfc3339.Parse(written) is { Success: true } parsed)
            return parsed.Value.ToInstant();
        faults.Add(new Fault(key, "Use an RFC 3339 instant such as 2026-11-21T22:00:00Z."));
        return null;
    }
}
