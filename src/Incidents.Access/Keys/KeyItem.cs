using Incidents.Contracts.Organisation;
using NodaTime;

namespace Incidents.Access.Keys;

/// <summary>A key as the API shows it: everything but the secret.</summary>
internal sealed record KeyItem(Guid Id, string Name, string? Person, Role Role, Instant CreatedAt, string CreatedBy, Instant? LastUsedAt)
{
    public static KeyItem Of(ApiKey key) => new(key.Id, key.Name, key.Person, key.Role, key.CreatedAt, key.CreatedBy, key.LastUsedAt);
}

internal sealed record KeyList(IReadOnlyList<KeyItem> Items, string? NextCursor);

/// <summary>A new key with its secret, shown this once.</summary>
internal sealed record NewKey(Guid Id, string Name, string? Person, Role Role, Instant CreatedAt, string CreatedBy, string Key);
