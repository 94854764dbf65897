using Incidents.Contracts.Organisation;
using NodaTime;

namespace Incidents.Scheduling.Shifts;

/// <summary>One layer through time: whom it names in <c>[from, to)</c>, by start; where it names nobody there is nothing.</summary>
internal sealed record LayerLine(Layer Layer, IReadOnlyList<Shift> Shifts);

/// <summary>
/// The layers of a schedule beneath the final answer: what each says by itself, as if nothing lay over it. Layers are those of the versions in force in the
/// interval; one that several versions have is one line, with its latest definition.
/// </summary>
internal static class LayerLines
{
    public static IReadOnlyList<LayerLine> Of(Line line, Instant from, Instant to)
    {
        var found = new Dictionary<string, (Layer Layer, List<Shift> Shifts)>(StringComparer.Ordinal);
        foreach (var (start, end, schedule) in line.Versions(from, to))
        {
            foreach (var layer in schedule.Layers)
            {
                var shifts = found.TryGetValue(layer.Name, out var known) ? known.Shifts : [];
                found[layer.Name] = (layer, shifts);
                Walk(line, schedule, layer, start, end, shifts);
            }
        }

        return [.. found.Values.Select(f => new LayerLine(f.Layer, f.Shifts))];
    }

    private static void Walk(Line line, CompiledSchedule schedule, Layer layer, Instant from, Instant to, List<Shift> shifts)
    {
        for (var at = from; at < to;)
        {
            var primary = layer.NextInOrderOf is null ? null : line.At(Position.Primary, at);
            var part = schedule.Say(layer, at, primary, out _, out var until);
            var end = Instant.Min(until, to);
            if (part is not null)
            {
                // An edit, or a change of the primary, does not cut a shift that goes on.
                if (shifts.Count > 0 && shifts[^1] is var last && last.To == at && new Part(last.Why, last.People).IsSameAs(part))
                    shifts[^1] = last with { To = end };
                else
                    shifts.Add(new Shift(layer.Position, part.People, at, end, part.Why, schedule.Schedule));
            }

            at = end;
        }
    }
}
