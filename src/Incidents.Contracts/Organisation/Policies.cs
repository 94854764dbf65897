using NodaTime;

namespace Incidents.Contracts.Organisation;

public enum TargetKind
{
    /// <summary>Whoever holds a position of the service's own schedule, or of the named one.</summary>
    Schedule,

    /// <summary>Primaries of the services that this one directly needs, own schedule excluded.</summary>
    Dependencies,

    /// <summary>Primaries of the other schedules of the same pool.</summary>
    SamePool,

    /// <summary>Primaries of the schedules of the other 24×7 pools.</summary>
    OtherAlwaysPools,

    /// <summary>The lead of the service's own team, or of the named one.</summary>
    Lead,

    Person,

    /// <summary>Everybody in the rotation slots of the own schedule, or of the named one.</summary>
    Roster,

    /// <summary>All members of the named team.</summary>
    Team,
}

/// <summary>Whom a level pages. <paramref name="Name"/> null: the service's own.</summary>
public sealed record Target(TargetKind Kind, string? Name, Position? Position);

/// <summary>A level of a policy; <paramref name="Timeout"/> null: the pool's level timeout.</summary>
public sealed record Level(IReadOnlyList<Target> Page, Duration? Timeout);

/// <summary>Paged for ever, <paramref name="Every"/> (null: the pool's level timeout) until acknowledged.</summary>
public sealed record LastResort(IReadOnlyList<Target> Page, Duration? Every);

/// <summary>Ordered levels; <paramref name="Repeat"/> passes more after the first; then the last resort.</summary>
public sealed record Policy(string Name, IReadOnlyList<Level> Levels, int Repeat, LastResort? LastResort)
{
    /// <summary>Whose managers change it; null: those with rights everywhere. It pages nobody by itself.</summary>
    public string? Team { get; init; }
}

public sealed record Service(string Name, string? Team, string Pool, string? Schedule, string? Policy, IReadOnlyList<string> DependsOn, string? Runbook);
