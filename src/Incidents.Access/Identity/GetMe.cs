using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Incidents.Access.Identity;

/// <summary>
/// The caller. <paramref name="Teams"/>: those that the rights of a manager or responder are for; null: everywhere. <paramref name="Via"/>: <c>api</c> with a
/// key, <c>web</c> with a session. <paramref name="Simulator"/>: the built-in phones are served.
/// </summary>
internal sealed record Me(string Login, string Name, Role Role, IReadOnlyList<string>? Teams, string Via, bool Simulator);

internal static class GetMe
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/v1/me", Handle)
        .RequireRole(Role.Observer)
        .WithName("getMe")
        .WithTags("Access")
        .WithSummary("Who I am and what I may do")
        .Produces<Me>();

    private static IResult Handle(HttpContext context, IOrganisation organisation, AccessSurroundings surroundings)
    {
        var actor = context.Actor();
        var name = organisation.Current.People.TryGetValue(actor.Login, out var person) ? person.Name
            : actor.Login == Actor.System.Login ? "System"
            : actor.Login;
        return Results.Json(new Me(actor.Login, name, actor.Role, actor.Teams, actor.Via, surroundings.Simulator), Json.Options);
    }
}
