using Incidents.Access.Audit;
using Incidents.Access.Keys;
using Incidents.Access.Sessions;
using Incidents.Access.Texts;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace Incidents.Access.Accounts;

/// <summary>
/// <c>/signin/password/{token}</c>: where the link of an invitation or a reset leads. Looking spends nothing, so mail scanners do no harm; the password
/// that is sent spends it.
/// </summary>
internal sealed class ChoosePassword(Door door, AccountBook accounts, AccountManager manager, PendingBook pending, IOrganisation organisation, IOptions<AccessOptions> options)
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/signin/password/{token}", (HttpContext context, string token, ChoosePassword choose) => choose.Show(context, token)).ExcludeFromDescription();
        routes.MapPost("/signin/password/{token}", (HttpContext context, string token, ChoosePassword choose) => choose.Set(context, token)).ExcludeFromDescription();
    }

    private Task<IResult> Show(HttpContext context, string token) => door.Pass(context, (error, status) => Over(context, error, status), async () =>
    {
        var (link, person) = await Read(context, token);
        if (link is not null && person is not null)
            return Page(context, token, link.Kind, person, error: null, StatusCodes.Status200OK);
        door.Failed(context);
        return Over(context, SignInTexts.Of(context).LinkGone, StatusCodes.Status410Gone);
    });

    private Task<IResult> Set(HttpContext context, string token) => door.Form(context, (error, status) => Over(context, error, status), async form =>
    {
        var (link, person) = await Read(context, token);
        if (link is null || person is null)
        {
            door.Failed(context);
            return Over(context, SignInTexts.Of(context).LinkGone, StatusCodes.Status410Gone);
        }
        var (password, again) = (form["password"].ToString(), form["again"].ToString());
        if (!string.Equals(password, again, StringComparison.Ordinal))
            return Page(context, token, link.Kind, person, SignInTexts.Of(context).PasswordsDiffer, StatusCodes.Status422UnprocessableEntity);
        if (await manager.Faults(person, password, SignInTexts.Of(context)) is { Count: > 0 } faults)
            return Page(context, token, link.Kind, person, string.Join(" ", faults), StatusCodes.Status422UnprocessableEntity);
        if (!await accounts.SetPassword(person, password, keep: null, link.Hash, Caller.Of(context, person.Login), context.RequestAborted))
            return Over(context, SignInTexts.Of(context).LinkGone, StatusCodes.Status410Gone);
        return Pages.SeeOther(context, "/signin?said=password");
    });

    private async Task<(Pending? Link, Person? Person)> Read(HttpContext context, string token)
    {
        if (!options.Value.Passwords)
            return (null, null);
        var link = await pending.Find(token, context.RequestAborted, PendingKind.Invitation, PendingKind.Reset);
        return (link, link?.Login is { } login ? organisation.Current.People.GetValueOrDefault(login) : null);
    }

    private static IResult Over(HttpContext context, string error, int status)
    {
        var texts = SignInTexts.Of(context);
        return Pages.Answer(context, Pages.Frame(texts, texts.NewPassword, error, said: null, $"""
            <section class="card" aria-labelledby="title">
            <h2 id="title">{Pages.Encode(texts.NoNewPassword)}</h2>
            <p class="lead"><a href="/signin/forgot">{Pages.Encode(texts.AskAnotherLink)}</a>, {Pages.Encode(texts.OrInvitation)}</p>
            </section>
            """), status);
    }

    private IResult Page(HttpContext context, string token, PendingKind kind, Person person, string? error, int status)
    {
        var texts = SignInTexts.Of(context);
        var shortest = options.Value.PasswordLength;
        return Pages.Answer(context, Pages.Frame(texts, texts.ChooseYours, error, said: null, $"""
            <section class="card" aria-labelledby="title">
            <h2 id="title">{Pages.Encode(kind == PendingKind.Invitation ? texts.Welcome(person.Name) : texts.ChooseNew)}</h2>
            <p class="lead">{Pages.Encode(texts.ChooseLead(shortest))}</p>
            <form method="post" action="/signin/password/{Uri.EscapeDataString(token)}">
            <input type="hidden" name="login" value="{Pages.Encode(person.Login)}" autocomplete="username">
            <label for="password">{Pages.Encode(texts.NewPassword)}</label>
            <input id="password" name="password" type="password" required autofocus autocomplete="new-password" minlength="{shortest}" maxlength="{AccountManager.LongestPassword}"{(error is null ? "" : """ aria-invalid="true" aria-describedby="error" """)}>
            <label for="again">{Pages.Encode(texts.OnceMore)}</label>
            <input id="again" name="again" type="password" required autocomplete="new-password" maxlength="{AccountManager.LongestPassword}">
            <button type="submit" class="primary">{Pages.Encode(texts.SetPassword)}</button>
            </form>
            <p class="hint">{Pages.Encode(texts.YouSignInAs("[login]")).Replace("[login]", $"<strong>{Pages.Encode(person.Login)}</strong>", StringComparison.Ordinal)}</p>
            </section>
            """), status);
    }
}
