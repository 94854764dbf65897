using Incidents.Contracts.Organisation;
using NodaTime;

namespace Incidents.Scheduling.Shifts;

/// <summary>An override, and why somebody is on call through it.</summary>
internal sealed record MadeOverride(Override Override, Cause Why)
{
    public static MadeOverride Of(Override made)
        => new(made, new Cause(made.Swap is null ? CauseKind.Override : CauseKind.Swap, Describe(made), 0, made.Id));

    private static string Describe(Override made) => made.Reason is { Length: > 0 } reason
        ? reason
        : made.Kind switch
        {
            OverrideKind.Replace => $"{made.With} for {made.Person}",
            OverrideKind.Add => $"{made.Person} added",
            _ => $"{made.Person} removed",
        };
}

/// <summary>
/// The overrides of one position of a schedule, cut at their edges into segments with a fixed set in force; found by binary search.
/// </summary>
internal sealed class OverrideTimeline
{
    private readonly Instant[] edges;
    private readonly MadeOverride[][] inForce;

    /// <param name="overrides">In the order in which they were made; those made at the same instant keep the order given.</param>
    public OverrideTimeline(IEnumerable<Override> overrides)
    {
        var made = overrides.Where(o => o.From < o.To).OrderBy(o => o.CreatedAt).Select((o, rank) => (Made: MadeOverride.Of(o), Rank: rank)).ToArray();
        edges = [.. made.SelectMany(m => new[] { m.Made.Override.From, m.Made.Override.To }).Distinct().Order()];
        inForce = new MadeOverride[edges.Length][];
        var starting = made.ToLookup(m => m.Made.Override.From);
        var current = new SortedList<int, MadeOverride>();
        for (var i = 0; i < edges.Length; i++)
        {
            for (var old = current.Count - 1; old >= 0; old--)
            {
                if (current.Values[old].Override.To == edges[i])
                    current.RemoveAt(old);
            }

            foreach (var (begun, rank) in starting[edges[i]])
                current.Add(rank, begun);
            inForce[i] = [.. current.Values];
        }
    }

    /// <summary>The overrides in force at an instant, earliest made first, and the interval in which exactly these are.</summary>
    public (MadeOverride[] Overrides, Instant From, Instant To) At(Instant at)
    {
        var index = Array.BinarySearch(edges, at);
        if (index < 0)
            index = ~index - 1;
        return index < 0
            ? ([], Instant.MinValue, edges.Length == 0 ? Instant.MaxValue : edges[0])
            : (inForce[index], edges[index], index + 1 < edges.Length ? edges[index + 1] : Instant.MaxValue);
    }
}
