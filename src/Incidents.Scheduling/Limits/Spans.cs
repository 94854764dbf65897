using NodaTime;

namespace Incidents.Scheduling.Limits;

/// <summary>A stretch of time <c>[From, To)</c>.</summary>
internal readonly record struct Span(Instant From, Instant To)
{
    public Duration Length => To - From;

    public bool Touches(Instant from, Instant to) => From < to && from < To;

    public Span Cut(Instant from, Instant to) => new(Instant.Max(From, from), Instant.Min(To, to));
}

/// <summary>Sets of stretches as sorted lists.</summary>
internal static class Spans
{
    /// <summary>Merges what overlaps or touches.</summary>
    public static List<Span> Union(IEnumerable<Span> spans)
    {
        var merged = new List<Span>();
        foreach (var span in spans.Where(s => s.From < s.To).OrderBy(s => s.From))
        {
            if (merged.Count > 0 && span.From <= merged[^1].To)
                merged[^1] = merged[^1] with { To = Instant.Max(merged[^1].To, span.To) };
            else
                merged.Add(span);
        }

        return merged;
    }

    /// <summary>The time in <c>[from, to)</c> that at least one of the spans covers; they must be sorted by their beginning.</summary>
    public static Duration Covered(IEnumerable<Span> sorted, Instant from, Instant to)
    {
        var total = Duration.Zero;
        var done = from;
        foreach (var span in sorted)
        {
            if (span.From >= to)
                break;
            var begin = Instant.Max(span.From, done);
            var end = Instant.Min(span.To, to);
            if (begin >= end)
                continue;
            total += end - begin;
            done = end;
        }

        return total;
    }

    /// <summary>What of <paramref name="spans"/> is in none of <paramref name="without"/>; both merged and sorted.</summary>
    public static List<Span> Except(IReadOnlyList<Span> spans, IReadOnlyList<Span> without)
    {
        var left = new List<Span>();
        foreach (var span in spans)
        {
            var from = span.From;
            foreach (var hole in without.Where(w => w.Touches(span.From, span.To)))
            {
                if (hole.From > from)
                    left.Add(new Span(from, hole.From));
                from = Instant.Max(from, hole.To);
            }

            if (from < span.To)
                left.Add(span with { From = from });
        }

        return left;
    }
}
