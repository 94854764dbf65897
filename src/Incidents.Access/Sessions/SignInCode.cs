using Incidents.Access.Accounts;
using Incidents.Access.Audit;
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
            return Page(context, "This code is not right, or it was used before. Wait for the next one.", StatusCodes.Status401Unauthorized);
        }
        if (await pending.Take(SessionCookie.ReadStep(context.Request), context.RequestAborted, PendingKind.SecondStep) is not { } step)
            return Pages.SeeOther(context, "/signin");
        SessionCookie.ClearStep(context, surroundings);
        return await door.LetIn(context, login, SessionMethod.Password, SignIn.ReturnPath(step.Data));
    });

    private Task<Pending?> Begun(HttpContext context) => pending.Find(SessionCookie.ReadStep(context.Request), context.RequestAborted, PendingKind.SecondStep);

    private static IResult Page(HttpContext context, string? error, int status) => Pages.Answer(context, Pages.Frame("Second step", error, said: null, $"""
        <section class="card" aria-labelledby="title">
        <h2 id="title">Second step</h2>
        <p class="lead">Type the six digits that your authenticator app shows now.</p>
        <form method="post" action="/signin/code">
        <label for="code">Code</label>
        <input id="code" name="code" type="text" class="code" required autofocus autocomplete="one-time-code" autocapitalize="none" spellcheck="false" maxlength="40"{(error is null ? "" : """ aria-invalid="true" aria-describedby="error" """)}>
        <button type="submit" class="primary">Sign in</button>
        </form>
        <p class="hint">Without the app, type one of your recovery codes. Without those, ask an administrator to invite you anew.</p>
        <p class="hint"><a href="/signin">Sign in as somebody else</a></p>
        </section>
        """), status);
}
