using System.Text.Json.Nodes;
using Incidents.Configuration.Document.Sections;
using Incidents.Configuration.Storage;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace Incidents.Configuration.Endpoints;

internal sealed record TemporaryShiftItem(Instant From, Instant To, string Position, IReadOnlyList<string> People);

/// <param name="From">Counts instead of the schedule in [from, to).</param>
internal sealed record TemporaryItem(Guid Id, string Name, string Schedule, Instant From, Instant To, string? Reason, IReadOnlyList<TemporaryShiftItem> Shifts, string Author, Instant CreatedAt)
{
    public static TemporaryItem Of(ItemRow row)
    {
        var value = ItemStore.Read(row)!.As<TemporarySchedule>();
        return new(row.Item, value.Name, value.Schedule, value.From, value.To, value.Reason,
            [.. value.Shifts.Select(s => new TemporaryShiftItem(s.From, s.To, Document.Words.Positions.Of(s.Position), s.People))], row.CreatedBy, row.CreatedAt);
    }
}

/// <summary>What counts instead of a schedule for a while, one by one. Names are unique in the whole organisation.</summary>
internal static class TemporaryEndpoints
{
    private const string Kind = "temporary";
    private const string One = "/api/v1/schedules/{name}/temporary/{temporary}";

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/api/v1/schedules/{name}/temporary", List).RequireRole(Role.Observer)
            .WithName("listTemporarySchedules").WithTags("Organisation").WithSummary("The temporary schedules of a schedule that are not over, by name")
            .Produces<Page<TemporaryItem>>().ProducesProblem(404).ProducesProblem(422);
        endpoints.MapGet(One, Get).RequireRole(Role.Observer)
            .WithName("getTemporarySchedule").WithTags("Organisation").WithSummary("One temporary schedule").Produces<TemporaryItem>().ProducesProblem(404);
        endpoints.MapPut(One, Put).RequireRole(Role.Manager)
            .WithName("putTemporarySchedule").WithTags("Organisation").WithSummary("Creates or changes a temporary schedule; the body is the document's in JSON. What it did before stays as it was")
            .Accepts<JsonObject>("application/json").Produces<EditAnswer>().Produces<EditAnswer>(201).Problems(404, 409, 412);
        endpoints.MapDelete(One, Delete).RequireRole(Role.Manager)
            .WithName("deleteTemporarySchedule").WithTags("Organisation").WithSummary("Ends a temporary schedule: from now on the schedule itself counts again").Produces<EditAnswer>().Problems(404, 412);
    }

    private static async Task<IResult> List(HttpContext context, EditService edits, Clock clock, string name, string? limit, string? cursor)
    {
        var now = await edits.Now(context.RequestAborted);
        if (!now.Snapshot.Schedules.ContainsKey(name))
            return Error.NotFound($"There is no schedule '{name}'.").ToProblem();
        return Lists.Page(now.Items.Of(Kind).Select(TemporaryItem.Of).Where(t => t.Schedule == name && t.To > clock.Now), t => t.Name, t => t, limit, cursor);
    }

    private static async Task<IResult> Get(HttpContext context, EditService edits, string name, string temporary)
    {
        var row = (await edits.Now(context.RequestAborted)).Items.Find(Kind, temporary);
        if (row is null || TemporaryItem.Of(row) is not { } item || item.Schedule != name)
            return Missing(name, temporary);
        context.Response.Headers.ETag = Query.Tag(row.Revision);
        return TypedResults.Ok(item);
    }

    private static async Task<IResult> Put(HttpContext context, EditService edits, string name, string temporary, string? dryRun, string? waiver)
    {
        var call = await EditCall.Read(context, (AllSections.TemporarySchedules, temporary), withBody: true);
        if (call.Error is { } unreadable)
            return unreadable.ToProblem();
        var now = await edits.Now(context.RequestAborted);
        if (!now.Snapshot.Schedules.ContainsKey(name))
            return Error.NotFound($"There is no schedule '{name}'.").ToProblem();
        if (now.Items.Find(Kind, temporary) is { } row && TemporaryItem.Of(row) is { } other && other.Schedule != name)
            return Error.Conflict("name-taken", $"A temporary schedule of '{other.Schedule}' has the name '{temporary}'; choose another.").ToProblem();
        var faults = new[] { ItemEndpoints.Named(call.Value.Body, "name", temporary), ItemEndpoints.Named(call.Value.Body, "schedule", name) }.OfType<Fault>().ToList();
        return faults.Count > 0
            ? Error.Invalid(faults).ToProblem()
            : await edits.Put(context, call.Value, AllSections.TemporarySchedules, _ => $"/api/v1/schedules/{Uri.EscapeDataString(name)}/temporary/{Uri.EscapeDataString(temporary)}");
    }

    private static async Task<IResult> Delete(HttpContext context, EditService edits, string name, string temporary, string? dryRun, string? waiver)
    {
        var call = await EditCall.Read(context, (AllSections.TemporarySchedules, temporary), withBody: false);
        if (call.Error is { } unreadable)
            return unreadable.ToProblem();
        var row = (await edits.Now(context.RequestAborted)).Items.Find(Kind, temporary);
        return row is null || TemporaryItem.Of(row).Schedule != name ? Missing(name, temporary) : await edits.Delete(context, call.Value, AllSections.TemporarySchedules, row);
    }

    private static IResult Missing(string schedule, string temporary) => Error.NotFound($"'{schedule}' has no temporary schedule '{temporary}'.").ToProblem();
}
