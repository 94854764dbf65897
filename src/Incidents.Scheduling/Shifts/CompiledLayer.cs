using Incidents.Contracts.Organisation;
using Incidents.Scheduling.Rotations;
using NodaTime;

namespace Incidents.Scheduling.Shifts;

/// <summary>A layer's own say, constant in <c>[From, To)</c>: the slot of the turn, or (<paramref name="On"/> false) nothing.</summary>
internal sealed record Stretch(bool On, long Turn, int Slot, Instant From, Instant To)
{
    public static Stretch Off(Instant from, Instant to) => new(On: false, 0, 0, from, to);
}

/// <summary>A rotation layer made ready for questions: turns, windows, start and end. Safe for concurrent readers.</summary>
internal sealed class CompiledLayer
{
    private readonly Rotation? rotation;
    private readonly WeeklyWindows windows;
    private readonly WorkedTurns? workedTurns;
    private readonly Instant start;
    private readonly Instant until;
    private Stretch? latest;

    /// <param name="preview">Turns are extrapolated before the layer's start too; never for paging or pay.</param>
    public CompiledLayer(Layer layer, string scheduleZone, Func<Window, Workdays> workdays, bool preview)
    {
        Layer = layer;
        var clock = WallClock.Of(layer.Zone ?? scheduleZone);
        windows = new WeeklyWindows(clock, layer.Windows, workdays);
        start = Instant.MinValue;
        if (layer is { Start: { } localStart, Turn: { } length } && layer.Slots.Count > 0)
        {
            rotation = new Rotation(clock, localStart, length);
            if (layer.Advance == Advance.WorkedTurns && !windows.AlwaysOpen)
                workedTurns = new WorkedTurns(rotation, windows);
        }

        if (layer.Start is { } begins && !preview)
            start = clock.Resolve(begins);
        until = layer.Until is { } ends ? clock.Resolve(ends) : Instant.MaxValue;
    }

    public Layer Layer { get; }

    /// <summary>Follows another layer's order and has no turns of its own.</summary>
    public bool FollowsOrder => Layer.NextInOrderOf is not null;

    public Stretch At(Instant at)
    {
        var known = Volatile.Read(ref latest);
        if (known is not null && known.From <= at && at < known.To)
            return known;

        var stretch = Find(at);
        Volatile.Write(ref latest, stretch);
        return stretch;
    }

    private Stretch Find(Instant at)
    {
        if (at < start)
            return Stretch.Off(Instant.MinValue, start);
        if (at >= until)
            return Stretch.Off(Instant.Max(start, until), Instant.MaxValue);

        var window = windows.At(at);
        var from = Instant.Max(window.From, start);
        var to = Instant.Min(window.To, until);
        if (!window.Open || (rotation is null && !FollowsOrder))
            return Stretch.Off(from, to);
        if (rotation is null)
            return new Stretch(On: true, 0, 0, from, to);

        var turn = rotation.TurnAt(at);
        return new Stretch(
            On: true,
            turn,
            Slot(turn),
            Instant.Max(from, rotation.Boundary(turn)),
            Instant.Min(to, rotation.Boundary(turn + 1)));
    }

    private int Slot(long turn)
    {
        var count = Layer.Slots.Count;
        var slot = (int)((workedTurns?.Before(turn) ?? turn) % count);
        return slot < 0 ? slot + count : slot;
    }
}
