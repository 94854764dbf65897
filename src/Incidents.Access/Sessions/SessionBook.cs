using Incidents.Access.Accounts;
using Incidents.Access.Audit;
using Incidents.Access.Keys;
using Incidents.Persistence.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Incidents.Access.Sessions;

/// <summary>Begins and ends sessions.</summary>
internal sealed class SessionBook(WorkRunner works, IOptions<AccessOptions> options)
{
    /// <summary>The secret of a new session. <paramref name="person"/> null: the bootstrap key's or a machine's. What expired is swept away with it.</summary>
    public Task<string> Open(string? person, SessionMethod method, byte[]? keyHash, Caller caller, CancellationToken cancellationToken)
    {
        var secret = KeySecret.New("ses_");
        return works.Run(async work =>
        {
            await Sweep(work, cancellationToken);
            var own = method is SessionMethod.Password or SessionMethod.Passkey or SessionMethod.OpenId;
            if (own && await AccountBook.Load(work, person!, cancellationToken) is { } account)
                AccountBook.Right(account, work.Now);
            work.Db.Add(new Session
            {
                Hash = KeySecret.Hash(secret),
                Id = Guid.CreateVersion7(work.Now.ToDateTimeOffset()),
                Method = method,
                KeyHash = keyHash,
                Person = person,
                Address = caller.Address,
                Browser = caller.Browser,
                CreatedAt = work.Now,
                ExpiresAt = work.Now + Duration.FromDays(options.Value.SessionDays),
                LastUsedAt = work.Now,
                ConfirmedAt = own ? work.Now : null,
            });
            work.Note(caller, AccessAction.SessionStarted, person, System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(method.ToString()));
            return secret;
        }, cancellationToken);
    }

    public static Task<int> EndAll(Work work, string person, byte[]? except, CancellationToken cancellationToken)
        => work.Db.Set<Session>().Where(s => s.Person == person && (except == null || s.Hash != except)).ExecuteDeleteAsync(cancellationToken);

    private static async Task Sweep(Work work, CancellationToken cancellationToken)
    {
        await work.Db.Set<Session>().Where(s => s.ExpiresAt <= work.Now).ExecuteDeleteAsync(cancellationToken);
        await work.Db.Set<Pending>().Where(p => p.ExpiresAt <= work.Now).ExecuteDeleteAsync(cancellationToken);
    }
}
