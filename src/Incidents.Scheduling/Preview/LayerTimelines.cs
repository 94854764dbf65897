using System.Text.Json.Nodes;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Scheduling.Endpoints;
using Incidents.Scheduling.Limits;
using Incidents.Scheduling.Shifts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace Incidents.Scheduling.Preview;

/// <summary>Whom a layer names in <c>[From, Until)</c>.</summary>
internal sealed record LayerShift(IReadOnlyList<string> People, Instant From, Instant Until);

/// <summary>One layer by itself. A higher <paramref name="Level"/> wins over a lower one wherever it has somebody.</summary>
internal sealed record LayerTimeline(string Name, Position Position, int Level, IReadOnlyList<LayerShift> Items);

/// <summary>When somebody of the layers is away; nobody is taken off call by it.</summary>
internal sealed record AbsenceShown(string Person, Instant From, Instant To);

/// <summary>
/// A schedule as a picture: its layers, each by itself, and what they come to with all overrides. <paramref name="Basis"/> marks the definition and the
/// overrides in force, not those of a draft; publishing a draft asks for it. Null: there is no such schedule yet. <paramref name="Absences"/>: null for
/// those who may not see them.
/// </summary>
internal sealed record ScheduleTimeline(
    string? Basis, Instant From, Instant To, IReadOnlyList<LayerTimeline> Layers, IReadOnlyList<ShiftItem> Items, IReadOnlyList<AbsenceShown>? Absences);

/// <summary>
/// <c>GET /schedules/{name}/timeline?from=&amp;to=</c>: what is in force (default: two weeks from now). <c>POST</c> of an edit, as the preview takes it, with
/// <c>effective</c>, <c>from</c> and <c>to</c>: what it would become. Nothing is stored.
/// </summary>
internal static class LayerTimelines
{
    private const string Route = "/api/v1/schedules/{name}/timeline";
    private static readonly Duration TwoWeeks = Duration.FromDays(14);
    private static readonly Duration LongestSpan = Duration.FromDays(366);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Route, Get).RequireRole(Role.Observer)
            .WithName("getScheduleTimeline").WithTags("Schedules").WithSummary("The layers of a schedule, each by itself, and what they come to")
            .Produces<ScheduleTimeline>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        routes.MapPost(Route, Post).RequireRole(Role.Responder)
            .Accepts<JsonObject>("application/json")
            .WithName("previewScheduleTimeline").WithTags("Limits").WithSummary("The same of a draft; changes nothing")
            .Produces<ScheduleTimeline>().ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

    private static IResult Get(string name, HttpContext context, string? from, string? to, IOrganisation organisations, OnCall onCall, Clock clock)
    {
        var organisation = organisations.Current;
        var faults = new List<Fault>();
        var start = QueryInstants.Read("from", from, clock.Now, faults);
        var end = QueryInstants.Read("to", to, start + TwoWeeks, faults);
        return Refusal(start, end, faults) ?? Answer(name, context.Actor(), organisation, onCall.Of(organisation), start, end);
    }

    private static async Task<IResult> Post(
        string name, HttpContext context, IOrganisation organisations, [FromServices] IOrganisationEditor editor, Clock clock, CancellationToken cancellationToken)
    {
        var read = await DraftBody.Read(context, cancellationToken);
        if (read.Error is { } malformed)
            return malformed.ToProblem();
        var faults = new List<Fault>();
        var effective = DraftBody.Take(read.Value, "effective", faults);
        var from = DraftBody.Take(read.Value, "from", faults) ?? clock.Now;
        var to = DraftBody.Take(read.Value, "to", faults) ?? from + TwoWeeks;
        if (Refusal(from, to, faults) is { } refused)
            return refused;

        var present = await organisations.Fresh(cancellationToken);
        var drafted = await editor.Draft(new OrganisationEdit(read.Value, context.Actor(), effective, AnyTeam: true), cancellationToken);
        return drafted.Error is { } error ? error.ToProblem() : Answer(name, context.Actor(), present, new CompiledOrganisation(drafted.Value), from, to);
    }

    private static IResult? Refusal(Instant from, Instant to, List<Fault> faults)
    {
        if (faults.Count == 0 && to <= from)
            faults.Add(new Fault("to", "Choose an instant after 'from'."));
        else if (faults.Count == 0 && to - from > LongestSpan)
            faults.Add(new Fault("to", "Ask for at most a year at a time."));
        return faults.Count > 0 ? Error.Invalid(faults).ToProblem() : null;
    }

    private static IResult Answer(string name, Actor actor, OrganisationSnapshot present, CompiledOrganisation shown, Instant from, Instant to)
    {
        name = present.FormerSchedules.GetValueOrDefault(name, name);
        if (shown.LineOf(name) is not { } line)
            return Error.NotFound($"There is no schedule '{name}'.").ToProblem();
        var current = shown.Organisation.Schedules.GetValueOrDefault(name);
        var layers = LayerLines.Of(line, from, to)
            .Select(l => new LayerTimeline(l.Layer.Name, l.Layer.Position, l.Layer.Level, [.. l.Shifts.Select(s => new LayerShift(s.People, s.From, s.To))])).ToArray();
        var items = line.Shifts(from, to).Select(s => ShiftItem.Of(name, s.Schedule ?? current, s)).ToArray();
        var absences = !actor.Can(Role.Responder) ? null : layers.SelectMany(l => l.Items).Concat(items.Select(i => new LayerShift(i.People, from, to))).SelectMany(i => i.People).Distinct(StringComparer.Ordinal)
            .SelectMany(p => Absences.Of(shown.Organisation, p).Where(a => a.From < to && a.To > from).Select(a => new AbsenceShown(p, a.From, a.To))).OrderBy(a => a.From).ToArray();
        return Results.Json(new ScheduleTimeline(Basis.Of(present, name), from, to, layers, items, absences), Json.Options);
    }
}
