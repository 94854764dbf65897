using NodaTime;

namespace Incidents.Contracts.Organisation;

public enum Coverage { Always, BusinessHours }

public enum Breach { Ignore, Warn, Enforce }

/// <summary>A criticality class. Lower <paramref name="Rank"/> overtakes higher. <paramref name="LevelTimeout"/> null: as <paramref name="Mtta"/>.</summary>
public sealed record Pool(
    string Name,
    int Rank,
    Duration Mtta,
    Duration? LevelTimeout,
    decimal? Slo,
    Coverage Coverage,
    string? Policy,
    Duration? FirstLineDeadline,
    Duration? AcknowledgeTtl,
    IReadOnlyList<PoolPay> Pay,
    PoolLimits Limits)
{
    /// <summary>What <c>timeout: pool</c> means.</summary>
    public Duration EffectiveLevelTimeout => LevelTimeout ?? Mtta;

    /// <summary>Kinds of contact, each of which whoever is on a roster of the pool must have and use for high urgency. Empty: none is asked for.</summary>
    public IReadOnlyList<ContactKind> Needs { get; init; } = [];
}

/// <summary>
/// Coefficients valid from a date on (inclusive, in the zone of the person who is paid). Increments and minimums of work.
/// <paramref name="Secondary"/>: what a secondary's standby is multiplied by besides; 1 pays both positions alike.
/// </summary>
public sealed record PoolPay(LocalDate From, decimal Standby, decimal Work, Duration Increment, Duration Minimum, ClassCoefficients Classes, decimal Secondary = 1m);

public sealed record ClassCoefficients(decimal Business, decimal OffHours, decimal Night, decimal Weekend, decimal Holiday);

/// <summary>Staffing limits; null: not limited.</summary>
public sealed record PoolLimits(
    RosterLimit? Roster,
    CountLimit? EventsPerShift,
    CountLimit? OnCallShare,
    CountLimit? OperationsShare,
    RestLimit? RestAfterNightPage,
    CountLimit? ConsecutiveShifts,
    Breach? DoublePrimary,
    Breach? Qualified)
{
    public static PoolLimits None { get; } = new(null, null, null, null, null, null, null, null);
}

public sealed record RosterLimit(int? Single, int? PerSite, Duration? Apart, Breach Breach);

/// <summary>Who is paged first once a shift has had its events.</summary>
public enum OverloadRoute { Primary, Secondary }

/// <summary><paramref name="Route"/> only for events per shift.</summary>
public sealed record CountLimit(decimal Max, Breach Breach, OverloadRoute Route = OverloadRoute.Primary);

public sealed record RestLimit(Duration Min, Breach Breach);
