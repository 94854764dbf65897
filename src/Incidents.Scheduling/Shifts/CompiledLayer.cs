using Incidents.Contracts.Organisation;
using Incidents.Scheduling.Rotations;
using NodaTime;

namespace Incidents.Scheduling.Shifts;

/// <summary>A layer's own say, constant in <c>[From, To)</c>: the slot of the turn, or (<paramref name="Turn"/> null) nothing.</summary>
internal sealed record Stretch(Turn? Turn, Instant From, Instant To);

/// <summary>
/// A turn and whose it is. <paramref name="Say"/>: the people of the slot as a part of an answer; null: the slot is empty, or the layer follows another's order.
/// </summary>
internal sealed record Turn(long Number, int Slot, Instant From, Instant To, Part? Say);

/// <summary>A rotation layer made ready for questions: turns, windows, start and end. Safe for concurrent readers.</summary>
internal sealed class CompiledLayer
{
    // The one endless turn of a layer that follows another's order.
    private static readonly Turn Following = new(0, 0, Instant.MinValue, Instant.MaxValue, Say: null);

    private readonly Rotation? rotation;
    private readonly WeeklyWindows windows;
    private readonly WorkedTurns? workedTurns;
    private readonly Instant start;
    private readonly Instant until;
    private readonly int ahead;
    private Stretch? latest;
    private Turn? latestTurn;

    /// <param name="preview">Turns are extrapolated before the layer's start too; never for paging or pay.</param>
    /// <param name="before">The layer of this name in the version that this one took over from at <paramref name="since"/>; null: none.</param>
    public CompiledLayer(Layer layer, string scheduleZone, Func<Window, Workdays> workdays, bool preview, CompiledLayer? before = null, Instant since = default)
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
        if (rotation is not null && before?.rotation is not null && since >= before.start && OrderCarriedOver.Applies(before.Layer, layer))
        {
            var turn = rotation.TurnAt(since);
            ahead = Wrap(OrderCarriedOver.SlotOn(before.Layer.Slots, before.TurnAt(since).Slot, layer.Slots) - Wrap(Consumed(turn)));
        }
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
            return new Stretch(Turn: null, Instant.MinValue, start);
        if (at >= until)
            return new Stretch(Turn: null, Instant.Max(start, until), Instant.MaxValue);

        var window = windows.At(at);
        var from = Instant.Max(window.From, start);
        var to = Instant.Min(window.To, until);
        if (!window.Open || (rotation is null && !FollowsOrder))
            return new Stretch(Turn: null, from, to);

        var turn = rotation is null ? Following : TurnAt(at);
        return new Stretch(turn, Instant.Max(from, turn.From), Instant.Min(to, turn.To));
    }

    private Turn TurnAt(Instant at)
    {
        var known = Volatile.Read(ref latestTurn);
        if (known is not null && known.From <= at && at < known.To)
            return known;

        var number = known is not null && at == known.To ? known.Number + 1 : rotation!.TurnAt(at);
        var from = known is not null && at == known.To ? known.To : rotation!.Boundary(number);
        var to = rotation!.Boundary(number + 1);
        for (; to <= at; to = rotation.Boundary(number + 1))
            number++;

        var slot = Wrap(Wrap(Consumed(number)) + ahead);
        var people = Layer.Slots[slot];
        var turn = new Turn(number, slot, from, to, people.Count == 0 ? null : new Part(new Cause(CauseKind.Layer, Layer.Name, number), people));
        Volatile.Write(ref latestTurn, turn);
        return turn;
    }

    /// <summary>How many places of the order the turns before this one have used up.</summary>
    private long Consumed(long turn) => workedTurns?.Before(turn) ?? turn;

    private int Wrap(long place)
    {
        var slot = (int)(place % Layer.Slots.Count);
        return slot < 0 ? slot + Layer.Slots.Count : slot;
    }
}
