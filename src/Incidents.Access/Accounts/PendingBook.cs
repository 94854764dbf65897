using Incidents.Access.Keys;
using Incidents.Kernel;
using Incidents.Persistence.Storage;
using Incidents.Persistence.Transactions;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Incidents.Access.Accounts;

/// <summary>Secrets that finish something once.</summary>
internal sealed class PendingBook(Database database, WorkRunner works, Clock clock)
{
    private const int LongestSecret = 200;

    public static string Add(Work work, PendingKind kind, string? login, string? data, Duration lifetime)
    {
        var secret = KeySecret.New("one_");
        work.Db.Add(new Pending { Hash = KeySecret.Hash(secret), Kind = kind, Login = login, Data = data, CreatedAt = work.Now, ExpiresAt = work.Now + lifetime });
        return secret;
    }

    public Task<string> Add(PendingKind kind, string? login, string? data, Duration lifetime, CancellationToken cancellationToken)
        => works.Run(work => Task.FromResult(Add(work, kind, login, data, lifetime)), cancellationToken);

    /// <summary>Looks without spending it; null: none such, spent, or expired.</summary>
    public async Task<Pending?> Find(string? secret, CancellationToken cancellationToken, params PendingKind[] kinds)
    {
        if (string.IsNullOrEmpty(secret) || secret.Length > LongestSecret)
            return null;
        var (hash, now) = (KeySecret.Hash(secret), clock.Now);
        await using var db = database.CreateContext();
        return await db.Set<Pending>().AsNoTracking().FirstOrDefaultAsync(p => p.Hash == hash && p.ExpiresAt > now && kinds.Contains(p.Kind), cancellationToken);
    }

    /// <summary>Spends it: of any number of callers one gets it.</summary>
    public async Task<Pending?> Take(string? secret, CancellationToken cancellationToken, params PendingKind[] kinds)
    {
        if (await Find(secret, cancellationToken, kinds) is not { } found)
            return null;
        return await works.Run(work => work.Db.Set<Pending>().Where(p => p.Hash == found.Hash).ExecuteDeleteAsync(cancellationToken), cancellationToken) == 1 ? found : null;
    }
}
