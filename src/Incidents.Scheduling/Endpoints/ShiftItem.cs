using Incidents.Contracts.Organisation;
using Incidents.Scheduling.Shifts;
using NodaTime;

namespace Incidents.Scheduling.Endpoints;

/// <summary>
/// A shift or gap as the API shows it. <paramref name="From"/> null: since before the search began; <paramref name="Until"/> (exclusive)
/// null: no end in sight.
/// </summary>
internal sealed record ShiftItem(
    string Schedule,
    string? Team,
    string? Pool,
    Position Position,
    IReadOnlyList<string> People,
    Instant? From,
    Instant? Until,
    Why Why)
{
    public static ShiftItem Of(string name, Schedule? schedule, Shift shift) => new(
        name,
        schedule?.Team,
        schedule?.Pool,
        shift.Position,
        shift.People,
        shift.From == Instant.MinValue ? null : shift.From,
        shift.To == Instant.MaxValue ? null : shift.To,
        new Why(shift.Why.Kind, shift.Why.Name));
}

internal sealed record Why(CauseKind Kind, string? Name);

internal sealed record ShiftList(IReadOnlyList<ShiftItem> Items);
