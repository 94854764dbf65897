using System.Text.Json;
using System.Text.Json.Nodes;
using Incidents.Access.Accounts;
using Incidents.Access.Audit;
using Incidents.Access.Identity;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Persistence.Storage;
using Incidents.Persistence.Transactions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Incidents.Access.Passkeys;

/// <summary>A passkey as the API shows it. <paramref name="BackedUp"/>: the person's password manager keeps it on other devices too.</summary>
internal sealed record PasskeyView(Guid Id, string Name, Instant CreatedAt, Instant? LastUsedAt, bool BackedUp);

/// <summary><paramref name="Options"/> for <c>navigator.credentials.create</c> (WebAuthn's JSON form); <paramref name="Token"/> goes back with the answer, within 5 minutes.</summary>
internal sealed record PasskeyAsked(string Token, JsonElement Options);

/// <summary><paramref name="Credential"/>: the browser's answer in WebAuthn's JSON form.</summary>
internal sealed record NewPasskeyBody(string? Token, string? Name, JsonObject? Credential);

/// <summary><c>/api/v1/account/passkeys</c>: made, listed with the account, removed.</summary>
internal static class PasskeyEndpoints
{
    private const int Most = 20;
    private static readonly Duration Lifetime = Duration.FromMinutes(5);

    public static void Map(IEndpointRouteBuilder routes)
    {
        AccountEndpoints.One(routes.MapPost("/api/v1/account/passkeys/options", Ask)).WithName("askForPasskey").WithSummary("Begin to add a passkey: what the browser's authenticator is asked").Produces<PasskeyAsked>();
        AccountEndpoints.One(routes.MapPost("/api/v1/account/passkeys", Add)).WithName("addPasskey").Accepts<NewPasskeyBody>("application/json").WithSummary("Add the passkey that the authenticator made")
            .Produces<PasskeyView>(StatusCodes.Status201Created);
        AccountEndpoints.One(routes.MapDelete("/api/v1/account/passkeys/{id}", Remove)).WithName("removePasskey").WithSummary("Remove a passkey").Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound);
    }

    public static async Task<IReadOnlyList<PasskeyView>> List(Database database, Guid account, CancellationToken cancellationToken)
    {
        await using var db = database.CreateContext();
        return await db.Set<Passkey>().AsNoTracking().Where(p => p.Account == account).OrderBy(p => p.Id).Select(p => new PasskeyView(p.Id, p.Name, p.CreatedAt, p.LastUsedAt, p.BackedUp)).ToListAsync(cancellationToken);
    }

    private static async Task<IResult> Ask(HttpContext context, OwnAccount own, AccountBook accounts, IPasskeyHandler<Account> handler, PendingBook pending)
    {
        var changed = await own.Change(context);
        if (!changed.IsOk)
            return changed.Error!.ToProblem();
        var person = changed.Value.Person;
        // The authenticator keeps the account's id, so there has to be one.
        if (changed.Value.Account is null)
            await accounts.Change(person.Login, Caller.Of(context), (_, _) => Task.CompletedTask, context.RequestAborted);
        var account = (await accounts.Find(person.Login, context.RequestAborted))!;
        var made = await handler.MakeCreationOptionsAsync(PasskeySetup.Entity(account, person.Name), context);
        var token = await pending.Add(PendingKind.PasskeyMaking, person.Login, made.AttestationState, Lifetime, context.RequestAborted);
        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(new PasskeyAsked(token, JsonDocument.Parse(made.CreationOptionsJson).RootElement), Json.Options);
    }

    private static async Task<IResult> Add(HttpContext context, OwnAccount own, AccountBook accounts, IPasskeyHandler<Account> handler, PendingBook pending, Mails mails, Database database, Clock clock)
    {
        var (changed, body) = (await own.Change(context), await Bodies.Read(context, new NewPasskeyBody(null, null, null)));
        if ((changed.Error ?? body.Error) is { } error)
            return error.ToProblem();
        var person = changed.Value.Person;
        var name = body.Value.Name?.Trim() ?? "";
        var faults = new List<Fault>();
        if (name.Length is 0 or > Passkey.LongestName)
            faults.Add(new Fault("name", $"Say where it is kept, in 1 to {Passkey.LongestName} characters."));
        if (body.Value.Credential is null)
            faults.Add(new Fault("credential", "Send the answer of the authenticator."));
        if (faults.Count > 0)
            return Error.Invalid(faults).ToProblem();
        if (await pending.Take(body.Value.Token, context.RequestAborted, PendingKind.PasskeyMaking) is not { Data: { } state } begun || begun.Login != person.Login)
            return Error.Invalid("token", "Ask again: this was answered already, or the time for it is over.").ToProblem();

        var result = await handler.PerformAttestationAsync(new PasskeyAttestationContext { HttpContext = context, CredentialJson = body.Value.Credential!.ToJsonString(), AttestationState = state });
        if (!result.Succeeded)
            return Error.Invalid("credential", result.Failure.Message).ToProblem();
        var account = await accounts.Find(person.Login, context.RequestAborted);
        if (account is null || (await List(database, account.Id, context.RequestAborted)).Count >= Most)
            return Error.Conflict("too-many-passkeys", $"An account holds {Most} passkeys: remove one first.").ToProblem();
        result.Passkey.Name = name;
        var row = AccountStore.Made(account.Id, result.Passkey, clock.Now);
        await accounts.Change(person.Login, Caller.Of(context), (_, work) =>
        {
            work.Db.Add(row);
            work.Note(Caller.Of(context), AccessAction.PasskeyAdded, person.Login, name);
            mails.Changed(work, person, t => t.PasskeyAdded);
            return Task.CompletedTask;
        }, context.RequestAborted);
        return Results.Json(new PasskeyView(row.Id, row.Name, row.CreatedAt, null, row.BackedUp), Json.Options, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> Remove(string id, HttpContext context, OwnAccount own, WorkRunner works)
    {
        var changed = await own.Change(context);
        if (!changed.IsOk)
            return changed.Error!.ToProblem();
        var account = changed.Value.Account?.Id;
        var removed = Guid.TryParse(id, out var passkey) && await works.Run(async work =>
        {
            if (await work.Db.Set<Passkey>().FirstOrDefaultAsync(p => p.Id == passkey && p.Account == account, context.RequestAborted) is not { } found)
                return false;
            work.Db.Remove(found);
            work.Note(Caller.Of(context), AccessAction.PasskeyRemoved, changed.Value.Person.Login, found.Name);
            return true;
        }, context.RequestAborted);
        return removed ? Results.NoContent() : Error.NotFound($"You have no passkey '{id}'.").ToProblem();
    }
}
