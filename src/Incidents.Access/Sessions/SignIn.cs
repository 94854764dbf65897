using System.Globalization;
using System.Net;
using Incidents.Access.Identity;
using Incidents.Access.Keys;
using Incidents.Contracts.Seams;
using Incidents.Persistence.Storage;
using Incidents.Persistence.Transactions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Incidents.Access.Sessions;

/// <summary>
/// <c>GET</c> and <c>POST /signin</c>: an API key, or with demo data on loopback a person's name, becomes a session cookie. Works without
/// JavaScript; a refused sign-in is the page again, saying why.
/// </summary>
internal sealed class SignIn(
    Credentials credentials,
    IOrganisation organisation,
    WorkRunner works,
    SignInThrottle throttle,
    SameOrigin sameOrigin,
    AccessSurroundings surroundings,
    IOptions<AccessOptions> options,
    AccessMetrics metrics,
    ILogger<SignIn> logger)
{
    private const int LongestForm = 16 * 1024;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/signin", (HttpContext context, SignIn signIn) => signIn.Show(context)).ExcludeFromDescription();
        routes.MapPost("/signin", (HttpContext context, SignIn signIn) => signIn.Enter(context)).ExcludeFromDescription();
        SignInPage.MapAssets(routes);
    }

    private async Task<IResult> Show(HttpContext context)
    {
        var target = ReturnPath(context.Request.Query["return"]);
        if (await IsSignedIn(context))
            return Results.Redirect(target);
        return Page(context, target, error: null, StatusCodes.Status200OK);
    }

    private async Task<IResult> Enter(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        if (!context.Request.HasFormContentType || context.Request.ContentLength > LongestForm)
            return Page(context, "/", "Send the form of this page.", StatusCodes.Status400BadRequest);
        if (!sameOrigin.Allows(context.Request))
        {
            metrics.Refused(AccessMetrics.CrossSite);
            return Page(context, "/", "That came from another site. Sign in here.", StatusCodes.Status403Forbidden);
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var target = ReturnPath(form["return"]);
        if (throttle.Wait(address) is { } wait)
        {
            metrics.Refused(AccessMetrics.SignInThrottled);
            Log.SignInThrottled(logger, Shown(address));
            context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            return Page(context, target, $"Too many sign-ins failed. Try again in {Math.Ceiling(wait.TotalSeconds):0} seconds.", StatusCodes.Status429TooManyRequests);
        }

        try
        {
            return await Enter(context, form, target, address);
        }
        catch (Exception e) when (!context.RequestAborted.IsCancellationRequested && Transience.IsUnavailable(e))
        {
            Log.DatabaseAway(logger, e);
            metrics.Refused(AccessMetrics.DatabaseAway);
            return Page(context, target, "The database is away, so nobody can sign in. Try again in a moment.", StatusCodes.Status503ServiceUnavailable);
        }
    }

    private async Task<IResult> Enter(HttpContext context, IFormCollection form, string target, IPAddress? address)
    {
        var (actor, keyHash) = form.ContainsKey("as")
            ? (OfDemo(form["as"].ToString(), address), null)
            : await OfKey(form["key"].ToString().Trim(), context.RequestAborted);
        if (actor is null)
        {
            throttle.Failed(address);
            metrics.Refused(AccessMetrics.SignInFailed);
            Log.SignInFailed(logger, Shown(address));
            var error = form.ContainsKey("as") ? "This is no demo any more: sign in with an API key."
                : form["key"].ToString().Trim().Length == 0 ? "Paste an API key."
                : "This API key is not valid, or no longer.";
            return Page(context, target, error, StatusCodes.Status401Unauthorized);
        }

        var secret = await Open(actor, keyHash, context.RequestAborted);
        SessionCookie.Write(context, secret, TimeSpan.FromDays(options.Value.SessionDays), surroundings);
        Log.SignedIn(logger, actor.Login, Shown(address));
        return SeeOther(context, target);
    }

    private async Task<(Actor? Actor, byte[]? KeyHash)> OfKey(string key, CancellationToken cancellationToken)
        => (await credentials.OfKey(key, "web", cancellationToken), KeySecret.Hash(key));

    private Actor? OfDemo(string login, IPAddress? address)
        => OffersDemo(address) && organisation.Current.People.TryGetValue(login, out var person) ? new Actor(login, person.Role, "web") : null;

    private bool OffersDemo(IPAddress? address) => surroundings.DemoSignIn && address is not null && IPAddress.IsLoopback(address);

    private Task<string> Open(Actor actor, byte[]? keyHash, CancellationToken cancellationToken)
    {
        var secret = KeySecret.New("ses_");
        return works.Run(async work =>
        {
            await work.Db.Set<Session>().Where(s => s.ExpiresAt <= work.Now).ExecuteDeleteAsync(cancellationToken);
            work.Db.Add(new Session
            {
                Hash = KeySecret.Hash(secret),
                KeyHash = keyHash,
                Person = keyHash is null ? actor.Login : null,
                CreatedAt = work.Now,
                ExpiresAt = work.Now + NodaTime.Duration.FromDays(options.Value.SessionDays),
            });
            return secret;
        }, cancellationToken);
    }

    private async Task<bool> IsSignedIn(HttpContext context)
    {
        try
        {
            return SessionCookie.Read(context.Request) is { } session && await credentials.OfSession(session, context.RequestAborted) is not null;
        }
        catch (Exception e) when (!context.RequestAborted.IsCancellationRequested && Transience.IsUnavailable(e))
        {
            return false; // the form says so when it is sent
        }
    }

    private IResult Page(HttpContext context, string target, string? error, int status)
    {
        context.Response.Headers.CacheControl = "no-store";
        var people = OffersDemo(context.Connection.RemoteIpAddress)
            ? organisation.Current.People.Values.OrderByDescending(p => p.Role).ThenBy(p => p.Name, StringComparer.Ordinal).Take(24).ToArray()
            : [];
        return Results.Content(SignInPage.Render(target, error, people), "text/html; charset=utf-8", statusCode: status);
    }

    /// <summary>303, so that the browser fetches the page with GET and a reload does not send the form again.</summary>
    internal static IResult SeeOther(HttpContext context, string path)
    {
        context.Response.Headers.Location = path;
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }

    /// <summary>A path of this site only: what others may have put into a link must not lead away.</summary>
    internal static string ReturnPath(string? path)
        => path is ['/', ..] && !path.StartsWith("//", StringComparison.Ordinal) && path.All(c => c is > ' ' and <= '~' and not '\\')
            && !path.StartsWith("/signin", StringComparison.Ordinal) && !path.StartsWith("/signout", StringComparison.Ordinal)
            ? path
            : "/";

    private static string Shown(IPAddress? address) => address?.ToString() ?? "an unknown address";
}
