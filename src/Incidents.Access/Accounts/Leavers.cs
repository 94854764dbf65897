using Incidents.Access.Audit;
using Incidents.Access.Identity;
using Incidents.Access.Keys;
using Incidents.Access.Passkeys;
using Incidents.Access.Sessions;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Persistence.Storage;
using Incidents.Persistence.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Incidents.Access.Accounts;

/// <summary>
/// Once a minute: accounts, keys and sessions follow people whose login changed, and go with those who left, so that whoever gets a login later gets
/// nothing with it. Until then they open nothing anyway.
/// </summary>
internal sealed class Leavers(Database database, WorkRunner works, IOrganisation organisation, Credentials credentials, Clock clock, ILogger<Leavers> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);
    private static readonly Caller Platform = new(Actor.System.Login, Actor.System.Via, null, null);

    /// <summary>How many logins were followed or cleared.</summary>
    public async Task<int> Tidy(CancellationToken cancellationToken)
    {
        // Logins first: whoever is in them was known before, so the organisation read after them is never too old.
        var logins = await Logins(cancellationToken);
        if (logins.Count == 0)
            return 0;
        var known = await organisation.Fresh(cancellationToken);
        var gone = logins.Where(l => !known.People.ContainsKey(l)).ToList();
        foreach (var login in gone)
        {
            var present = known.FormerPeople.GetValueOrDefault(login)?.Login;
            await works.Run(work => present is not null && present != login && known.People.ContainsKey(present)
                ? Follow(work, login, present, cancellationToken)
                : Clear(work, login, cancellationToken), cancellationToken);
        }
        if (gone.Count > 0)
            credentials.Forget();
        return gone.Count;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Pause, clock.Provider, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                if (!stoppingToken.IsCancellationRequested)
                    await Tidy(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested) // again in a minute
            {
                Log.LeaversNotTidied(logger, e);
            }
        }
    }

    private async Task<List<string>> Logins(CancellationToken cancellationToken)
    {
        await using var db = database.CreateContext();
        var accounts = await db.Set<Account>().Select(a => a.Login).ToListAsync(cancellationToken);
        var keys = await db.Set<ApiKey>().Where(k => k.Person != null).Select(k => k.Person!).Distinct().ToListAsync(cancellationToken);
        var sessions = await db.Set<Session>().Where(s => s.Person != null).Select(s => s.Person!).Distinct().ToListAsync(cancellationToken);
        return [.. accounts.Union(keys, StringComparer.Ordinal).Union(sessions, StringComparer.Ordinal)];
    }

    private static async Task Follow(Work work, string login, string present, CancellationToken cancellationToken)
    {
        // Whoever has an account under the new login already keeps that one.
        if (await work.Db.Set<Account>().AnyAsync(a => a.Login == present, cancellationToken))
            await RemoveAccount(work, login, cancellationToken);
        else
            await work.Db.Set<Account>().Where(a => a.Login == login).ExecuteUpdateAsync(a => a.SetProperty(x => x.Login, present).SetProperty(x => x.Stamp, Guid.NewGuid()), cancellationToken);
        await work.Db.Set<ApiKey>().Where(k => k.Person == login).ExecuteUpdateAsync(k => k.SetProperty(x => x.Person, present), cancellationToken);
        await work.Db.Set<Session>().Where(s => s.Person == login).ExecuteUpdateAsync(s => s.SetProperty(x => x.Person, present), cancellationToken);
        await work.Db.Set<Pending>().Where(p => p.Login == login).ExecuteDeleteAsync(cancellationToken);
    }

    private static async Task Clear(Work work, string login, CancellationToken cancellationToken)
    {
        await RemoveAccount(work, login, cancellationToken);
        await SessionBook.EndAll(work, login, except: null, cancellationToken);
        await work.Db.Set<Pending>().Where(p => p.Login == login).ExecuteDeleteAsync(cancellationToken);
        foreach (var key in await work.Db.Set<ApiKey>().Where(k => k.Person == login).ToListAsync(cancellationToken))
        {
            work.Db.Remove(key);
            work.Note(Platform, AccessAction.KeyRevoked, login, key.Name);
        }
    }

    private static async Task RemoveAccount(Work work, string login, CancellationToken cancellationToken)
    {
        if (await AccountBook.Load(work, login, cancellationToken) is not { } account)
            return;
        await work.Db.Set<Passkey>().Where(p => p.Account == account.Id).ExecuteDeleteAsync(cancellationToken);
        work.Db.Remove(account);
        work.Note(Platform, AccessAction.AccountRemoved, login);
    }
}
