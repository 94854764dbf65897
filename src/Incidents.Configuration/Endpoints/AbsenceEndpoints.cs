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

/// <param name="From">Away in [from, to).</param>
internal sealed record AbsenceItem(Guid Id, string Person, Instant From, Instant To, string? Reason, string? HandOver, string Author, Instant CreatedAt)
{
    public static AbsenceItem Of(ItemRow row)
    {
        var value = ItemStore.Read(row)!.As<AbsenceEntry>();
        return new(row.Item, value.Person, value.From.At, value.To.At, value.Reason, value.HandOver, row.CreatedBy, row.CreatedAt);
    }
}

/// <summary>When people are away, one by one.</summary>
internal static class AbsenceEndpoints
{
    private static readonly UnnamedItems All = new("absence", "person", AllSections.Absences, (organisation, name) => organisation.People.ContainsKey(name));

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/api/v1/people/{name}/absences", List).RequireRole(Role.Responder)
            .WithName("listAbsences").WithTags("Organisation").WithSummary("When a person is away in an interval, default: from now on, by beginning")
            .Produces<Page<AbsenceItem>>().ProducesProblem(404).ProducesProblem(422);
        endpoints.MapPost("/api/v1/people/{name}/absences", Post).RequireRole(Role.Responder)
            .WithName("createAbsence").WithTags("Organisation").WithSummary("Says when a person is away; the body is the document's absence in JSON")
            .WithDescription("from and to (exclusive) are instants, or dates that mean midnight in the person's zone. It takes nobody off call. handOver names who gets the pages meanwhile that would go to the person; without it, policies that name the person pass them over. A responder may say it of themself, managers and admins of everybody.")
            .Accepts<JsonObject>("application/json").Produces<EditAnswer>().Produces<EditAnswer>(201).Problems(404);
        endpoints.MapGet("/api/v1/absences/{id}", Get).RequireRole(Role.Responder)
            .WithName("getAbsence").WithTags("Organisation").WithSummary("One absence, by id").Produces<AbsenceItem>().ProducesProblem(404);
        endpoints.MapDelete("/api/v1/absences/{id}", Delete).RequireRole(Role.Responder)
            .WithName("deleteAbsence").WithTags("Organisation").WithSummary("Takes an absence away").Produces<EditAnswer>().Problems(404);
    }

    private static async Task<IResult> List(HttpContext context, EditService edits, Clock clock, string name, string? from, string? to, string? limit, string? cursor)
    {
        var faults = new List<Fault>();
        var start = Query.Moment(from, "from", faults) ?? clock.Now;
        var end = Query.Moment(to, "to", faults);
        if (faults.Count > 0)
            return Error.Invalid(faults).ToProblem();
        var now = await edits.Now(context.RequestAborted);
        if (!now.Snapshot.People.ContainsKey(name))
            return All.NoOwner(name);
        var found = (now.Snapshot.Absences.GetValueOrDefault(name) ?? []).Where(a => a.To > start && (end is not { } until || a.From < until))
            .Select(a => now.Items.Find("absence", a.Id)!);
        return Lists.Page(found, r => r.Name, AbsenceItem.Of, limit, cursor);
    }

    private static async Task<IResult> Get(HttpContext context, EditService edits, string id)
        => All.Find(await edits.Now(context.RequestAborted), id) is { } row ? TypedResults.Ok(AbsenceItem.Of(row)) : All.Missing(id);

    private static Task<IResult> Post(HttpContext context, EditService edits, string name, string? dryRun, string? waiver) => All.Create(context, edits, name);

    private static Task<IResult> Delete(HttpContext context, EditService edits, string id, string? dryRun) => All.Delete(context, edits, id);
}
