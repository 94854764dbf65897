using Incidents.Contracts.Organisation;
using Incidents.Scheduling.Rotations;
using NodaTime;

namespace Incidents.Scheduling.Shifts;

/// <summary>One version of a schedule, made ready for questions: its layers by position, highest level first. Overrides come on top of it.</summary>
internal sealed class CompiledSchedule
{
    private static readonly Part NobodyScheduled = new(Cause.Gap(), []);

    private readonly CompiledLayer[] primary;
    private readonly CompiledLayer[] secondary;
    private readonly Dictionary<string, CompiledLayer> byName = new(StringComparer.Ordinal);

    public CompiledSchedule(Schedule schedule, OrganisationSnapshot organisation, bool preview = false)
    {
        Schedule = schedule;
        var team = schedule.Team is { } name ? organisation.Teams.GetValueOrDefault(name) : null;
        var layers = schedule.Layers
            .Select(layer => new CompiledLayer(layer, schedule.Zone, WorkdaysOf, preview))
            .OrderByDescending(layer => layer.Layer.Level)
            .ToArray();
        foreach (var layer in layers)
            byName.TryAdd(layer.Layer.Name, layer);
        primary = [.. layers.Where(l => l.Layer.Position == Position.Primary)];
        secondary = [.. layers.Where(l => l.Layer.Position == Position.Secondary)];

        Workdays WorkdaysOf(Window window) => new((window.Calendar ?? team?.Calendar) is { } calendar ? organisation.Calendars.GetValueOrDefault(calendar) : null);
    }

    public Schedule Schedule { get; }

    /// <summary>Whether anything ever fills the position; a position without layers is not a gap, it does not exist.</summary>
    public bool Has(Position position) => LayersOf(position).Length > 0;

    /// <summary>
    /// What the layers say at an instant: the highest level that has somebody; layers of one level add up, each person once.
    /// </summary>
    /// <param name="primaryAnswer">The final primary answer, asked for only by a next-in-order layer; null while the primary itself is sought.</param>
    public Answer At(Position position, Instant at, Func<Instant, Answer>? primaryAnswer)
    {
        var layers = LayersOf(position);
        var from = Instant.MinValue;
        var to = Instant.MaxValue;
        List<Part>? parts = null;
        for (var i = 0; i < layers.Length; i++)
        {
            if (parts is not null && layers[i].Layer.Level != layers[i - 1].Layer.Level)
                break;
            var part = Ask(layers[i], at, primaryAnswer, ref from, ref to);
            if (part is not null && WithoutThoseOf(parts, part) is { } own)
                (parts ??= []).Add(own);
        }

        return new Answer(from, to, parts ?? (IReadOnlyList<Part>)[NobodyScheduled]);
    }

    private CompiledLayer[] LayersOf(Position position) => position == Position.Primary ? primary : secondary;

    private Part? Ask(CompiledLayer layer, Instant at, Func<Instant, Answer>? primaryAnswer, ref Instant from, ref Instant to)
    {
        var stretch = layer.At(at);
        Narrow(stretch.From, stretch.To, ref from, ref to);
        if (!stretch.On)
            return null;
        if (!layer.FollowsOrder)
            return PartOf(layer, stretch.Turn, layer.Layer.Slots[stretch.Slot]);
        if (!byName.TryGetValue(layer.Layer.NextInOrderOf!, out var order) || order.FollowsOrder)
            return null;

        var turn = order.At(at);
        Narrow(turn.From, turn.To, ref from, ref to);
        if (!turn.On)
            return null;
        var taken = order.Layer.Slots[turn.Slot];
        if (primaryAnswer is not null)
        {
            var answer = primaryAnswer(at);
            Narrow(answer.From, answer.To, ref from, ref to);
            taken = answer.People;
        }

        return PartOf(layer, turn.Turn, NextInOrder(order.Layer.Slots, turn.Slot, taken));
    }

    /// <summary>The people of the first slot after the present one who are not <paramref name="taken"/>; the present one comes last.</summary>
    private static IReadOnlyList<string> NextInOrder(IReadOnlyList<IReadOnlyList<string>> slots, int present, IReadOnlyList<string> taken)
    {
        for (var step = 1; step <= slots.Count; step++)
        {
            var free = slots[(present + step) % slots.Count].Where(p => !taken.Contains(p, StringComparer.Ordinal)).ToArray();
            if (free.Length > 0)
                return free;
        }

        return [];
    }

    private static Part? PartOf(CompiledLayer layer, long turn, IReadOnlyList<string> people)
        => people.Count == 0 ? null : new Part(new Cause(CauseKind.Layer, layer.Layer.Name, turn), people);

    private static Part? WithoutThoseOf(List<Part>? parts, Part part)
    {
        if (parts is null)
            return part;
        var own = part.People.Where(person => !parts.Exists(p => p.People.Contains(person, StringComparer.Ordinal))).ToArray();
        return own.Length == part.People.Count ? part : own.Length == 0 ? null : part with { People = own };
    }

    private static void Narrow(Instant from, Instant to, ref Instant narrowedFrom, ref Instant narrowedTo)
    {
        narrowedFrom = Instant.Max(narrowedFrom, from);
        narrowedTo = Instant.Min(narrowedTo, to);
    }
}
