using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Persistence.Messages;

namespace Incidents.Server.Endpoints;

/// <summary>Parked messages: listed, tried again, thrown away.</summary>
internal static class MessageEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/api/v1/messages").WithTags("operation");
        group.MapGet("/parked", async (MessageOverview messages, CancellationToken ct)
            => Results.Json(new { items = await messages.Parked(500, ct), nextCursor = (string?)null }, Json.Options))
            .RequireRole(Role.Observer).WithName("listParkedMessages").WithSummary("Messages that failed again and again, oldest first");
        group.MapPost("/{id:guid}/replay", async (Guid id, MessageOverview messages, CancellationToken ct)
            => await messages.Replay(id, ct) ? Results.Json(new { id, state = "replayed" }) : Missing(id))
            .RequireRole(Role.Manager).WithName("replayMessage").WithSummary("Tries a parked message again now");
        group.MapPost("/{id:guid}/discard", async (Guid id, MessageOverview messages, CancellationToken ct)
            => await messages.Discard(id, ct) ? Results.Json(new { id, state = "discarded" }) : Missing(id))
            .RequireRole(Role.Admin).WithName("discardMessage").WithSummary("Throws a parked message away");
    }

    private static IResult Missing(Guid id) => Error.NotFound($"There is no parked message {id}.").ToProblem();
}
