using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Persistence.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Incidents.Access.Keys;

/// <summary><c>GET /keys?limit=&amp;cursor=</c>: an admin sees all stored keys, everybody else their own. The bootstrap key is no stored key.</summary>
internal static class ListKeys
{
    private const int MostItems = 200;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/v1/keys", Handle)
        .RequireRole(Role.Observer)
        .WithName("listKeys")
        .WithTags("Access")
        .WithSummary("API keys, without their secrets")
        .Produces<KeyList>();

    private static async Task<IResult> Handle(string? limit, string? cursor, HttpContext context, Database database, Clock clock, CancellationToken cancellationToken)
    {
        var faults = new List<Fault>();
        if (!int.TryParse(limit ?? "50", out var most) || most is < 1 or > MostItems)
            faults.Add(new Fault("limit", $"Choose 1 to {MostItems}."));
        var after = Guid.Empty;
        if (cursor is not null && !Guid.TryParse(cursor, out after))
            faults.Add(new Fault("cursor", "Use the nextCursor of the page before."));
        if (faults.Count > 0)
            return Error.Invalid(faults).ToProblem();

        var actor = context.Actor();
        await using var db = database.CreateContext();
        var keys = db.Set<ApiKey>().AsNoTracking().Where(k => k.Id > after);
        if (!actor.Can(Role.Admin))
            keys = keys.Where(k => k.Person == actor.Login);
        var page = await keys.OrderBy(k => k.Id).Take(most + 1).ToListAsync(cancellationToken);
        var items = page.Take(most).Select(k => KeyItem.Of(k, clock.Now)).ToArray();
        return Results.Json(new KeyList(items, page.Count > most ? items[^1].Id.ToString() : null), Json.Options);
    }
}
