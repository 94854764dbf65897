using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Incidents.Access.Accounts;
using Incidents.Access.Keys;
using Incidents.Access.Sessions;
using Incidents.Access.Texts;
using Incidents.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Incidents.Access.OpenId;

/// <summary>What the second half of a sign-in at a provider needs to know of the first.</summary>
internal sealed record OpenIdBegun(string Nonce, string Verifier, string Return);

/// <summary>
/// <c>/signin/oidc</c> sends the browser to the provider, <c>/signin/oidc/callback</c> takes it back. The state is bound to the browser by a cookie and
/// works once; a person whom the organisation does not know is refused in plain words.
/// </summary>
internal sealed class OpenIdSignIn(
    Door door, OpenIdClient client, PendingBook pending, AccountBook accounts, IOptions<OpenIdOptions> options, AccessSurroundings surroundings, ILogger<OpenIdSignIn> logger)
{
    private const string CallbackPath = "/signin/oidc/callback";
    private static readonly Duration Lifetime = Duration.FromMinutes(10);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/signin/oidc", (HttpContext context, OpenIdSignIn openId) => openId.Leave(context)).ExcludeFromDescription();
        routes.MapGet(CallbackPath, (HttpContext context, OpenIdSignIn openId) => openId.Return(context)).ExcludeFromDescription();
    }

    private Task<IResult> Leave(HttpContext context) => Guarded(context, async () =>
    {
        door.Counted(context);
        var begun = new OpenIdBegun(KeySecret.New(""), KeySecret.New(""), SignIn.ReturnPath(context.Request.Query["return"]));
        var state = await pending.Add(PendingKind.OpenId, login: null, JsonSerializer.Serialize(begun, Json.Options), Lifetime, context.RequestAborted);
        var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(begun.Verifier)));
        var address = await client.AuthorizeAddress(Callback(context), state, begun.Nonce, challenge, context.RequestAborted);
        SessionCookie.WriteStep(context, state, Lifetime.ToTimeSpan(), surroundings);
        context.Response.Headers.CacheControl = "no-store";
        return Pages.SeeOther(context, address.AbsoluteUri);
    });

    private Task<IResult> Return(HttpContext context) => Guarded(context, async () =>
    {
        var query = context.Request.Query;
        var state = query["state"].ToString();
        var cookie = SessionCookie.ReadStep(context.Request);
        SessionCookie.ClearStep(context, surroundings);
        if (cookie is null || !CryptographicOperations.FixedTimeEquals(KeySecret.Hash(cookie), KeySecret.Hash(state)) || await pending.Take(state, context.RequestAborted, PendingKind.OpenId) is not { Data: { } data })
            return Refused(context, SignInTexts.Of(context).ProviderNotBegun);
        if (query["error"].ToString() is { Length: > 0 } error)
            return Refused(context, error == "access_denied" ? SignInTexts.Of(context).ProviderDenied : SignInTexts.Of(context).ProviderRefused);
        var begun = JsonSerializer.Deserialize<OpenIdBegun>(data, Json.Options)!;
        var issuer = query["iss"].ToString() is { Length: > 0 } iss ? iss : null;
        var named = await client.Redeem(query["code"].ToString(), Callback(context), begun.Nonce, begun.Verifier, issuer, context.RequestAborted);
        if (accounts.Who(named) is not { } person)
            return Refused(context, SignInTexts.Of(context).ProviderNobody(named), StatusCodes.Status403Forbidden);
        return await door.LetIn(context, person.Login, SessionMethod.OpenId, begun.Return);
    });

    private Task<IResult> Guarded(HttpContext context, Func<Task<IResult>> enter)
    {
        if (!options.Value.IsOn)
            return Task.FromResult(Page(context, SignInTexts.Of(context).ProviderOff, StatusCodes.Status404NotFound));
        return door.Pass(context, (error, status) => Page(context, error, status), async () =>
        {
            try
            {
                return await enter();
            }
            catch (OpenIdRefusal e)
            {
                Log.OpenIdRefused(logger, e.Message, e.InnerException);
                return Refused(context, e.Message, StatusCodes.Status502BadGateway);
            }
        });
    }

    private IResult Refused(HttpContext context, string why, int status = StatusCodes.Status401Unauthorized)
    {
        door.Failed(context);
        return Page(context, why, status);
    }

    private string Callback(HttpContext context)
        => surroundings.PublicUrl is { } own ? own.ToString().TrimEnd('/') + CallbackPath : $"{context.Request.Scheme}://{context.Request.Host}{CallbackPath}";

    private IResult Page(HttpContext context, string error, int status)
    {
        var texts = SignInTexts.Of(context);
        return Pages.Answer(context, Pages.Frame(texts, texts.SignIn, error, said: null, $"""
            <section class="card" aria-labelledby="title">
            <h2 id="title">{Pages.Encode(texts.NotSignedIn)}</h2>
            <p class="lead">{Pages.Encode(texts.ProviderFailed(options.Value.Name))}</p>
            <a class="other" href="/signin">{Pages.Encode(texts.BackToSignIn)}</a>
            </section>
            """), status);
    }
}
