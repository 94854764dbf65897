using Incidents.Contracts.Organisation;
using Incidents.Scheduling.Rotations;
using NodaTime;

namespace Incidents.Scheduling.Shifts;

/// <summary>One version of a schedule, made ready for questions: its layers by position, highest level first. Overrides come on top of it.</summary>
internal sealed class CompiledSchedule
{
    private static readonly IReadOnlyList<Part> Nobody = [new Part(Cause.Gap(), [])];

    private readonly CompiledLayer[] primary;
    private readonly CompiledLayer[] secondary;
    private readonly Dictionary<string, CompiledLayer> byName = new(StringComparer.Ordinal);

    /// <param name="before">The version that this one took over from; null: it is the first.</param>
    public CompiledSchedule(ScheduleVersion version, OrganisationSnapshot organisation, bool preview = false, CompiledSchedule? before = null)
    {
        var schedule = Schedule = version.Schedule;
        var team = schedule.Team is { } name ? organisation.Teams.GetValueOrDefault(name) : null;
        var layers = schedule.Layers
            .Select(layer => new CompiledLayer(layer, schedule.Zone, WorkdaysOf, preview, before?.byName.GetValueOrDefault(layer.Name), version.From))
            .OrderByDescending(layer => layer.Layer.Level)
            .ToArray();
        foreach (var layer in layers)
            byName.TryAdd(layer.Layer.Name, layer);
        primary = [.. layers.Where(l => l.Layer.Position == Position.Primary)];
        secondary = [.. layers.Where(l => l.Layer.Position == Position.Secondary)];
        SecondaryFollowsPrimary = Array.Exists(secondary, l => l.FollowsOrder);

        Workdays WorkdaysOf(Window window) => new((window.Calendar ?? team?.Calendar) is { } calendar
            ? version.Calendars?.GetValueOrDefault(calendar) ?? organisation.Calendars.GetValueOrDefault(calendar)
            : null);
    }

    public Schedule Schedule { get; }

    /// <summary>Whether the secondary's answer is made from the primary's.</summary>
    public bool SecondaryFollowsPrimary { get; }

    /// <summary>Whether anything ever fills the position; a position without layers is not a gap, it does not exist.</summary>
    public bool Has(Position position) => LayersOf(position).Length > 0;

    /// <summary>
    /// What the layers say at an instant: the highest level that has somebody; layers of one level add up, each person once.
    /// </summary>
    /// <param name="primaryAnswer">The final primary answer at the instant, for a next-in-order layer; null while the primary itself is sought.</param>
    public IReadOnlyList<Part> At(Position position, Instant at, Answer? primaryAnswer, out Instant from, out Instant to)
    {
        from = Instant.MinValue;
        to = Instant.MaxValue;
        var layers = LayersOf(position);
        Part? only = null;
        List<Part>? several = null;
        for (var i = 0; i < layers.Length; i++)
        {
            if (only is not null && layers[i].Layer.Level != layers[i - 1].Layer.Level)
                break;
            var part = Ask(layers[i], at, primaryAnswer, ref from, ref to);
            if (part is null)
                continue;
            if (only is null)
                only = part;
            else if (WithoutThoseOf(several ??= [only], part) is { } own)
                several.Add(own);
        }

        return several ?? (only is null ? Nobody : (IReadOnlyList<Part>)[only]);
    }

    /// <summary>The layers in the order of the schedule.</summary>
    public IReadOnlyList<Layer> Layers => Schedule.Layers;

    /// <summary>What one layer says by itself, whatever lies over or under it; null: nothing.</summary>
    /// <param name="primaryAnswer">As for <see cref="At"/>.</param>
    public Part? Say(Layer layer, Instant at, Answer? primaryAnswer, out Instant from, out Instant to)
    {
        from = Instant.MinValue;
        to = Instant.MaxValue;
        return byName.TryGetValue(layer.Name, out var compiled) ? Ask(compiled, at, primaryAnswer, ref from, ref to) : null;
    }

    private CompiledLayer[] LayersOf(Position position) => position == Position.Primary ? primary : secondary;

    private Part? Ask(CompiledLayer layer, Instant at, Answer? primaryAnswer, ref Instant from, ref Instant to)
    {
        var stretch = layer.At(at);
        Narrow(stretch.From, stretch.To, ref from, ref to);
        if (stretch.Turn is null || !layer.FollowsOrder)
            return stretch.Turn?.Say;
        if (!byName.TryGetValue(layer.Layer.NextInOrderOf!, out var order) || order.FollowsOrder)
            return null;

        var followed = order.At(at);
        Narrow(followed.From, followed.To, ref from, ref to);
        if (followed.Turn is not { } turn)
            return null;
        var taken = order.Layer.Slots[turn.Slot];
        if (primaryAnswer is not null)
        {
            Narrow(primaryAnswer.From, primaryAnswer.To, ref from, ref to);
            taken = primaryAnswer.People;
        }

        var next = NextInOrder(order.Layer.Slots, turn.Slot, taken);
        return next.Count == 0 ? null : new Part(new Cause(CauseKind.Layer, layer.Layer.Name, turn.Number), next);
    }

    /// <summary>The people of the first slot after the present one who are not <paramref name="taken"/>; the present one comes last.</summary>
    private static IReadOnlyList<string> NextInOrder(IReadOnlyList<IReadOnlyList<string>> slots, int present, IReadOnlyList<string> taken)
    {
        for (var step = 1; step <= slots.Count; step++)
        {
            var slot = slots[(present + step) % slots.Count];
            var free = 0;
            foreach (var person in slot)
                free += IsIn(taken, person) ? 0 : 1;
            if (free > 0)
                return free == slot.Count ? slot : [.. slot.Where(person => !IsIn(taken, person))];
        }

        return [];
    }

    private static bool IsIn(IReadOnlyList<string> people, string person)
    {
        for (var i = 0; i < people.Count; i++)
        {
            if (string.Equals(people[i], person, StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    private static Part? WithoutThoseOf(List<Part> parts, Part part)
    {
        string[] own = [.. part.People.Where(person => !parts.Exists(p => IsIn(p.People, person)))];
        return own.Length == part.People.Count ? part : own.Length == 0 ? null : part with { People = own };
    }

    private static void Narrow(Instant from, Instant to, ref Instant narrowedFrom, ref Instant narrowedTo)
    {
        narrowedFrom = Instant.Max(narrowedFrom, from);
        narrowedTo = Instant.Min(narrowedTo, to);
    }
}
