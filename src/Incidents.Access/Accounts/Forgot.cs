using Incidents.Access.Audit;
using Incidents.Access.Sessions;
using Incidents.Access.Texts;
using Incidents.Persistence.Transactions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Incidents.Access.Accounts;

/// <summary>
/// <c>/signin/forgot</c>: sends the link to a new password, to who has an account and an e-mail address. The answer is the same for everybody, and the
/// work as well: a row is written for somebody unknown too.
/// </summary>
internal sealed class Forgot(Door door, AccountBook accounts, WorkRunner works, Mails mails, IOptions<AccessOptions> options)
{
    /// <summary>Nobody's mailbox is filled by somebody else.</summary>
    private const int MostLinks = 3;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/signin/forgot", (HttpContext context) => Page(context, error: null, StatusCodes.Status200OK)).ExcludeFromDescription();
        routes.MapPost("/signin/forgot", (HttpContext context, Forgot forgot) => forgot.Send(context)).ExcludeFromDescription();
    }

    private Task<IResult> Send(HttpContext context) => door.Form(context, (error, status) => Page(context, error, status), async form =>
    {
        door.Counted(context);
        var person = options.Value.Passwords ? accounts.Who(form["login"].ToString().Trim()) : null;
        var email = person is null ? null : AccountBook.EmailOf(person);
        var lifetime = Duration.FromMinutes(options.Value.ResetMinutes);
        await works.Run(async work =>
        {
            var login = person?.Login ?? "";
            var known = await AccountBook.Load(work, login, context.RequestAborted) is not null;
            var sent = await work.Db.Set<Pending>().CountAsync(p => p.Login == login && p.Kind == PendingKind.Reset && p.ExpiresAt > work.Now, context.RequestAborted);
            var tell = known && email is not null && sent < MostLinks;
            var token = PendingBook.Add(work, PendingKind.Reset, tell ? login : null, data: null, lifetime);
            if (!tell || mails.Link(token) is not { } link)
                return;
            work.Note(Caller.Of(context, ""), AccessAction.ResetAsked, login);
            mails.Reset(work, person!, email!, link, work.Now + lifetime);
        }, context.RequestAborted);
        var texts = SignInTexts.Of(context);
        return Pages.Answer(context, Pages.Frame(texts, texts.LookIntoMail, error: null, said: null, $"""
            <section class="card" aria-labelledby="title">
            <h2 id="title">{Pages.Encode(texts.LookIntoMail)}</h2>
            <p class="lead">{Pages.Encode(texts.LookIntoMailLead(options.Value.ResetMinutes))}</p>
            <p class="hint">{Pages.Encode(texts.NothingComes)}</p>
            <p class="hint"><a href="/signin">{Pages.Encode(texts.BackToSignIn)}</a></p>
            </section>
            """));
    });

    private static IResult Page(HttpContext context, string? error, int status)
    {
        var texts = SignInTexts.Of(context);
        return Pages.Answer(context, Pages.Frame(texts, texts.ForgotPassword, error, said: null, $"""
            <section class="card" aria-labelledby="title">
            <h2 id="title">{Pages.Encode(texts.ForgotPassword)}</h2>
            <p class="lead">{Pages.Encode(texts.ForgotLead)}</p>
            <form method="post" action="/signin/forgot">
            <label for="login">{Pages.Encode(texts.LoginOrEmail)}</label>
            <input id="login" name="login" type="text" required autofocus autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="200">
            <button type="submit" class="primary">{Pages.Encode(texts.SendLink)}</button>
            </form>
            <p class="hint"><a href="/signin">{Pages.Encode(texts.BackToSignIn)}</a></p>
            </section>
            """), status);
    }
}
