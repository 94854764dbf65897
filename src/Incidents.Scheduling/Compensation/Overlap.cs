using NodaTime;

namespace Incidents.Scheduling.Compensation;

/// <summary>
/// Time of one person that a duty or a piece of work would pay, at one worth, in <c>[From, To)</c>. <paramref name="Worth"/> is what an hour of it is
/// multiplied by; null: it has no price.
/// </summary>
internal readonly record struct Piece<TSource>(Instant From, Instant To, decimal? Worth, TSource Source) where TSource : class;

/// <summary>
/// Each moment is paid once, at the higher worth. Of equal ones the first in the sources' own order is paid, so the order in which they come does
/// not matter. What has no price gives way to everything that has one.
/// </summary>
internal static class Overlap
{
    /// <returns>Pieces by start that do not overlap and cover what the given ones cover.</returns>
    public static IReadOnlyList<Piece<T>> PaidOnce<T>(IReadOnlyCollection<Piece<T>> pieces, IComparer<T> order) where T : class
    {
        var waiting = pieces.Where(p => p.From < p.To).OrderBy(p => p.From).ToArray();
        var edges = waiting.SelectMany(p => new[] { p.From, p.To }).Distinct().Order().ToArray();
        var paid = new List<Piece<T>>(waiting.Length);
        var active = new List<Piece<T>>();
        var next = 0;
        for (var i = 0; i + 1 < edges.Length; i++)
        {
            var (from, to) = (edges[i], edges[i + 1]);
            active.RemoveAll(p => p.To <= from);
            for (; next < waiting.Length && waiting[next].From <= from; next++)
                active.Add(waiting[next]);
            if (active.Count == 0)
                continue;
            var best = active[0];
            foreach (var other in active)
                best = Beats(other, best, order) ? other : best;
            if (paid.Count > 0 && paid[^1].To == from && ReferenceEquals(paid[^1].Source, best.Source))
                paid[^1] = paid[^1] with { To = to };
            else
                paid.Add(best with { From = from, To = to });
        }

        return paid;
    }

    private static bool Beats<T>(Piece<T> one, Piece<T> other, IComparer<T> order) where T : class
    {
        var worth = Nullable.Compare(one.Worth, other.Worth);
        return worth > 0 || (worth == 0 && order.Compare(one.Source, other.Source) < 0);
    }
}
