using NodaTime;

namespace Incidents.Contracts.Organisation;

public enum Position { Primary, Secondary }

public enum TurnUnit { Hour, Day, Week, Month }

/// <summary>A calendar length of a turn: <c>8h, 1d, 1w, 1mo</c>. A day is a calendar day, not 24 h.</summary>
public readonly record struct TurnLength(int Count, TurnUnit Unit);

public enum Advance { Elapsed, WorkedTurns }

public enum WindowDays { All, Workdays, HolidaysAndWeekends }

/// <summary>Weekly local window in the layer's zone; may cross midnight; equal from and to = 24 h. <paramref name="Calendar"/> decides workdays and holidays.</summary>
public sealed record Window(IReadOnlyList<IsoDayOfWeek> Days, LocalTime From, LocalTime To, WindowDays On, string? Calendar);

/// <summary>
/// A rotation of a schedule, or (with <paramref name="NextInOrderOf"/>) the next in that layer's order who is not primary at the instant.
/// <paramref name="Start"/> and <paramref name="Until"/> (exclusive) are local in <paramref name="Zone"/> (null: the schedule's).
/// A slot may hold one, several or no people.
/// </summary>
public sealed record Layer(
    string Name,
    Position Position,
    int Level,
    string? Zone,
    LocalDateTime? Start,
    LocalDateTime? Until,
    TurnLength? Turn,
    IReadOnlyList<IReadOnlyList<string>> Slots,
    IReadOnlyList<Window> Windows,
    Advance Advance,
    string? NextInOrderOf);

/// <summary>One on-call line of a team, in a pool.</summary>
public sealed record Schedule(string Name, string? Team, string Pool, string Zone, IReadOnlyList<Layer> Layers);

/// <summary>
/// A version of a schedule, in force in <c>[From, To)</c>; <paramref name="To"/> null: until changed. The first version of a new schedule that
/// names no later instant begins at <c>Instant.MinValue</c>: its layers' starts bound it, so a rotation that has been running is seen in the past too.
/// </summary>
public sealed record ScheduleVersion(Schedule Schedule, Instant From, Instant? To)
{
    /// <summary>
    /// The calendars of its windows by name, as they were while this version was in force: a change of one begins a version, and does not reach back.
    /// Null: they never changed, and are those of the snapshot.
    /// </summary>
    public IReadOnlyDictionary<string, Calendar>? Calendars { get; init; }
}

public enum OverrideKind { Replace, Add, Remove }

/// <summary>
/// Immutable exception to a schedule in <c>[From, To)</c>. Replace: <paramref name="Person"/> by <paramref name="With"/>, acting only while Person is on;
/// add and remove use <paramref name="Person"/> alone. Later ones (by <paramref name="CreatedAt"/>) win.
/// <paramref name="Swap"/>: the accepted swap request that wrote it.
/// </summary>
public sealed record Override(
    Guid Id,
    string Schedule,
    Instant From,
    Instant To,
    Position Position,
    OverrideKind Kind,
    string Person,
    string? With,
    string? Reason,
    string? Author,
    Instant CreatedAt,
    Guid? Swap = null);

/// <summary>
/// Replaces everything a schedule says in <c>[From, To)</c>, in every position, overrides included: only <paramref name="Shifts"/> count there, and where
/// none does is a gap. Of two that overlap the later one (by <paramref name="CreatedAt"/>) wins.
/// </summary>
public sealed record TemporarySchedule(
    string Name,
    string Schedule,
    Instant From,
    Instant To,
    IReadOnlyList<TemporaryShift> Shifts,
    string? Reason,
    string? Author,
    Instant CreatedAt);

/// <summary>One shift of a temporary schedule in <c>[From, To)</c>, inside its window.</summary>
public sealed record TemporaryShift(Instant From, Instant To, Position Position, IReadOnlyList<string> People);

/// <summary>
/// A person is away in <c>[From, To)</c>: vacation, illness, training. It takes nobody off call by itself: the linter reports duties in it, and proposals avoid it.
/// </summary>
public sealed record Absence(Guid Id, string Person, Instant From, Instant To, string? Reason, string? HandOver = null);
