using Incidents.Contracts.Organisation;
using NodaTime;

namespace Incidents.Scheduling.Shifts;

/// <summary>
/// The temporary schedules of a schedule, cut at the edges of their windows and shifts; in each segment the one made last is in force.
/// It stands for everything: layers and overrides of every position count for nothing there.
/// </summary>
internal sealed class TemporaryTimeline
{
    private readonly Instant[] edges;
    private readonly Segment[] segments;

    /// <param name="made">In the order in which they were made; those made at the same instant keep the order given.</param>
    public TemporaryTimeline(IEnumerable<TemporarySchedule> made)
    {
        var ordered = made.Where(t => t.From < t.To).OrderBy(t => t.CreatedAt).ToArray();
        edges = [.. ordered.SelectMany(Edges).Distinct().Order()];
        segments = new Segment[edges.Length];
        for (var i = 0; i < edges.Length; i++)
        {
            var inForce = Array.FindLast(ordered, t => t.From <= edges[i] && edges[i] < t.To);
            var to = i + 1 < edges.Length ? edges[i + 1] : Instant.MaxValue;
            segments[i] = inForce is null
                ? new Segment(edges[i], to, Primary: null, Secondary: null, HasSecondary: false)
                : new Segment(
                    edges[i],
                    to,
                    Parts(inForce, Position.Primary, edges[i]),
                    Parts(inForce, Position.Secondary, edges[i]),
                    inForce.Shifts.Any(s => s.Position == Position.Secondary && s.People.Count > 0));
        }
    }

    /// <summary>What holds at an instant; its parts are null where no temporary schedule is in force.</summary>
    public Segment At(Instant at)
    {
        var index = Array.BinarySearch(edges, at);
        if (index < 0)
            index = ~index - 1;
        return index < 0
            ? new Segment(Instant.MinValue, edges.Length == 0 ? Instant.MaxValue : edges[0], Primary: null, Secondary: null, HasSecondary: false)
            : segments[index];
    }

    private static IEnumerable<Instant> Edges(TemporarySchedule made)
        => made.Shifts.SelectMany(s => new[] { s.From, s.To }).Where(edge => made.From < edge && edge < made.To).Append(made.From).Append(made.To);

    private static IReadOnlyList<Part> Parts(TemporarySchedule made, Position position, Instant at)
    {
        var parts = new List<Part>();
        for (var i = 0; i < made.Shifts.Count; i++)
        {
            var shift = made.Shifts[i];
            if (shift.Position != position || at < shift.From || shift.To <= at)
                continue;
            string[] people = [.. shift.People.Distinct(StringComparer.Ordinal).Where(person => !parts.Exists(p => p.People.Contains(person, StringComparer.Ordinal)))];
            if (people.Length > 0)
                parts.Add(new Part(new Cause(CauseKind.Temporary, made.Name, i), people));
        }

        return parts.Count > 0 ? parts : [new Part(Cause.Gap(made.Name), [])];
    }

    internal readonly record struct Segment(Instant From, Instant To, IReadOnlyList<Part>? Primary, IReadOnlyList<Part>? Secondary, bool HasSecondary)
    {
        public bool InForce => Primary is not null;

        public IReadOnlyList<Part> Parts(Position position) => (position == Position.Primary ? Primary : Secondary)!;
    }
}
