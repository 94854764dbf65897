using Incidents.Persistence.Transactions;
using NodaTime;

namespace Incidents.Paging.Data;

/// <summary>Engages and frees phone lines: never two calls to one number at a time, across processes.</summary>
internal sealed class LineTable(Dialect dialect)
{
    /// <summary>Longest that a line stays engaged without news: a lease, the ringing and some talk.</summary>
    public static readonly Duration Longest = Duration.FromMinutes(3);

    /// <summary>The same for a code or a test: a few words, for which no page is to wait long when their end is never told.</summary>
    public static readonly Duration LongestTrial = Duration.FromSeconds(90);

    /// <summary>Engages what is free, or engaged by the same already; says which attempts got their line. One attempt a number at most.</summary>
    public async Task<HashSet<Guid>> Engage(Work work, IEnumerable<(string Number, Guid Attempt)> wanted, CancellationToken cancellationToken, Duration? longest = null)
    {
        var rows = dialect.Rows();
        foreach (var (number, attempt) in wanted.DistinctBy(w => w.Number, StringComparer.Ordinal).OrderBy(w => w.Number, StringComparer.Ordinal))
            rows.Row().Text("number", number).Id("attempt", attempt).At("until", work.Now + (longest ?? Longest));
        if (rows.Count == 0)
            return [];
        // "where true": without it SQLite takes "on" for a join.
        var engaged = await dialect.Command(work,
                $"insert into {dialect.Lines} as l (number, attempt, until) select x.number, x.attempt, x.until from {rows.As("x")} where true order by x.number " +
                "on conflict (number) do update set attempt = excluded.attempt, until = excluded.until where l.until <= @now or l.attempt = excluded.attempt returning attempt")
            .With("@rows", rows).With("@now", work.Now)
            .Read(r => r.GetGuid(0), cancellationToken);
        return [.. engaged];
    }

    /// <summary>Lets go of lines soon, if the end of their calls is not told before.</summary>
    public async Task Shorten(Work work, IReadOnlyCollection<Guid> attempts, Duration after, CancellationToken cancellationToken)
    {
        if (attempts.Count > 0)
            await dialect.Command(work, $"update {dialect.Lines} set until = @soon where attempt {dialect.In("@ids")} and until > @soon").With("@ids", attempts).With("@soon", work.Now + after).Execute(cancellationToken);
    }

    /// <summary>Of these, the lines of codes and tests.</summary>
    public async Task FreeTrials(Work work, IReadOnlyCollection<Guid> notices, CancellationToken cancellationToken)
    {
        if (notices.Count > 0)
            await dialect.Command(work, $"delete from {dialect.Lines} where attempt {dialect.In("@ids")} and exists (select 1 from {dialect.Notices} n where n.id = attempt)").With("@ids", notices).Execute(cancellationToken);
    }

    public async Task Free(Work work, IReadOnlyCollection<Guid> attempts, CancellationToken cancellationToken)
    {
        if (attempts.Count > 0)
            await dialect.Command(work, $"delete from {dialect.Lines} where attempt {dialect.In("@ids")}").With("@ids", attempts).Execute(cancellationToken);
    }
}
