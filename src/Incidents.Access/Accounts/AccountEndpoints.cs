using Incidents.Access.Audit;
using Incidents.Access.Identity;
using Incidents.Access.Passkeys;
using Incidents.Access.Sessions;
using Incidents.Access.Texts;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Persistence.Storage;
using Incidents.Persistence.Transactions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Incidents.Access.Accounts;

/// <summary>How the caller signs in. <paramref name="Passwords"/>: this installation takes passwords; <paramref name="PasswordLength"/> is the least.</summary>
internal sealed record AccountView(
    string Login, string Name, string? Email, bool Passwords, int PasswordLength, bool HasPassword, Instant? PasswordAt, bool Totp, int RecoveryCodesLeft, IReadOnlyList<PasskeyView> Passkeys, Instant? LockedUntil);

internal sealed record NewPasswordBody(string? CurrentPassword, string? NewPassword);

internal sealed record PasswordBody(string? Password);

internal sealed record CodeBody(string? Code);

/// <summary>What an authenticator app needs: the address as QR code, or the secret typed in. Nothing is on before a code of it was shown.</summary>
internal sealed record TotpSetup(string Secret, string Address);

/// <summary>Shown this once; each works once.</summary>
internal sealed record RecoveryCodeList(IReadOnlyList<string> Codes);

/// <summary><c>/api/v1/account</c>: the caller's own password and authenticator app.</summary>
internal static class AccountEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        One(routes.MapGet("/api/v1/account", Show)).WithName("getAccount").WithSummary("How I sign in").Produces<AccountView>();
        One(routes.MapPost("/api/v1/account/confirm", Confirm)).WithName("confirmAccount").Accepts<PasswordBody>("application/json")
            .WithSummary("Show once more who I am, with the password: opens 15 minutes for changes of the account").Produces(StatusCodes.Status204NoContent);
        One(routes.MapPut("/api/v1/account/password", SetPassword)).WithName("setMyPassword").Accepts<NewPasswordBody>("application/json")
            .WithSummary("Set my password; every other session of mine ends").Produces(StatusCodes.Status204NoContent);
        One(routes.MapPost("/api/v1/account/totp", StartTotp)).WithName("startMyTotp").WithSummary("Begin to set up an authenticator app").Produces<TotpSetup>();
        One(routes.MapPut("/api/v1/account/totp", TurnOnTotp)).WithName("turnOnMyTotp").Accepts<CodeBody>("application/json")
            .WithSummary("Turn the second step on, with a code of the app; answers with recovery codes").Produces<RecoveryCodeList>();
        One(routes.MapDelete("/api/v1/account/totp", TurnOffTotp)).WithName("turnOffMyTotp").WithSummary("Turn the second step off").Produces(StatusCodes.Status204NoContent);
        One(routes.MapPost("/api/v1/account/recovery-codes", NewCodes)).WithName("makeMyRecoveryCodes").WithSummary("Make ten new recovery codes; the old ones end").Produces<RecoveryCodeList>();
    }

    public static RouteHandlerBuilder One(RouteHandlerBuilder endpoint) => endpoint.RequireRole(Role.Observer).WithTags("Access")
        .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> Show(HttpContext context, OwnAccount own, Database database, IOptions<AccessOptions> options, AccountBook accounts)
    {
        var read = await own.Read(context);
        if (!read.IsOk)
            return read.Error!.ToProblem();
        var (person, account, _) = read.Value;
        var passkeys = account is null ? [] : await PasskeyEndpoints.List(database, account.Id, context.RequestAborted);
        return Results.Json(new AccountView(
            person.Login, person.Name, AccountBook.EmailOf(person), options.Value.Passwords, options.Value.PasswordLength, account?.PasswordHash is not null, account?.PasswordAt,
            account?.TotpOn ?? false, account?.RecoveryCodesLeft ?? 0, passkeys, account is not null && accounts.IsLocked(account) ? account.LockedUntil : null), Json.Options);
    }

    private static async Task<IResult> Confirm(HttpContext context, OwnAccount own, AccountBook accounts, SignInThrottle throttle, WorkRunner works)
    {
        var (changed, body) = (await own.Change(context, confirmed: false), await Bodies.Read(context, new PasswordBody(null)));
        if ((changed.Error ?? body.Error) is { } error)
            return error.ToProblem();
        if (await Wrong(context, accounts, throttle, changed.Value.Person, body.Value.Password ?? "") is { } refusal)
            return refusal.ToProblem();
        var session = changed.Value.Session;
        await works.Run(async work =>
        {
            await work.Db.Set<Session>().Where(s => s.Hash == session).ExecuteUpdateAsync(s => s.SetProperty(x => x.ConfirmedAt, work.Now), context.RequestAborted);
            if (await AccountBook.Load(work, changed.Value.Person.Login, context.RequestAborted) is { } account)
                AccountBook.Right(account, account.SignedInAt ?? work.Now);
        }, context.RequestAborted);
        return Results.NoContent();
    }

    /// <summary>Null: the password is right. Tries count as at the door.</summary>
    private static async Task<Error?> Wrong(HttpContext context, AccountBook accounts, SignInThrottle throttle, Person person, string password, string field = "password")
    {
        var address = context.Connection.RemoteIpAddress;
        if (throttle.Wait(address) is { } wait)
            return new Error(ErrorKind.LimitReached, "too-many-tries", $"Too many tries failed. Wait {Math.Ceiling(wait.TotalSeconds):0} seconds.", []);
        if (await accounts.Check(person, password, Caller.Of(context), context.RequestAborted) is not null)
            return null;
        throttle.Failed(address);
        return Error.Invalid(field, "This is not your password, or too many wrong ones were tried and the account takes none for a while.");
    }

    private static async Task<IResult> SetPassword(HttpContext context, OwnAccount own, AccountBook accounts, AccountManager manager, SignInThrottle throttle, IOptions<AccessOptions> options)
    {
        var body = await Bodies.Read(context, new NewPasswordBody(null, null));
        if (!body.IsOk)
            return body.Error!.ToProblem();
        // With a password the present one is asked for; without, there may be a passkey to show.
        var read = await own.Read(context);
        var changed = await own.Change(context, confirmed: read.IsOk && read.Value.Account?.PasswordHash is null);
        if (!changed.IsOk)
            return changed.Error!.ToProblem();
        if (!options.Value.Passwords)
            return Error.Conflict("no-passwords", "Passwords are turned off here.").ToProblem();
        var (person, account, session) = changed.Value;
        if (await manager.Faults(person, body.Value.NewPassword ?? "", SignInTexts.English) is { Count: > 0 } faults)
            return Error.Invalid([.. faults.Select(f => new Fault("newPassword", f))]).ToProblem();
        if (account?.PasswordHash is not null && await Wrong(context, accounts, throttle, person, body.Value.CurrentPassword ?? "", "currentPassword") is { } refusal)
            return refusal.ToProblem();
        await accounts.SetPassword(person, body.Value.NewPassword!, session, link: null, Caller.Of(context), context.RequestAborted);
        return Results.NoContent();
    }

    private static async Task<IResult> StartTotp(HttpContext context, OwnAccount own, AccountBook accounts, SecretBox box)
    {
        var changed = await own.Change(context);
        if (!changed.IsOk)
            return changed.Error!.ToProblem();
        if (changed.Value.Account is { TotpOn: true })
            return Error.Conflict("totp-on", "The second step is on already: turn it off first.").ToProblem();
        var secret = Totp.NewSecret();
        await accounts.Change(changed.Value.Person.Login, Caller.Of(context), (account, _) =>
        {
            if (!account.TotpOn)
                (account.TotpSecret, account.TotpStep) = (box.Seal(account.Id, secret), 0);
            return Task.CompletedTask;
        }, context.RequestAborted);
        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(new TotpSetup(secret, Totp.Address(changed.Value.Person.Login, secret)), Json.Options);
    }

    private static async Task<IResult> TurnOnTotp(HttpContext context, OwnAccount own, AccountBook accounts, SecretBox box, SignInThrottle throttle)
    {
        var (changed, body) = (await own.Change(context), await Bodies.Read(context, new CodeBody(null)));
        if ((changed.Error ?? body.Error) is { } error)
            return error.ToProblem();
        if (throttle.Wait(context.Connection.RemoteIpAddress) is not null)
            return new Error(ErrorKind.LimitReached, "too-many-tries", "Too many tries failed. Wait a minute.", []).ToProblem();
        var code = (body.Value.Code ?? "").Replace(" ", "", StringComparison.Ordinal);
        IReadOnlyList<string>? codes = null;
        await accounts.Change(changed.Value.Person.Login, Caller.Of(context), (account, work) =>
        {
            codes = null;
            if (account.TotpOn || account.TotpSecret is not { } stored || box.Open(account.Id, stored) is not { } secret || Totp.Step(secret.Secret, code, work.Now, account.TotpStep) is not { } step)
                return Task.CompletedTask;
            (codes, account.RecoveryCodes) = RecoveryCodes.New();
            (account.TotpOn, account.TotpStep) = (true, step);
            work.Note(Caller.Of(context), AccessAction.TotpOn, account.Login);
            return Task.CompletedTask;
        }, context.RequestAborted);
        if (codes is null)
        {
            throttle.Failed(context.Connection.RemoteIpAddress);
            return Error.Invalid("code", "This is not the code that the app shows now. Scan the QR code again, or set the clock of the phone.").ToProblem();
        }
        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(new RecoveryCodeList(codes), Json.Options);
    }

    private static async Task<IResult> TurnOffTotp(HttpContext context, OwnAccount own, AccountBook accounts, Mails mails)
    {
        var changed = await own.Change(context);
        if (!changed.IsOk)
            return changed.Error!.ToProblem();
        if (changed.Value.Account is not { TotpOn: true })
            return Error.NotFound("The second step is not on.").ToProblem();
        await accounts.Change(changed.Value.Person.Login, Caller.Of(context), (account, work) =>
        {
            (account.TotpOn, account.TotpSecret, account.RecoveryCodes) = (false, null, "");
            work.Note(Caller.Of(context), AccessAction.TotpOff, account.Login);
            mails.Changed(work, changed.Value.Person, t => t.TotpOff);
            return Task.CompletedTask;
        }, context.RequestAborted);
        return Results.NoContent();
    }

    private static async Task<IResult> NewCodes(HttpContext context, OwnAccount own, AccountBook accounts)
    {
        var changed = await own.Change(context);
        if (!changed.IsOk)
            return changed.Error!.ToProblem();
        if (changed.Value.Account is not { TotpOn: true })
            return Error.Conflict("totp-off", "Recovery codes stand in for an authenticator app: set one up first.").ToProblem();
        var (codes, stored) = RecoveryCodes.New();
        await accounts.Change(changed.Value.Person.Login, Caller.Of(context), (account, work) =>
        {
            account.RecoveryCodes = stored;
            work.Note(Caller.Of(context), AccessAction.RecoveryCodesMade, account.Login);
            return Task.CompletedTask;
        }, context.RequestAborted);
        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(new RecoveryCodeList(codes), Json.Options);
    }
}
