using Incidents.Access.Passkeys;
using Incidents.Persistence.Storage;
using Incidents.Persistence.Transactions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Incidents.Access.Accounts;

/// <summary>
/// What ASP.NET Core Identity reads and writes, over our tables. Each call is a transaction of its own; changes that belong together with an audit
/// entry or the end of sessions go through <see cref="AccountBook"/> instead.
/// </summary>
internal sealed class AccountStore(Database database, WorkRunner works) : IUserPasswordStore<Account>, IUserPasskeyStore<Account>
{
    public Task<string> GetUserIdAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.Id.ToString());

    public Task<string?> GetUserNameAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Login);

    /// <summary>Logins tell capital letters apart, so there is nothing to normalise.</summary>
    public Task<string?> GetNormalizedUserNameAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Login);

    public Task SetNormalizedUserNameAsync(Account user, string? normalizedName, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task SetUserNameAsync(Account user, string? userName, CancellationToken cancellationToken)
    {
        user.Login = userName ?? throw new ArgumentNullException(nameof(userName));
        return Task.CompletedTask;
    }

    public Task<string?> GetPasswordHashAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash);

    public Task<bool> HasPasswordAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash is not null);

    public Task SetPasswordHashAsync(Account user, string? passwordHash, CancellationToken cancellationToken)
    {
        user.PasswordHash = passwordHash;
        return Task.CompletedTask;
    }

    public async Task<Account?> FindByIdAsync(string userId, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(userId, out var id))
            return null;
        await using var db = database.CreateContext();
        return await db.Set<Account>().AsNoTracking().FirstOrDefaultAsync(a => a.Id == id, cancellationToken);
    }

    public async Task<Account?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken)
    {
        await using var db = database.CreateContext();
        return await db.Set<Account>().AsNoTracking().FirstOrDefaultAsync(a => a.Login == normalizedUserName, cancellationToken);
    }

    public async Task<IdentityResult> CreateAsync(Account user, CancellationToken cancellationToken)
    {
        await works.Run(work => Task.FromResult(work.Db.Add(user)), cancellationToken);
        return IdentityResult.Success;
    }

    public async Task<IdentityResult> UpdateAsync(Account user, CancellationToken cancellationToken)
    {
        await works.Run(work => Task.FromResult(work.Db.Update(user)), cancellationToken);
        return IdentityResult.Success;
    }

    public async Task<IdentityResult> DeleteAsync(Account user, CancellationToken cancellationToken)
    {
        await works.Run(async work =>
        {
            await work.Db.Set<Passkey>().Where(p => p.Account == user.Id).ExecuteDeleteAsync(cancellationToken);
            await work.Db.Set<Account>().Where(a => a.Id == user.Id).ExecuteDeleteAsync(cancellationToken);
        }, cancellationToken);
        return IdentityResult.Success;
    }

    public Task AddOrUpdatePasskeyAsync(Account user, UserPasskeyInfo passkey, CancellationToken cancellationToken) => works.Run(async work =>
    {
        var known = await work.Db.Set<Passkey>().FirstOrDefaultAsync(p => p.CredentialId == passkey.CredentialId, cancellationToken);
        if (known is null)
            work.Db.Add(Made(user.Id, passkey, work.Now));
        else
            (known.SignCount, known.BackedUp) = (passkey.SignCount, passkey.IsBackedUp);
    }, cancellationToken);

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(Account user, CancellationToken cancellationToken)
    {
        await using var db = database.CreateContext();
        var rows = await db.Set<Passkey>().AsNoTracking().Where(p => p.Account == user.Id).OrderBy(p => p.Id).ToListAsync(cancellationToken);
        return [.. rows.Select(Info)];
    }

    public async Task<Account?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken)
    {
        await using var db = database.CreateContext();
        return await db.Set<Account>().AsNoTracking()
            .FirstOrDefaultAsync(a => db.Set<Passkey>().Any(p => p.Account == a.Id && p.CredentialId == credentialId), cancellationToken);
    }

    public async Task<UserPasskeyInfo?> FindPasskeyAsync(Account user, byte[] credentialId, CancellationToken cancellationToken)
    {
        await using var db = database.CreateContext();
        var row = await db.Set<Passkey>().AsNoTracking().FirstOrDefaultAsync(p => p.Account == user.Id && p.CredentialId == credentialId, cancellationToken);
        return row is null ? null : Info(row);
    }

    public Task RemovePasskeyAsync(Account user, byte[] credentialId, CancellationToken cancellationToken)
        => works.Run(work => work.Db.Set<Passkey>().Where(p => p.Account == user.Id && p.CredentialId == credentialId).ExecuteDeleteAsync(cancellationToken), cancellationToken);

    public void Dispose()
    {
        // Holds nothing: every call opens its own connection.
    }

    public static Passkey Made(Guid account, UserPasskeyInfo passkey, Instant now) => new()
    {
        Id = Guid.CreateVersion7(now.ToDateTimeOffset()),
        Account = account,
        Name = passkey.Name ?? "",
        CredentialId = passkey.CredentialId,
        PublicKey = passkey.PublicKey,
        SignCount = passkey.SignCount,
        Transports = string.Join(' ', (passkey.Transports ?? []).Where(t => t.Length is > 0 and < 16 && t.All(char.IsAsciiLetterOrDigit)).Take(6)),
        BackupEligible = passkey.IsBackupEligible,
        BackedUp = passkey.IsBackedUp,
        CreatedAt = now,
    };

    /// <summary>What the authenticator attested when the passkey was made is not kept: nobody reads it again.</summary>
    private static UserPasskeyInfo Info(Passkey p) => new(
        p.CredentialId, p.PublicKey, p.CreatedAt.ToDateTimeOffset(), (uint)p.SignCount, p.Transports.Length == 0 ? null : p.Transports.Split(' '),
        isUserVerified: true, p.BackupEligible, p.BackedUp, attestationObject: [], clientDataJson: [])
    {
        Name = p.Name,
    };
}
