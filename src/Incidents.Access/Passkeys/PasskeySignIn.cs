using System.Text.Json;
using System.Text.Json.Nodes;
using Incidents.Access.Accounts;
using Incidents.Access.Audit;
using Incidents.Access.Identity;
using Incidents.Access.Sessions;
using Incidents.Access.Texts;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Persistence.Transactions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Incidents.Access.Passkeys;

/// <summary>
/// <c>POST /signin/passkey/options</c> and <c>POST /signin/passkey</c>: what the sign-in page's script asks. The question is bound to the browser by a
/// cookie and answered once; whoever answers it needs neither login nor password.
/// </summary>
internal sealed class PasskeySignIn(
    Door door, IPasskeyHandler<Account> handler, PendingBook pending, IOrganisation organisation, WorkRunner works, SameOrigin sameOrigin, AccessSurroundings surroundings, ILogger<PasskeySignIn> logger)
{
    private const int LongestBody = 64 * 1024;
    private static readonly Duration Lifetime = Duration.FromMinutes(5);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/signin/passkey/options", (HttpContext context, PasskeySignIn passkeys) => passkeys.Ask(context)).ExcludeFromDescription();
        routes.MapPost("/signin/passkey", (HttpContext context, PasskeySignIn passkeys) => passkeys.Answer(context)).ExcludeFromDescription();
    }

    private Task<IResult> Ask(HttpContext context) => Guarded(context, async () =>
    {
        door.Counted(context);
        var made = await handler.MakeRequestOptionsAsync(user: null, context);
        var secret = await pending.Add(PendingKind.PasskeyAnswer, login: null, made.AssertionState, Lifetime, context.RequestAborted);
        SessionCookie.WriteStep(context, secret, Lifetime.ToTimeSpan(), surroundings);
        context.Response.Headers.CacheControl = "no-store";
        return Results.Content(made.RequestOptionsJson, "application/json");
    });

    private Task<IResult> Answer(HttpContext context) => Guarded(context, async () =>
    {
        JsonObject? body;
        try
        {
            body = await JsonSerializer.DeserializeAsync<JsonObject>(context.Request.Body, Json.Options, context.RequestAborted);
        }
        catch (JsonException)
        {
            return Error.Malformed("The body is not a JSON object.").ToProblem();
        }
        var begun = await pending.Take(SessionCookie.ReadStep(context.Request), context.RequestAborted, PendingKind.PasskeyAnswer);
        SessionCookie.ClearStep(context, surroundings);
        if (begun?.Data is not { } state || body?["credential"] is not JsonObject credential)
            return Refused(context, "nothing was asked of this browser");

        var result = await handler.PerformAssertionAsync(new PasskeyAssertionContext { HttpContext = context, CredentialJson = credential.ToJsonString(), AssertionState = state });
        if (!result.Succeeded)
            return Refused(context, result.Failure.Message);
        var account = result.User;
        if (!organisation.Current.People.ContainsKey(account.Login))
            return Refused(context, $"{account.Login} is nobody any more");
        await works.Run(work => work.Db.Set<Passkey>().Where(p => p.CredentialId == result.Passkey.CredentialId).ExecuteUpdateAsync(s => s
            .SetProperty(p => p.SignCount, (long)result.Passkey.SignCount).SetProperty(p => p.BackedUp, result.Passkey.IsBackedUp).SetProperty(p => p.LastUsedAt, work.Now), context.RequestAborted), context.RequestAborted);
        await door.Begin(context, account.Login, account.Login, SessionMethod.Passkey, keyHash: null);
        return Results.Json(new { location = SignIn.ReturnPath((string?)body["return"]) }, Json.Options);
    });

    private Task<IResult> Guarded(HttpContext context, Func<Task<IResult>> enter)
    {
        if (!sameOrigin.Allows(context.Request) || !context.Request.HasJsonContentType() || context.Request.ContentLength is null or > LongestBody)
            return Task.FromResult(Error.Forbidden(SignInTexts.Of(context).PasskeyElsewhere).ToProblem());
        return door.Pass(context, (error, status) => Results.Problem(title: error, statusCode: status), enter);
    }

    private IResult Refused(HttpContext context, string why)
    {
        door.Failed(context);
        Log.PasskeyRefused(logger, Caller.Of(context).Address ?? "an unknown address", why);
        return new Error(ErrorKind.Unauthorized, "unauthorized", SignInTexts.Of(context).PasskeyUnknown, []).ToProblem();
    }
}
