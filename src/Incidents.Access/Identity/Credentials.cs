using System.Collections.Concurrent;
using Incidents.Access.Keys;
using Incidents.Access.Sessions;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Persistence.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Incidents.Access.Identity;

/// <summary>Whom a secret stands for, before the organisation has its say. Without <paramref name="Role"/>: the person's; without scopes: all that the role may.</summary>
internal sealed record Credential(Guid? KeyId, string? KeyName, string? Person, Role? Role, string? Scopes = null, Instant? ExpiresAt = null)
{
    public static Credential Bootstrap { get; } = new(null, null, null, Contracts.Organisation.Role.Admin);

    /// <summary>Of a session: its own id.</summary>
    public Guid? Session { get; init; }
}

/// <summary>A caller whom we know; <paramref name="Scopes"/> null: all that their role may.</summary>
internal sealed record Known(Actor Actor, Scope? Scopes);

/// <summary>
/// Secrets → actors. What the database said is kept for at most a second, so a key that another process revoked ends within that;
/// in this process it ends at once (<see cref="Forget"/>). Roles and people come from the organisation at every request.
/// </summary>
internal sealed class Credentials(Database database, IOrganisation organisation, BootstrapToken bootstrap, AccessSurroundings surroundings, KeyUse use, Clock clock)
{
    private static readonly Duration Kept = Duration.FromSeconds(1);
    /// <summary>No login holds a colon, so a machine is never taken for a person of its key's name.</summary>
    private const string MachinePrefix = "key:";

    private const int MostKept = 10_000;
    private const int LongestSecret = 200;

    private readonly ConcurrentDictionary<string, (Credential? Credential, Instant At)> kept = new(StringComparer.Ordinal);

    /// <summary>The actor of an API key; null when it is no key of ours.</summary>
    public async ValueTask<Known?> OfKey(string key, string via, CancellationToken cancellationToken)
        => key.Length is 0 or > LongestSecret ? null : Of(await Lookup("k", KeySecret.Hash(key), FindKey, cancellationToken), via);

    /// <summary>The actor of a browser's session; null when it ended or never was.</summary>
    public async ValueTask<Known?> OfSession(string secret, CancellationToken cancellationToken)
        => secret.Length is 0 or > LongestSecret ? null : Of(await Lookup("s", KeySecret.Hash(secret), FindSession, cancellationToken), "web");

    public void Forget() => kept.Clear();

    private async ValueTask<Credential?> Lookup(string kind, byte[] hash, Func<byte[], CancellationToken, Task<Credential?>> find, CancellationToken cancellationToken)
    {
        var id = kind + Convert.ToHexString(hash);
        var now = clock.Now;
        if (kept.TryGetValue(id, out var known) && now - known.At < Kept && known.At <= now)
            return known.Credential;

        var found = await find(hash, cancellationToken);
        if (found?.KeyId is { } key)
            use.Note(key, now);
        if (found?.Session is { } session)
            use.NoteSession(session, now);
        if (kept.Count >= MostKept)
            kept.Clear();
        kept[id] = (found, now);
        return found;
    }

    private async Task<Credential?> FindKey(byte[] hash, CancellationToken cancellationToken)
    {
        if (bootstrap.Is(hash))
            return Credential.Bootstrap;
        var now = clock.Now;
        await using var db = database.CreateContext();
        return await db.Set<ApiKey>().AsNoTracking()
            .Where(k => k.Hash == hash && (k.ExpiresAt == null || k.ExpiresAt > now))
            .Select(k => new Credential(k.Id, k.Name, k.Person, k.Role, k.Scopes, k.ExpiresAt))
            .FirstOrDefaultAsync(cancellationToken);
    }

    private async Task<Credential?> FindSession(byte[] hash, CancellationToken cancellationToken)
    {
        var now = clock.Now;
        await using var db = database.CreateContext();
        var session = await db.Set<Session>().AsNoTracking().FirstOrDefaultAsync(s => s.Hash == hash && s.ExpiresAt > now, cancellationToken);
        if (session is null)
            return null;
        var found = session.KeyHash is { } key ? await FindKey(key, cancellationToken)
            : session.Method == SessionMethod.Demo && !surroundings.DemoSignIn ? null
            : new Credential(null, null, session.Person, Role: null, ExpiresAt: session.ExpiresAt);
        return found is null ? null : found with { Session = session.Id };
    }

    private Known? Of(Credential? credential, string via)
        => credential is not null && !(credential.ExpiresAt <= clock.Now) && ActorOf(credential, via) is { } actor ? new Known(actor, Scopes.Read(credential.Scopes)) : null;

    private Actor? ActorOf(Credential credential, string via)
    {
        if (credential.Person is not { } login)
            return new Actor(credential.KeyName is { } name ? MachinePrefix + name : Actor.System.Login, credential.Role ?? Role.Observer, via);
        if (!organisation.Current.People.TryGetValue(login, out var person))
            return null;
        return credential.Role is { } role && role < person.Role ? Actor.Of(person, via) with { Role = role } : Actor.Of(person, via);
    }
}
