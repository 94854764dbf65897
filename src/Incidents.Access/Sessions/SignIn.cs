using System.Net;
using Incidents.Access.Accounts;
using Incidents.Access.Audit;
using Incidents.Access.Identity;
using Incidents.Access.Keys;
using Incidents.Access.OpenId;
using Incidents.Access.Texts;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Persistence.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace Incidents.Access.Sessions;

/// <summary>
/// <c>GET</c> and <c>POST /signin</c>: login and password, an API key, or with demo data on loopback a person's name, becomes a session cookie. Works
/// without JavaScript; a refused sign-in is the page again, saying why.
/// </summary>
internal sealed class SignIn(
    Door door, AccountBook accounts, Credentials credentials, IOrganisation organisation, IOptions<OpenIdOptions> openId, AccessSurroundings surroundings, IOptions<AccessOptions> options)
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/signin", (HttpContext context, SignIn signIn) => signIn.Show(context)).ExcludeFromDescription();
        routes.MapPost("/signin", (HttpContext context, SignIn signIn) => signIn.Enter(context)).ExcludeFromDescription();
        Pages.MapAssets(routes);
    }

    private async Task<IResult> Show(HttpContext context)
    {
        var target = ReturnPath(context.Request.Query["return"]);
        return await IsSignedIn(context) ? Results.Redirect(target) : Page(context, target, error: null, StatusCodes.Status200OK);
    }

    private Task<IResult> Enter(HttpContext context) => door.Form(context, (error, status) => Page(context, "/", error, status), form =>
    {
        var target = ReturnPath(form["return"]);
        return door.Pass(context, (error, status) => Page(context, target, error, status, byKey: form.ContainsKey("key")), () =>
            form.ContainsKey("as") ? ByDemo(context, form["as"].ToString(), target)
            : form.ContainsKey("login") ? ByPassword(context, form["login"].ToString().Trim(), form["password"].ToString(), target)
            : ByKey(context, form["key"].ToString().Trim(), target));
    });

    private async Task<IResult> ByPassword(HttpContext context, string typed, string password, string target)
    {
        var account = options.Value.Passwords ? await accounts.Check(accounts.Who(typed), password, Caller.Of(context), context.RequestAborted) : null;
        if (account is not null)
            return await door.AfterPassword(context, account, target);
        door.Failed(context);
        // One text for every reason, so that it tells nobody which logins exist.
        var texts = SignInTexts.Of(context);
        return Page(context, target, options.Value.Passwords ? texts.Refused : texts.PasswordsOff, StatusCodes.Status401Unauthorized, typed: typed);
    }

    private async Task<IResult> ByKey(HttpContext context, string key, string target)
    {
        if (await credentials.OfKey(key, "web", context.RequestAborted) is { Actor: var actor })
        {
            await door.Begin(context, actor.Login, organisation.Current.People.ContainsKey(actor.Login) ? actor.Login : null, SessionMethod.Key, KeySecret.Hash(key));
            return Pages.SeeOther(context, target);
        }
        door.Failed(context);
        return Page(context, target, key.Length == 0 ? SignInTexts.Of(context).PasteKey : SignInTexts.Of(context).KeyNotValid, StatusCodes.Status401Unauthorized, byKey: true);
    }

    private async Task<IResult> ByDemo(HttpContext context, string login, string target)
    {
        if (OffersDemo(context.Connection.RemoteIpAddress) && organisation.Current.People.ContainsKey(login))
        {
            await door.Begin(context, login, login, SessionMethod.Demo, keyHash: null);
            return Pages.SeeOther(context, target);
        }
        door.Failed(context);
        return Page(context, target, SignInTexts.Of(context).NoDemo, StatusCodes.Status401Unauthorized);
    }

    private bool OffersDemo(IPAddress? address) => surroundings.DemoSignIn && address is not null && IPAddress.IsLoopback(address);

    /// <summary>
    /// Where a browser that opens a page of the console has to go first; null: nowhere, it has a session. Not asked of what is no page: a service worker keeps
    /// the console for when there is no connection, and must not keep the way to the sign-in page in its place.
    /// </summary>
    public async Task<string?> Before(HttpContext context)
        => !context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase) || await IsSignedIn(context, whenAway: true)
            ? null
            : "/signin?return=" + Uri.EscapeDataString(context.Request.Path.ToUriComponent() + context.Request.QueryString.ToUriComponent());

    /// <param name="whenAway">What to take for true while the database cannot be asked.</param>
    private async Task<bool> IsSignedIn(HttpContext context, bool whenAway = false)
    {
        try
        {
            return SessionCookie.Read(context.Request) is { } session && await credentials.OfSession(session, context.RequestAborted) is not null;
        }
        catch (Exception e) when (!context.RequestAborted.IsCancellationRequested && Transience.IsUnavailable(e))
        {
            return whenAway; // the form says so when it is sent, and the console that it is away
        }
    }

    private IResult Page(HttpContext context, string target, string? error, int status, bool byKey = false, string typed = "")
        => Pages.Answer(context, SignInPage.Render(SignInTexts.Of(context), target, error, Said(context), Offers(context, byKey), typed), status);

    private Offers Offers(HttpContext context, bool byKey)
    {
        IReadOnlyList<Person> people = OffersDemo(context.Connection.RemoteIpAddress)
            ? [.. organisation.Current.People.Values.OrderByDescending(p => p.Role).ThenBy(p => p.Name, StringComparer.Ordinal).Take(24)]
            : [];
        return new Offers(people, options.Value.Passwords, openId.Value.IsOn ? openId.Value.Name : null,
            // Before anybody is there, the first key is the only way in.
            byKey || organisation.Current.People.Count == 0);
    }

    /// <summary>Only words of ours, however the page is called.</summary>
    private static string? Said(HttpContext context) => context.Request.Query["said"].ToString() == "password" ? SignInTexts.Of(context).PasswordSet : null;

    /// <summary>A path of this site only: what others may have put into a link must not lead away.</summary>
    internal static string ReturnPath(string? path)
        => path is ['/', ..] && !path.StartsWith("//", StringComparison.Ordinal) && path.All(c => c is > ' ' and <= '~' and not '\\')
            && !path.StartsWith("/signin", StringComparison.Ordinal) && !path.StartsWith("/signout", StringComparison.Ordinal)
            ? path
            : "/";
}
