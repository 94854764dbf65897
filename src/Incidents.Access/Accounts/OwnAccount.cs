using Incidents.Access.Keys;
using Incidents.Access.Sessions;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Persistence.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Incidents.Access.Accounts;

/// <summary>The caller's own account. <paramref name="Session"/>: hash of the session that they call with; null: they call with a key.</summary>
internal sealed record Own(Person Person, Account? Account, byte[]? Session);

/// <summary>Whose account a request is about, and whether it may change it.</summary>
internal sealed class OwnAccount(AccountBook accounts, IOrganisation organisation, Database database, Clock clock)
{
    /// <summary>After that, whoever sits at the browser shows once more who they are.</summary>
    public static readonly Duration Fresh = Duration.FromMinutes(15);

    public async Task<Result<Own>> Read(HttpContext context)
    {
        var actor = context.Actor();
        if (!organisation.Current.People.TryGetValue(actor.Login, out var person))
            return Error.Conflict("no-person", $"'{actor.Login}' is no person, and only people have accounts.");
        var session = context.Request.Headers.Authorization.Count == 0 && SessionCookie.Read(context.Request) is { } secret ? KeySecret.Hash(secret) : null;
        return new Own(person, await accounts.Find(person.Login, context.RequestAborted), session);
    }

    /// <summary>
    /// For what opens the account to others: a session in a browser, with all the rights of the person, in which they have shown lately who they are.
    /// Who came with a key need not while there is nothing else that they could show.
    /// </summary>
    public async Task<Result<Own>> Change(HttpContext context, bool confirmed = true)
    {
        var read = await Read(context);
        if (!read.IsOk)
            return read;
        var own = read.Value;
        if (own.Session is null)
            return Error.Conflict("no-session", "How you sign in is changed in a browser that has signed in, not with a key.");
        if (context.Actor().Role < own.Person.Role)
            return Error.Conflict("lesser-key", "This session was opened with a key that may less than you: sign in another way.");
        if (!confirmed)
            return read;
        await using var db = database.CreateContext();
        var at = await db.Set<Session>().Where(s => s.Hash == own.Session).Select(s => s.ConfirmedAt).FirstOrDefaultAsync(context.RequestAborted);
        if (at + Fresh > clock.Now)
            return read;
        var passkeys = own.Account is null ? 0 : await db.Set<Passkeys.Passkey>().CountAsync(p => p.Account == own.Account.Id, context.RequestAborted);
        if (own.Account?.PasswordHash is null && passkeys == 0)
            return read;
        return Error.Conflict("confirm", own.Account?.PasswordHash is null ? "Sign in again with your passkey, so that we know it is you." : "Type your password, so that we know it is you.");
    }
}
