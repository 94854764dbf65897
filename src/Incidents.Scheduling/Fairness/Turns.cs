using Incidents.Contracts.Organisation;
using Incidents.Scheduling.Limits;
using Incidents.Scheduling.Rotations;
using NodaTime;

namespace Incidents.Scheduling.Fairness;

/// <summary>The turns of a layer's rotation, to count from.</summary>
internal sealed class Turns
{
    private readonly Rotation rotation;
    private readonly LocalDateTime start;
    private readonly TurnUnit unit;

    private Turns(Rotation rotation, LocalDateTime start, TurnUnit unit)
    {
        this.rotation = rotation;
        this.start = start;
        this.unit = unit;
    }

    /// <summary>Null: the layer has no turns of its own.</summary>
    public static Turns? Of(Schedule schedule, Layer layer) => layer is { Start: { } start, Turn: { } turn, Slots.Count: > 0 }
        ? new Turns(new Rotation(WallClock.Of(layer.Zone ?? schedule.Zone), start, turn), start, turn.Unit)
        : null;

    /// <summary>The rotation that most of a schedule's primary duty comes from: the lowest level, the first of it.</summary>
    public static Layer? MainLayer(Schedule schedule) => schedule.Layers
        .Where(l => l is { Position: Position.Primary, Start: not null, Turn: not null, Slots.Count: > 0 })
        .MinBy(l => l.Level);

    /// <summary>
    /// The first boundary at or after <paramref name="from"/> from which the same turns can be counted anew, and its local time. A month's
    /// boundary that was clamped to a short month is passed over.
    /// </summary>
    public (Instant At, LocalDateTime Local) FirstFrom(Instant from)
    {
        var turn = rotation.TurnAt(from);
        for (var boundary = rotation.Boundary(turn) >= from ? turn : turn + 1; ; boundary++)
        {
            var at = rotation.Boundary(boundary);
            var shown = rotation.Clock.Local(at);
            var local = unit == TurnUnit.Hour ? shown : shown.Date + start.TimeOfDay;
            if (unit != TurnUnit.Month || local.Day == start.Day)
                return (at, local);
        }
    }

    /// <summary>The stretches of <c>[from, to)</c>, cut at the boundaries of turns.</summary>
    public IEnumerable<Span> Cut(Instant from, Instant to)
    {
        for (var turn = rotation.TurnAt(from); from < to; turn++)
        {
            var end = Instant.Min(to, rotation.Boundary(turn + 1));
            if (end > from)
                yield return new Span(from, end);
            from = Instant.Max(from, end);
        }
    }
}
