using Incidents.Access.Keys;
using Incidents.Access.Sessions;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Persistence.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Incidents.Access.Identity;

/// <summary>
/// Recognises the caller of everything under <c>/api</c>, before bodies are read, and turns nobody away with 401.
/// All other paths are anonymous; what needs a secret there (integrations, callbacks, links) carries its own.
/// </summary>
internal sealed class Authentication(Credentials credentials, SameOrigin sameOrigin, AccessMetrics metrics, ILogger<Authentication> logger) : IMiddleware
{
    private const string Scheme = "Bearer ";

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (!context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal))
        {
            await next(context);
            return;
        }

        if (await Recognise(context) is { } refusal)
            await refusal.ExecuteAsync(context);
        else
            await next(context);
    }

    private async Task<IResult?> Recognise(HttpContext context)
    {
        try
        {
            var authorization = context.Request.Headers.Authorization.ToString();
            if (authorization.Length > 0)
                return await ByKey(context, authorization);
            return SessionCookie.Read(context.Request) is { } session ? await BySession(context, session) : Unauthorized(context, AccessMetrics.NoKey);
        }
        catch (Exception e) when (!context.RequestAborted.IsCancellationRequested && Transience.IsUnavailable(e))
        {
            Log.DatabaseAway(logger, e);
            metrics.Refused(AccessMetrics.DatabaseAway);
            context.Response.Headers.RetryAfter = "1";
            return new Error(ErrorKind.Unavailable, "unavailable", "The database is away; try again.", []).ToProblem();
        }
    }

    private async Task<IResult?> ByKey(HttpContext context, string authorization)
    {
        var known = authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? await credentials.OfKey(authorization[Scheme.Length..].Trim(), "api", context.RequestAborted)
            : null;
        return known is null ? Unauthorized(context, AccessMetrics.BadKey) : Enter(context, known);
    }

    private async Task<IResult?> BySession(HttpContext context, string session)
    {
        var known = await credentials.OfSession(session, context.RequestAborted);
        if (known is null)
            return Unauthorized(context, AccessMetrics.NoKey);
        if (SameOrigin.IsUnsafe(context.Request.Method) && !sameOrigin.Allows(context.Request))
        {
            metrics.Refused(AccessMetrics.CrossSite);
            Log.CrossSiteRefused(logger, context.Request.Method, context.Request.Headers.Origin.ToString());
            return Error.Forbidden("Another site made this request; it may not use the session of this one.").ToProblem();
        }

        return Enter(context, known);
    }

    private IResult? Enter(HttpContext context, Known known)
    {
        if (!Scopes.Allow(known.Scopes, context.Request))
        {
            metrics.Refused(AccessMetrics.OutOfScope);
            var needed = Scopes.Needed(context.Request.Method, context.Request.Path) is { } any ? $"that needs the scope {string.Join(" or ", Scopes.List(any))}" : "no scope covers it";
            return Error.Forbidden($"This key is for {string.Join(", ", Scopes.List(known.Scopes ?? Scope.None))} only: {needed}.").ToProblem();
        }
        context.SetActor(known.Actor);
        return null;
    }

    private IResult Unauthorized(HttpContext context, string reason)
    {
        metrics.Refused(reason);
        context.Response.Headers.WWWAuthenticate = "Bearer";
        var title = reason == AccessMetrics.BadKey ? "This API key is not valid, or no longer." : "Send an API key: Authorization: Bearer <key>.";
        return new Error(ErrorKind.Unauthorized, "unauthorized", title, []).ToProblem();
    }
}
