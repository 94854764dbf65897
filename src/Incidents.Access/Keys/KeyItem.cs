using Incidents.Contracts.Organisation;
using NodaTime;

namespace Incidents.Access.Keys;

/// <summary>
/// A key as the API shows it: everything but the secret. <paramref name="Scopes"/> null: all that its role may. <paramref name="Expiry"/>: <c>none</c>,
/// <c>later</c>, <c>soon</c> (within 14 days) or <c>expired</c>.
/// </summary>
internal sealed record KeyItem(
    Guid Id, string Name, string? Person, Role Role, IReadOnlyList<string>? Scopes, Instant CreatedAt, string CreatedBy, Instant? LastUsedAt, Instant? ExpiresAt,
    [property: Kernel.Words("none", "later", "soon", "expired")] string Expiry)
{
    private static readonly Duration Soon = Duration.FromDays(14);

    public static KeyItem Of(ApiKey key, Instant now) => new(
        key.Id, key.Name, key.Person, key.Role, Keys.Scopes.Read(key.Scopes) is { } scopes ? Keys.Scopes.List(scopes) : null, key.CreatedAt, key.CreatedBy, key.LastUsedAt, key.ExpiresAt,
        key.ExpiresAt is not { } end ? "none" : end <= now ? "expired" : end - now <= Soon ? "soon" : "later");
}

internal sealed record KeyList(IReadOnlyList<KeyItem> Items, string? NextCursor);

/// <summary>A new key with its secret, shown this once.</summary>
internal sealed record NewKey(Guid Id, string Name, string? Person, Role Role, IReadOnlyList<string>? Scopes, Instant CreatedAt, string CreatedBy, Instant? ExpiresAt, string Key);
