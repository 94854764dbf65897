using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Persistence.Messages;

namespace Incidents.Server.Endpoints;

internal sealed record ParkedList(IReadOnlyList<ParkedMessage> Items, string? NextCursor);

internal sealed record HandledMessage(Guid Id, [property: Words("replayed", "discarded")] string State);

/// <summary>Parked messages: listed, tried again, thrown away.</summary>
internal static class MessageEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/api/v1/messages").WithTags("Operation");
        group.MapGet("/parked", async (MessageOverview messages, CancellationToken ct)
            => Results.Json(new ParkedList(await messages.Parked(500, ct), NextCursor: null), Json.Options))
            .RequireRole(Role.Observer).WithName("listParkedMessages").WithSummary("Messages that failed again and again, oldest first").Produces<ParkedList>();
        group.MapPost("/{id:guid}/replay", async (Guid id, MessageOverview messages, CancellationToken ct)
            => await messages.Replay(id, ct) ? Results.Json(new HandledMessage(id, "replayed"), Json.Options) : Missing(id))
            .RequireRole(Role.Manager, everywhere: true).WithName("replayMessage").WithSummary("Tries a parked message again now").Produces<HandledMessage>();
        group.MapPost("/{id:guid}/discard", async (Guid id, MessageOverview messages, CancellationToken ct)
            => await messages.Discard(id, ct) ? Results.Json(new HandledMessage(id, "discarded"), Json.Options) : Missing(id))
            .RequireRole(Role.Admin).WithName("discardMessage").WithSummary("Throws a parked message away").Produces<HandledMessage>();
    }

    private static IResult Missing(Guid id) => Error.NotFound($"There is no parked message {id}.").ToProblem();
}
