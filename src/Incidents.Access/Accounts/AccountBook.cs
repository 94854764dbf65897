using Incidents.Access.Audit;
using Incidents.Access.Identity;
using Incidents.Access.Passkeys;
using Incidents.Access.Sessions;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Persistence.Storage;
using Incidents.Persistence.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Incidents.Access.Accounts;

/// <summary>
/// Accounts: found, tried, changed. A try is counted before it is checked, so that any number of requests at once guess no faster than one; the hash of
/// a password is computed outside of transactions, because it takes longer than one may.
/// </summary>
internal sealed class AccountBook(
    Database database, WorkRunner works, IOrganisation organisation, AccountManager manager, SecretBox box, Mails mails, Credentials credentials, IOptions<AccessOptions> options, Clock clock)
{
    public async Task<Account?> Find(string login, CancellationToken cancellationToken)
    {
        await using var db = database.CreateContext();
        return await db.Set<Account>().AsNoTracking().FirstOrDefaultAsync(a => a.Login == login, cancellationToken);
    }

    /// <summary>By login, or by an e-mail address that one person alone has.</summary>
    public Person? Who(string typed)
    {
        var people = organisation.Current.People;
        if (people.TryGetValue(typed, out var person))
            return person;
        var lower = people.Values.Where(p => string.Equals(p.Login, typed, StringComparison.OrdinalIgnoreCase) || (typed.Contains('@') && HasEmail(p, typed))).Take(2).ToArray();
        return lower.Length == 1 ? lower[0] : null;
    }

    private static bool HasEmail(Person person, string email) => string.Equals(EmailOf(person), email, StringComparison.OrdinalIgnoreCase);

    /// <summary>Where mail for the person themself goes; null: nowhere.</summary>
    public static string? EmailOf(Person person)
        => person.Email is { Length: > 0 } email ? email : person.Contacts.FirstOrDefault(c => c.Kind == ContactKind.Email)?.Address;

    /// <summary>The account when the password is right and the account not locked. Takes as long for somebody unknown.</summary>
    public async Task<Account?> Check(Person? person, string password, Caller caller, CancellationToken cancellationToken)
    {
        var account = person is null ? null : await Find(person.Login, cancellationToken);
        var open = account?.PasswordHash is not null && await Try(account, caller, cancellationToken);
        return manager.Matches(open ? account : null, password) ? account : null;
    }

    /// <summary>A code of the app, or a recovery code, which is spent by it.</summary>
    public async Task<bool> CheckCode(Account account, string code, Caller caller, CancellationToken cancellationToken)
    {
        if (!await Try(account, caller, cancellationToken))
            return false;
        var plain = code.Replace(" ", "", StringComparison.Ordinal);
        return await works.Run(async work =>
        {
            var now = await Load(work, account.Login, cancellationToken);
            if (now is not { TotpOn: true, TotpSecret: { } stored })
                return false;
            if (box.Open(now.Id, stored) is { } secret && Totp.Step(secret.Secret, plain, work.Now, now.TotpStep) is { } step)
            {
                now.TotpStep = step;
                if (!secret.Fresh)
                    now.TotpSecret = box.Seal(now.Id, secret.Secret);
                Changed(now);
                return true;
            }
            if (RecoveryCodes.Without(now.RecoveryCodes, plain) is not { } left)
                return false;
            now.RecoveryCodes = left;
            Changed(now);
            work.Note(caller with { Actor = now.Login }, AccessAction.RecoveryCodeUsed, now.Login, $"{now.RecoveryCodesLeft} left");
            return true;
        }, cancellationToken);
    }

    /// <summary>Takes a try; false: the account is locked. The last one of a row locks it, unless it turns out right.</summary>
    private Task<bool> Try(Account account, Caller caller, CancellationToken cancellationToken) => works.Run(async work =>
    {
        var now = await Load(work, account.Login, cancellationToken);
        if (now is null || now.LockedUntil > work.Now)
            return false;
        now.Tries = now.LockedUntil is null ? now.Tries + 1 : 1;
        now.LockedUntil = null;
        if (now.Tries >= options.Value.LockoutTries)
        {
            now.LockedUntil = work.Now + Duration.FromMinutes(options.Value.LockoutMinutes);
            now.Tries = 0;
            work.Note(caller with { Actor = "" }, AccessAction.AccountLocked, now.Login);
            mails.Locked(work, organisation.Current, now.Login, now.LockedUntil.Value);
        }
        // Two tries at once must both count.
        Changed(now);
        return true;
    }, cancellationToken);

    /// <summary>The tries were the person's own.</summary>
    public static void Right(Account account, Instant now)
    {
        (account.Tries, account.LockedUntil, account.SignedInAt) = (0, null, now);
        Changed(account);
    }

    /// <summary>Changes the account, which is made when the person has none yet, in one transaction with what else <paramref name="change"/> writes.</summary>
    public Task Change(string login, Caller caller, Func<Account, Work, Task> change, CancellationToken cancellationToken) => works.Run(async work =>
    {
        var account = await Load(work, login, cancellationToken) ?? Made(work, login, caller);
        await change(account, work);
        Changed(account);
    }, cancellationToken);

    /// <summary>
    /// A new password ends every other session of the person, spends every link that was sent, and lifts a lock. <paramref name="keep"/>: the session that
    /// goes on. False: <paramref name="link"/> has been used meanwhile.
    /// </summary>
    public async Task<bool> SetPassword(Person person, string password, byte[]? keep, byte[]? link, Caller caller, CancellationToken cancellationToken)
    {
        var hash = manager.Hash(new Account { Login = person.Login }, password);
        var set = await works.Run(async work =>
        {
            if (link is not null && await work.Db.Set<Pending>().Where(p => p.Hash == link && p.Login == person.Login && p.ExpiresAt > work.Now).ExecuteDeleteAsync(cancellationToken) == 0)
                return false;
            var account = await Load(work, person.Login, cancellationToken) ?? Made(work, person.Login, caller);
            (account.PasswordHash, account.PasswordAt, account.Tries, account.LockedUntil) = (hash, work.Now, 0, null);
            Changed(account);
            await work.Db.Set<Pending>().Where(p => p.Login == person.Login).ExecuteDeleteAsync(cancellationToken);
            await SessionBook.EndAll(work, person.Login, keep, cancellationToken);
            work.Note(caller, AccessAction.PasswordChanged, person.Login);
            mails.Changed(work, person, what: t => t.PasswordChanged);
            return true;
        }, cancellationToken);
        credentials.Forget();
        return set;
    }

    /// <summary>Password, app, passkeys, links and sessions go; the person stays. False: there was no account.</summary>
    public async Task<bool> Remove(string login, Caller caller, CancellationToken cancellationToken)
    {
        var removed = await works.Run(async work =>
        {
            if (await Load(work, login, cancellationToken) is not { } account)
                return false;
            await work.Db.Set<Passkey>().Where(p => p.Account == account.Id).ExecuteDeleteAsync(cancellationToken);
            await work.Db.Set<Pending>().Where(p => p.Login == login).ExecuteDeleteAsync(cancellationToken);
            await SessionBook.EndAll(work, login, except: null, cancellationToken);
            work.Db.Remove(account);
            work.Note(caller, AccessAction.AccountRemoved, login);
            return true;
        }, cancellationToken);
        credentials.Forget();
        return removed;
    }

    public bool IsLocked(Account account) => account.LockedUntil > clock.Now;

    public static Account Made(Work work, string login, Caller caller)
    {
        var account = new Account { Id = Guid.NewGuid(), Login = login, CreatedAt = work.Now, Stamp = Guid.NewGuid() };
        work.Db.Add(account);
        work.Note(caller, AccessAction.AccountCreated, login);
        return account;
    }

    public static Task<Account?> Load(Work work, string login, CancellationToken cancellationToken)
        => work.Db.Set<Account>().FirstOrDefaultAsync(a => a.Login == login, cancellationToken);

    public static void Changed(Account account) => account.Stamp = Guid.NewGuid();
}
