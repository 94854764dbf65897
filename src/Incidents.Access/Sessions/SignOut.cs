using Incidents.Access.Identity;
using Incidents.Access.Keys;
using Incidents.Persistence.Storage;
using Incidents.Persistence.Transactions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Incidents.Access.Sessions;

/// <summary>
/// <c>POST /signout</c>: ends the session here and in the database, then shows the sign-in page. With the database away the browser still
/// forgets it.
/// </summary>
internal sealed class SignOut(WorkRunner works, Credentials credentials, SameOrigin sameOrigin, AccessSurroundings surroundings, ILogger<SignOut> logger)
{
    public static void Map(IEndpointRouteBuilder routes)
        => routes.MapPost("/signout", (HttpContext context, SignOut signOut) => signOut.Leave(context)).ExcludeFromDescription();

    private async Task<IResult> Leave(HttpContext context)
    {
        if (!sameOrigin.Allows(context.Request))
            return Results.StatusCode(StatusCodes.Status403Forbidden);

        if (SessionCookie.Read(context.Request) is { } secret)
        {
            var hash = KeySecret.Hash(secret);
            try
            {
                await works.Run(work => work.Db.Set<Session>().Where(s => s.Hash == hash).ExecuteDeleteAsync(context.RequestAborted), context.RequestAborted);
            }
            catch (Exception e) when (!context.RequestAborted.IsCancellationRequested && Transience.IsUnavailable(e))
            {
                Log.DatabaseAway(logger, e);
            }

            credentials.Forget();
        }

        SessionCookie.Clear(context, surroundings);
        return Pages.SeeOther(context, "/signin");
    }
}
