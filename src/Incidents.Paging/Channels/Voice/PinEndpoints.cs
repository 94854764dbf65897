using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace Incidents.Paging.Channels.Voice;

/// <summary>A new PIN for the call-in line: 4 to 8 digits.</summary>
internal sealed record NewPin(string? Pin);

/// <summary>Since when there is a PIN, and until when (exclusive) wrong ones have locked the line; the PIN itself is never shown.</summary>
internal sealed record PinState(Instant SetAt, Instant? LockedUntil);

/// <summary><c>/api/v1/me/pin</c>: one's own PIN of the call-in line.</summary>
internal static class PinEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        Own(routes.MapPut("/api/v1/me/pin", Put)).WithName("setMyPin").WithSummary("Sets the PIN that the call-in line asks for; 4 to 8 digits, and a lock is lifted")
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        Own(routes.MapGet("/api/v1/me/pin", Get)).WithName("getMyPin").WithSummary("Since when there is a PIN, and whether wrong ones have locked the line; null: there is none").Produces<PinState>();
        Own(routes.MapDelete("/api/v1/me/pin", Delete)).WithName("removeMyPin").WithSummary("Takes the PIN back; the call-in line is closed without one").Produces(StatusCodes.Status204NoContent);
    }

    private static RouteHandlerBuilder Own(RouteHandlerBuilder endpoint) => endpoint.RequireRole(Role.Observer).WithTags("Paging").ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> Put(NewPin body, HttpContext http, IOrganisation organisation, Pins pins, CancellationToken cancellationToken)
    {
        var login = http.Actor().Login;
        if (!organisation.Current.People.ContainsKey(login))
            return Error.NotFound($"'{login}' is nobody who can be called: there is no such PIN.").ToProblem();
        if (!Pins.IsPin(body.Pin))
            return Error.Invalid("pin", $"must be {Pins.Shortest} to {Pins.Longest} digits.").ToProblem();
        await pins.Set(login, body.Pin!, cancellationToken);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> Get(HttpContext http, Pins pins, Clock clock, CancellationToken cancellationToken)
        => await pins.Find(http.Actor().Login, cancellationToken) is { } pin
            ? TypedResults.Json(new PinState(pin.SetAt, pin.LockedUntil > clock.Now ? pin.LockedUntil : null), Json.Options)
            : Results.Text("null", "application/json");

    private static async Task<IResult> Delete(HttpContext http, Pins pins, CancellationToken cancellationToken)
        => await pins.Remove(http.Actor().Login, cancellationToken) > 0 ? TypedResults.NoContent() : None();

    private static IResult None() => Error.NotFound("You have no PIN: set one with PUT.").ToProblem();
}
