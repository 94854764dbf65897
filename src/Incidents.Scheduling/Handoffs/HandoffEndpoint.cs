using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace Incidents.Scheduling.Handoffs;

/// <summary>
/// A change of who was on call and what was told. <paramref name="State"/>: <c>told</c> when it happened, or <c>late</c>, caught up with after more than five
/// minutes. Whether a message arrived stands with the notices of kind <c>handoff</c>.
/// </summary>
internal sealed record HandoffView(
    Position Position, Instant At, IReadOnlyList<string> Starts, IReadOnlyList<string> Ends, string? StartText, string? EndText,
    [property: Words("told", "late")] string State, Instant ToldAt);

internal sealed record HandoffList(IReadOnlyList<HandoffView> Items);

/// <summary><c>GET /schedules/{name}/handoffs?limit=</c>: the last ones, newest first.</summary>
internal static class HandoffEndpoint
{
    private static readonly Duration Late = Duration.FromMinutes(5);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/v1/schedules/{name}/handoffs", List)
        .RequireRole(Role.Observer).WithTags("Schedules").WithName("listHandoffs").WithSummary("The last changes of who is on call, and what was told")
        .Produces<HandoffList>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> List(string name, int? limit, IOrganisation organisations, HandoffDesk desk, CancellationToken cancellationToken)
    {
        var organisation = organisations.Current;
        if (!organisation.Schedules.ContainsKey(name) && !organisation.ScheduleHistory.ContainsKey(name))
            return Error.NotFound($"There is no schedule '{name}'.").ToProblem();
        var most = limit ?? 20;
        if (most is < 1 or > 200)
            return Error.Invalid("limit", "Ask for 1 to 200.").ToProblem();
        var rows = await desk.Last(name, most, cancellationToken);
        return Results.Json(new HandoffList([.. rows.Select(View)]), Json.Options);
    }

    private static HandoffView View(HandoffRow row) => new(
        row.Position, row.At, Logins(row.Starts), Logins(row.Ends), row.StartText.Length > 0 ? row.StartText : null, row.EndText.Length > 0 ? row.EndText : null,
        row.ToldAt - row.At > Late ? "late" : "told", row.ToldAt);

    private static string[] Logins(string joined) => joined.Length == 0 ? [] : joined.Split(',');
}
