using Incidents.Access.Accounts;
using Incidents.Access.Audit;
using Incidents.Access.Identity;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Persistence.Storage;
using Incidents.Persistence.Transactions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Incidents.Access.Sessions;

/// <summary>A session as the API shows it. <paramref name="Person"/> null: the bootstrap key's or a machine's. <paramref name="LastUsedAt"/> to the minute.</summary>
/// <param name="Current">The one that asks.</param>
/// <param name="Browser">As far as it says, <c>Firefox on Linux</c>.</param>
internal sealed record SessionView(
    Guid Id, string? Person, [property: Words(typeof(SessionMethod))] string Method, string Browser, string? Address, Instant CreatedAt, Instant LastUsedAt, Instant ExpiresAt, bool Current);

internal sealed record SessionList(IReadOnlyList<SessionView> Items, string? NextCursor);

/// <summary>How many sessions were ended.</summary>
internal sealed record SessionsEnded(int Ended);

/// <summary><c>/api/v1/sessions</c>: who is signed in where. One's own; an admin sees and ends those of others too.</summary>
internal static class SessionEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/sessions", List).RequireRole(Role.Observer).WithTags("Access").WithName("listSessions").WithSummary("Browsers that are signed in, the latest first")
            .WithDescription("Without person: one's own. Sessions of others are for admins; person=* are those of everybody.").Produces<SessionList>().ProducesProblem(403).ProducesProblem(422);
        routes.MapDelete("/api/v1/sessions/{id}", End).RequireRole(Role.Observer).WithTags("Access").WithName("endSession").WithSummary("End a session").Produces(204).ProducesProblem(404);
        routes.MapDelete("/api/v1/sessions", EndOthers).RequireRole(Role.Observer).WithTags("Access").WithName("endOtherSessions").WithSummary("End all my sessions but the one that asks").Produces<SessionsEnded>();
    }

    private static async Task<IResult> List(string? person, string? limit, string? cursor, HttpContext context, Database database, Clock clock, CancellationToken cancellationToken)
    {
        var actor = context.Actor();
        var whose = string.IsNullOrEmpty(person) ? actor.Login : person;
        if (whose != actor.Login && !actor.Can(Role.Admin))
            return Error.Forbidden($"'{actor.Login}' may see their own sessions; those of others need the role admin.").ToProblem();
        var (page, fault) = Paging.Of(limit, cursor);
        if (fault is not null)
            return fault.ToProblem();

        var (now, current) = (clock.Now, Current(context));
        await using var db = database.CreateContext();
        var sessions = db.Set<Session>().AsNoTracking().Where(s => s.ExpiresAt > now);
        if (whose != "*")
            sessions = Own(sessions, whose, current);
        if (page.Before is { } before)
            sessions = sessions.Where(s => s.Id < before);
        var found = await sessions.OrderByDescending(s => s.Id).Take(page.Size + 1).ToListAsync(cancellationToken);
        var items = found.Take(page.Size).Select(s => new SessionView(
            s.Id, s.Person, System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(s.Method.ToString()), Browsers.Name(s.Browser), s.Address, s.CreatedAt, s.LastUsedAt, s.ExpiresAt,
            current is not null && s.Hash.AsSpan().SequenceEqual(current))).ToArray();
        return Results.Json(new SessionList(items, found.Count > page.Size ? items[^1].Id.ToString() : null), Json.Options);
    }

    private static async Task<IResult> End(string id, HttpContext context, WorkRunner works, Credentials credentials, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var (actor, current) = (context.Actor(), Current(context));
        var ended = Guid.TryParse(id, out var session)
            ? await works.Run(async work =>
            {
                var found = await work.Db.Set<Session>().FirstOrDefaultAsync(s => s.Id == session, cancellationToken);
                if (found is null || !(actor.Can(Role.Admin) || found.Person == actor.Login || (current is not null && found.Hash.AsSpan().SequenceEqual(current))))
                    return null;
                work.Db.Remove(found);
                work.Note(Caller.Of(context), AccessAction.SessionEnded, found.Person, Browsers.Name(found.Browser));
                return found;
            }, cancellationToken)
            : null;
        if (ended is null)
            return Error.NotFound($"There is no session '{id}'.").ToProblem();
        credentials.Forget();
        Log.SessionEnded(loggers.CreateLogger(nameof(SessionEndpoints)), actor.Login, ended.Id, ended.Person ?? "nobody in particular");
        return Results.NoContent();
    }

    private static async Task<IResult> EndOthers(HttpContext context, WorkRunner works, Credentials credentials, CancellationToken cancellationToken)
    {
        var (actor, current) = (context.Actor(), Current(context));
        var ended = await works.Run(async work =>
        {
            var count = await SessionBook.EndAll(work, actor.Login, current, cancellationToken);
            if (count > 0)
                work.Note(Caller.Of(context), AccessAction.SessionEnded, actor.Login, $"{count} others");
            return count;
        }, cancellationToken);
        credentials.Forget();
        return Results.Json(new SessionsEnded(ended), Json.Options);
    }

    /// <summary>A person's; of a caller who is none, the one that they call with.</summary>
    private static IQueryable<Session> Own(IQueryable<Session> sessions, string login, byte[]? current)
        => current is null ? sessions.Where(s => s.Person == login) : sessions.Where(s => s.Person == login || s.Hash == current);

    private static byte[]? Current(HttpContext context)
        => context.Request.Headers.Authorization.Count == 0 && SessionCookie.Read(context.Request) is { } secret ? Keys.KeySecret.Hash(secret) : null;
}
