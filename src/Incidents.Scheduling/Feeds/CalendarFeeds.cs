using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Persistence.Transactions;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Database = Incidents.Persistence.Storage.Database;

namespace Incidents.Scheduling.Feeds;

/// <summary>A calendar as it is served now.</summary>
internal sealed record ServedFeed(FeedContent Content, int Revision, Instant ChangedAt);

/// <summary>
/// Secret addresses of calendars, and what stands behind them. Everybody has addresses of their own, also of a schedule: resetting one hurts nobody else,
/// and who leaves loses theirs.
/// </summary>
internal sealed class CalendarFeeds(WorkRunner works, Database database, IOrganisation organisations, OnCall onCall, Addresses addresses, Clock clock)
{
    private const int MostKept = 5000;

    /// <summary>What was built last, for as long as the organisation and the day stay the same: a calendar that is asked for often costs a look at one row.</summary>
    private readonly ConcurrentDictionary<(string Owner, string Schedule), (OrganisationSnapshot Of, LocalDate Day, FeedContent Content)> built = new();

    /// <summary>A new secret address; the former one is dead from the commit on. 256 bits.</summary>
    public async Task<(string Url, Instant CreatedAt)> Reset(string owner, string schedule, CancellationToken cancellationToken)
    {
        var token = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        var at = await works.Run(async work =>
        {
            if (!work.Db.IsSqlite)
                await work.Db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({"feed\n" + owner + "\n" + schedule}, 11))", cancellationToken);
            var row = await work.Db.Set<FeedRow>().AsTracking().SingleOrDefaultAsync(f => f.Owner == owner && f.Schedule == schedule, cancellationToken);
            if (row is null)
                work.Db.Add(row = new FeedRow { Owner = owner, Schedule = schedule, ChangedAt = work.Now });
            row.TokenHash = Hash(token);
            row.CreatedAt = work.Now;
            await work.Db.SaveChangesAsync(cancellationToken);
            return work.Now;
        }, cancellationToken);
        return (addresses.Calendar(token), at);
    }

    /// <summary>Since when there is an address; null: there is none.</summary>
    public async Task<Instant?> Since(string owner, string schedule, CancellationToken cancellationToken)
    {
        await using var db = database.CreateContext();
        return await db.Set<FeedRow>().AsNoTracking().Where(f => f.Owner == owner && f.Schedule == schedule).Select(f => (Instant?)f.CreatedAt).SingleOrDefaultAsync(cancellationToken);
    }

    public Task<int> Remove(string owner, string schedule, CancellationToken cancellationToken)
        => works.Run(work => work.Db.Set<FeedRow>().Where(f => f.Owner == owner && f.Schedule == schedule).ExecuteDeleteAsync(cancellationToken), cancellationToken);

    /// <summary>Null: no such address, or its owner has left. The secret is looked up by its hash, so that how long it takes tells nothing about it.</summary>
    public async Task<ServedFeed?> Serve(string token, CancellationToken cancellationToken)
    {
        var hash = Hash(token);
        FeedRow? row;
        await using (var db = database.CreateContext())
            row = await db.Set<FeedRow>().AsNoTracking().SingleOrDefaultAsync(f => f.TokenHash == hash, cancellationToken);
        var organisation = organisations.Current;
        if (row is null || (row.Owner != Actor.System.Login && !organisation.People.ContainsKey(row.Owner)))
            return null;
        var content = Build(organisation, row.Owner, row.Schedule);
        if (row.Digest == content.Digest)
            return new ServedFeed(content, row.Revision, row.ChangedAt);
        return await works.Run(async work =>
        {
            var changed = await work.Db.Set<FeedRow>().AsTracking().SingleOrDefaultAsync(f => f.Owner == row.Owner && f.Schedule == row.Schedule, cancellationToken);
            if (changed is not null && changed.Digest != content.Digest)
            {
                changed.Revision += changed.Digest.Length == 0 ? 0 : 1;
                changed.Digest = content.Digest;
                changed.ChangedAt = work.Now;
            }
            return new ServedFeed(content, changed?.Revision ?? row.Revision, changed?.ChangedAt ?? work.Now);
        }, cancellationToken);
    }

    private FeedContent Build(OrganisationSnapshot organisation, string owner, string schedule)
    {
        var now = clock.Now;
        var day = now.InUtc().Date;
        if (built.TryGetValue((owner, schedule), out var known) && ReferenceEquals(known.Of, organisation) && known.Day == day)
            return known.Content;
        var content = FeedContent.Build(onCall.Of(organisation), owner, schedule, now, addresses);
        if (built.Count >= MostKept)
            built.Clear();
        built[(owner, schedule)] = (organisation, day, content);
        return content;
    }

    private static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
