using Incidents.Access.Accounts;
using Incidents.Access.Audit;
using Incidents.Access.Texts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Incidents.Access.Sessions;

/// <summary><c>/signin/code</c>: the second step, with a code of the authenticator app or one of the recovery codes.</summary>
internal sealed class SignInCode(Door door, AccountBook accounts, PendingBook pending, AccessSurroundings surroundings)
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/signin/code", (HttpContext context, SignInCode code) => code.Show(context)).ExcludeFromDescription();
        routes.MapPost("/signin/code", (HttpContext context, SignInCode code) => code.Enter(context)).ExcludeFromDescription();
    }

    private Task<IResult> Show(HttpContext context) => door.Pass(context, (error, status) => Page(context, error, status), async () =>
        await Begun(context) is null ? Pages.SeeOther(context, "/signin") : Page(context, null, StatusCodes.Status200OK));

    private Task<IResult> Enter(HttpContext context) => door.Form(context, (error, status) => Page(context, error, status), async form =>
    {
        if (await Begun(context) is not { Login: { } login } || await accounts.Find(login, context.RequestAborted) is not { } account)
            return Pages.SeeOther(context, "/signin");
        if (!await accounts.CheckCode(account, form["code"].ToString().Trim(), Caller.Of(context), context.RequestAborted))
        {
            door.Failed(context);
            return Page(context, SignInTexts.Of(context).CodeWrong, StatusCodes.Status401Unauthorized);
        }
        if (await pending.Take(SessionCookie.ReadStep(context.Request), context.RequestAborted, PendingKind.SecondStep) is not { } step)
            return Pages.SeeOther(context, "/signin");
        SessionCookie.ClearStep(context, surroundings);
        return await door.LetIn(context, login, SessionMethod.Password, SignIn.ReturnPath(step.Data));
    });

    private Task<Pending?> Begun(HttpContext context) => pending.Find(SessionCookie.ReadStep(context.Request), context.RequestAborted, PendingKind.SecondStep);

    private static IResult Page(HttpContext context, string? error, int status)
    {
        var texts = SignInTexts.Of(context);
        return Pages.Answer(context, Pages.Frame(texts, texts.SecondStep, error, said: null, $"""
            <section class="card" aria-labelledby="title">
            <h2 id="title">{Pages.Encode(texts.SecondStep)}</h2>
            <p class="lead">{Pages.Encode(texts.SecondStepLead)}</p>
            <form method="post" action="/signin/code">
            <label for="code">{Pages.Encode(texts.Code)}</label>
            <input id="code" name="code" type="text" class="code" required autofocus autocomplete="one-time-code" autocapitalize="none" spellcheck="false" maxlength="40"{(error is null ? "" : """ aria-invalid="true" aria-describedby="error" """)}>
            <button type="submit" class="primary">{Pages.Encode(texts.SignIn)}</button>
            </form>
            <p class="hint">{Pages.Encode(texts.CodeHint)}</p>
            <p class="hint"><a href="/signin">{Pages.Encode(texts.AsSomebodyElse)}</a></p>
            </section>
            """), status);
    }
}
