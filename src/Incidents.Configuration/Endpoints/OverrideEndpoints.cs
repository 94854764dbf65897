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

/// <param name="From">In force in [from, to).</param>
/// <param name="Kind">replace, add or remove.</param>
/// <param name="With">Who takes the place; only with replace.</param>
/// <param name="Swap">The accepted swap request that wrote it.</param>
internal sealed record OverrideItem(
    Guid Id, string Schedule, Instant From, Instant To, string Position, string Kind, string Person, string? With, string? Reason, Guid? Swap, string Author, Instant CreatedAt)
{
    public static OverrideItem Of(ItemRow row)
    {
        var value = ItemStore.Read(row)!.As<Override>();
        return new(row.Item, value.Schedule, value.From, value.To, Document.Words.Positions.Of(value.Position), OverrideSection.KindOf(value.Kind), value.Person, value.With, value.Reason, value.Swap, row.CreatedBy, row.CreatedAt);
    }
}

/// <summary>Exceptions to a schedule, one by one.</summary>
internal static class OverrideEndpoints
{
    private static readonly UnnamedItems All = new("override", "schedule", AllSections.Overrides, (organisation, name) => organisation.Schedules.ContainsKey(name));

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/api/v1/schedules/{name}/overrides", List).RequireRole(Role.Observer)
            .WithName("listOverrides").WithTags("Organisation").WithSummary("The overrides of a schedule that touch an interval, default: that are not over, by beginning")
            .Produces<Page<OverrideItem>>().ProducesProblem(404).ProducesProblem(422);
        endpoints.MapPost("/api/v1/schedules/{name}/overrides", Post).RequireRole(Role.Responder)
            .WithName("createOverride").WithTags("Organisation").WithSummary("Makes an override; the body is the document's override in JSON")
            .WithDescription("A responder may have themself replaced, from now on; managers and admins do everything. The same override again is the same one.")
            .Accepts<JsonObject>("application/json").Produces<EditAnswer>().Produces<EditAnswer>(201).Problems(404);
        endpoints.MapGet("/api/v1/overrides/{id}", Get).RequireRole(Role.Observer)
            .WithName("getOverride").WithTags("Organisation").WithSummary("One override, by id").Produces<OverrideItem>().ProducesProblem(404);
        endpoints.MapDelete("/api/v1/overrides/{id}", Delete).RequireRole(Role.Responder)
            .WithName("deleteOverride").WithTags("Organisation").WithSummary("Takes an override away: from now on what is under it counts again. What it did stays; to undo, post the answer's item")
            .Produces<EditAnswer>().Problems(404);
    }

    private static async Task<IResult> List(HttpContext context, EditService edits, Clock clock, string name, string? from, string? to, string? limit, string? cursor)
    {
        var faults = new List<Fault>();
        var start = Query.Moment(from, "from", faults);
        var end = Query.Moment(to, "to", faults);
        if (faults.Count > 0)
            return Error.Invalid(faults).ToProblem();
        var now = await edits.Now(context.RequestAborted);
        if (!now.Snapshot.Schedules.ContainsKey(name))
            return All.NoOwner(name);
        var found = now.Items.Of("override").Where(r => r.Name.StartsWith(name + "/", StringComparison.Ordinal)).Select(r => (r.Name, Item: OverrideItem.Of(r)))
            .Where(r => r.Item.To > (start ?? clock.Now) && (end is not { } until || r.Item.From < until));
        return Lists.Page(found, r => r.Name, r => r.Item, limit, cursor);
    }

    private static async Task<IResult> Get(HttpContext context, EditService edits, string id)
        => All.Find(await edits.Now(context.RequestAborted), id) is { } row ? TypedResults.Ok(OverrideItem.Of(row)) : All.Missing(id);

    private static Task<IResult> Post(HttpContext context, EditService edits, string name, string? dryRun, string? waiver) => All.Create(context, edits, name);

    private static Task<IResult> Delete(HttpContext context, EditService edits, string id, string? dryRun, string? waiver) => All.Delete(context, edits, id);
}
