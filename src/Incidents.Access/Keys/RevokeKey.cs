using Incidents.Access.Audit;
using Incidents.Access.Identity;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Persistence.Transactions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Incidents.Access.Keys;

/// <summary>
/// <c>DELETE /keys/{id}</c>: ends a key, and the sessions that were opened with it, at once here and within a second in other processes.
/// One's own, or as admin anybody's; a key that one may not see is not found.
/// </summary>
internal static class RevokeKey
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapDelete("/api/v1/keys/{id}", Handle)
        .RequireRole(Role.Observer)
        .WithName("revokeKey")
        .WithTags("Access")
        .WithSummary("End an API key and its sessions")
        .Produces(StatusCodes.Status204NoContent)
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> Handle(string id, HttpContext context, WorkRunner works, Credentials credentials, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var actor = context.Actor();
        var revoked = Guid.TryParse(id, out var key)
            ? await works.Run(async work =>
            {
                var found = await work.Db.Set<ApiKey>().FirstOrDefaultAsync(k => k.Id == key, cancellationToken);
                if (found is null || !(actor.Can(Role.Admin) || found.Person == actor.Login))
                    return null;
                work.Db.Remove(found);
                work.Note(Caller.Of(context), AccessAction.KeyRevoked, found.Person, found.Name);
                return found;
            }, cancellationToken)
            : null;
        if (revoked is null)
            return Error.NotFound($"There is no key '{id}'.").ToProblem();

        credentials.Forget();
        Log.KeyRevoked(loggers.CreateLogger(nameof(RevokeKey)), actor.Login, revoked.Name, revoked.Id);
        return Results.NoContent();
    }
}
