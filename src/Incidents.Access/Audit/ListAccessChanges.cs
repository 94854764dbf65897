using System.Text.Json;
using Incidents.Access.Identity;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Persistence.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Incidents.Access.Audit;

/// <summary>One change of access. <paramref name="Actor"/> empty: somebody who had not signed in. <paramref name="Person"/> null: a machine's key.</summary>
internal sealed record AccessChangeView(long Id, Instant At, string Actor, string Via, [property: Words(typeof(AccessAction))] string Action, string? Person, string? Detail, string? Address);

internal sealed record AccessChangeList(IReadOnlyList<AccessChangeView> Items, string? NextCursor);

/// <summary><c>GET /api/v1/audit/access</c>: an admin sees everybody's, others what concerns themselves.</summary>
internal static class ListAccessChanges
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/v1/audit/access", Handle)
        .RequireRole(Role.Observer)
        .WithName("listAccessAudit")
        .WithTags("Access")
        .WithSummary("Every change of accounts, sessions and keys, the latest first")
        .WithDescription("person is a login. Without the role admin: what concerns oneself.")
        .Produces<AccessChangeList>()
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> Handle(string? person, string? limit, string? cursor, HttpContext context, Database database, CancellationToken cancellationToken)
    {
        var actor = context.Actor();
        if (!actor.Can(Role.Admin) && !string.IsNullOrEmpty(person) && person != actor.Login)
            return Error.Forbidden($"'{actor.Login}' may see what concerns themself; the rest needs the role admin.").ToProblem();
        var (page, fault) = Paging.Numbered(limit, cursor);
        if (fault is not null)
            return fault.ToProblem();
        var whose = actor.Can(Role.Admin) ? person : actor.Login;
        await using var db = database.CreateContext();
        var changes = db.Set<AccessChange>().AsNoTracking();
        if (!string.IsNullOrEmpty(whose))
            changes = changes.Where(c => c.Person == whose);
        if (page.BeforeNumber is { } before)
            changes = changes.Where(c => c.Id < before);
        var found = await changes.OrderByDescending(c => c.Id).Take(page.Size + 1).ToListAsync(cancellationToken);
        var items = found.Take(page.Size)
            .Select(c => new AccessChangeView(c.Id, c.At, c.Actor, c.Via, JsonNamingPolicy.CamelCase.ConvertName(c.Action.ToString()), c.Person, c.Detail, c.Address)).ToArray();
        return Results.Json(new AccessChangeList(items, found.Count > page.Size ? items[^1].Id.ToString(System.Globalization.CultureInfo.InvariantCulture) : null), Json.Options);
    }
}
