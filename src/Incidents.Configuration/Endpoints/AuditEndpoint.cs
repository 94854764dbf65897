using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Incidents.Configuration.Document;
using Incidents.Configuration.Document.Sections;
using Incidents.Configuration.Plan;
using Incidents.Configuration.Storage;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Persistence;
using Incidents.Persistence.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Incidents.Configuration.Endpoints;

/// <summary>One change of one thing.</summary>
/// <param name="Version">Of the organisation; changes made together have the same.</param>
/// <param name="Actor">Login; system for the platform itself.</param>
/// <param name="Via">api, web or system; unknown for what was changed before there was an audit.</param>
/// <param name="Action">create, update or delete.</param>
/// <param name="Id">Of the thing; stays through changes and renames.</param>
/// <param name="Paths">What differs, for updates.</param>
/// <param name="Before">In the document's shape, secrets masked; null: it came.</param>
/// <param name="After">Null: it went.</param>
/// <param name="Waiver">Why breaches of enforced limits were accepted, and which.</param>
internal sealed record AuditItem(
    Instant At, long Version, string Actor, string Via, string Kind, string Name, string Action, Guid Id, IReadOnlyList<string> Paths, JsonObject? Before, JsonObject? After, AuditWaiver? Waiver);

internal sealed record AuditWaiver(string Reason, IReadOnlyList<Fault> Faults);

/// <summary>Who changed what of the organisation, when, through what, and what it was before.</summary>
internal static class AuditEndpoint
{
    private const int DefaultLimit = 100;
    private const int LargestLimit = 500;

    public static void Map(IEndpointRouteBuilder endpoints) => endpoints.MapGet("/api/v1/audit", Get).RequireRole(Role.Responder)
        .WithName("listAudit").WithTags("Organisation").WithSummary("Every change of the organisation, the latest first")
        .WithDescription("kind is one of the document's things (schedule, person, override, …); name also finds the overrides of a schedule and the absences of a person; actor is a login. Hourly rates are for managers with rights everywhere.")
        .Produces<Page<AuditItem>>().ProducesProblem(422);

    private static async Task<IResult> Get(
        HttpContext context, Database database, string? kind, string? name, string? actor, string? from, string? to, string? limit, string? cursor)
    {
        var faults = new List<Fault>();
        var start = Query.Moment(from, "from", faults);
        var end = Query.Moment(to, "to", faults);
        var size = Size(limit, faults);
        var after = Cursor(cursor, faults);
        if (!string.IsNullOrEmpty(kind) && AllSections.OfKind(kind) is null)
            faults.Add(new Fault("kind", $"must be {Faults.Choice(AllSections.List.Select(s => s.Kind))}, not '{kind}'."));
        if (faults.Count > 0)
            return Error.Invalid(faults).ToProblem();

        await using var db = database.CreateContext();
        var changes = db.Set<ChangeRow>().AsNoTracking();
        if (!string.IsNullOrEmpty(kind))
            changes = changes.Where(c => c.Kind == kind);
        if (!string.IsNullOrEmpty(name))
        {
            var parts = name + "/";
            changes = changes.Where(c => c.Name == name || c.Name.StartsWith(parts));
        }
        if (!string.IsNullOrEmpty(actor))
            changes = changes.Where(c => c.Actor == actor);
        if (start is { } earliest)
            changes = changes.Where(c => c.At >= earliest);
        if (end is { } latest)
            changes = changes.Where(c => c.At < latest);
        if (after is var (version, place))
            changes = changes.Where(c => c.Version < version || (c.Version == version && c.Place > place));
        var found = await changes.OrderByDescending(c => c.Version).ThenBy(c => c.Place).Take(size + 1).ToListAsync(context.RequestAborted);
        var page = found.Take(size).ToList();
        var rows = await Rows(db, page, context.RequestAborted);
        var withPay = context.Actor().CanEverywhere(Role.Manager);
        return TypedResults.Ok(new Page<AuditItem>([.. page.Select(c => Show(c, rows, withPay))], found.Count > size ? Cursor(page[^1]) : null));
    }

    private static async Task<Dictionary<Guid, ItemRow>> Rows(IncidentsDbContext db, List<ChangeRow> page, CancellationToken cancellationToken)
    {
        var ids = page.SelectMany(c => new[] { c.Before, c.After }).OfType<Guid>().ToArray();
        return await db.Set<ItemRow>().AsNoTracking().Where(r => ids.Contains(r.Id)).ToDictionaryAsync(r => r.Id, cancellationToken);
    }

    private static AuditItem Show(ChangeRow change, Dictionary<Guid, ItemRow> rows, bool withPay)
    {
        var before = Body(change.Before);
        var after = Body(change.After);
        return new AuditItem(
            change.At, change.Version, change.Actor, change.Via, change.Kind, change.Name, change.Action, change.Item,
            before is not null && after is not null ? NodeDiff.Paths(before, after) : [],
            Json(before), Json(after),
            change.Waiver is null ? null : new AuditWaiver(change.Waiver, JsonSerializer.Deserialize<List<Fault>>(change.Waived ?? "[]", Kernel.Json.Options)!));

        MapNode? Body(Guid? id) => id is { } row && rows.TryGetValue(row, out var found) && ItemStore.Read(found) is { } item ? Exporting.Shown(item, withPay) : null;
    }

    private static JsonObject? Json(MapNode? body) => body is null ? null : (JsonObject)JsonNode.Parse(NodeJson.Write(body))!;

    private static int Size(string? limit, List<Fault> faults)
    {
        if (string.IsNullOrEmpty(limit))
            return DefaultLimit;
        if (int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size is >= 1 and <= LargestLimit)
            return size;
        faults.Add(new Fault("limit", $"Use a number from 1 to {LargestLimit}."));
        return DefaultLimit;
    }

    private static string Cursor(ChangeRow last) => string.Create(CultureInfo.InvariantCulture, $"{last.Version}-{last.Place}");

    private static (long Version, int Place)? Cursor(string? cursor, List<Fault> faults)
    {
        if (string.IsNullOrEmpty(cursor))
            return null;
        var parts = cursor.Split('-');
        if (parts.Length == 2 && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var version) && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var place))
            return (version, place);
        faults.Add(new Fault("cursor", "Use the nextCursor of the page before."));
        return null;
    }
}
