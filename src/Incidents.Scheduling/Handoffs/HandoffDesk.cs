using Incidents.Contracts.Messages;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Persistence.Incidents;
using Incidents.Persistence.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NodaTime;
using NodaTime.Text;
using Database = Incidents.Persistence.Storage.Database;

namespace Incidents.Scheduling.Handoffs;

/// <summary>
/// Looks for changes of who is on call within the last hour and tells those that are not told. Any number of processes may look: the row of a change, written
/// with its notices, makes it once. What an edit changed afterwards about a change is told to those who were not told.
/// </summary>
internal sealed class HandoffDesk(WorkRunner works, Database database, IOrganisation organisations, OnCall onCall, Addresses addresses, Clock clock, IOptions<HandoffOptions> options)
{
    /// <summary>What is older than this is stale, and not told any more.</summary>
    public static readonly Duration Stale = Duration.FromHours(1);

    private const int LongestText = 1300;
    private const string Kind = "handoff";

    private readonly Dictionary<(string Schedule, Position Position, Instant At), string> told = [];

    /// <summary>One look; how many handoffs were told. Not to be called twice at once in a process.</summary>
    public async Task<int> Look(CancellationToken cancellationToken)
    {
        if (!options.Value.Enabled)
            return 0;
        var now = clock.Now;
        foreach (var old in told.Keys.Where(k => k.At <= now - Stale).ToList())
            told.Remove(old);
        var due = Due(organisations.Current, now).Where(h => told.GetValueOrDefault((h.Schedule, h.Position, h.At)) != People(h)).OrderBy(h => h.At).ToList();
        var count = 0;
        foreach (var handoff in due)
        {
            if (await Tell(handoff, cancellationToken))
                count++;
            told[(handoff.Schedule, handoff.Position, handoff.At)] = People(handoff);
        }
        return count;
    }

    private List<Handoff> Due(OrganisationSnapshot organisation, Instant now)
    {
        var compiled = onCall.Of(organisation);
        var due = new List<Handoff>();
        foreach (var schedule in organisation.Schedules.Keys)
        {
            if (compiled.LineOf(schedule) is not { } line)
                continue;
            due.AddRange(Handovers.Between(line, schedule, Position.Primary, now - Stale, now));
            if (options.Value.Secondary)
                due.AddRange(Handovers.Between(line, schedule, Position.Secondary, now - Stale, now));
        }
        return due;
    }

    private Task<bool> Tell(Handoff handoff, CancellationToken cancellationToken) => works.Run(async work =>
    {
        // One process at a time: whoever comes second finds the row.
        await Alone(work, $"handoff\n{handoff.Schedule}\n{handoff.Position}\n{handoff.At}", cancellationToken);
        var row = await work.Db.Set<HandoffRow>().AsTracking().SingleOrDefaultAsync(r => r.Schedule == handoff.Schedule && r.Position == handoff.Position && r.At == handoff.At, cancellationToken);
        if (row is not null && People(row) == People(handoff))
            return false;
        var organisation = organisations.Current;
        var facts = await Facts(work, organisation, handoff, cancellationToken);
        var secondary = onCall.At(organisation, handoff.Schedule, Position.Secondary, handoff.At);
        var (started, ended) = row is null ? ([], []) : (Logins(row.Starts), Logins(row.Ends));
        // Who was told to begin, and does not by a later edit, is told too.
        var starts = handoff.Starts.Except(started, StringComparer.Ordinal).ToList();
        var ends = handoff.Ends.Concat(started.Except(handoff.Starts, StringComparer.Ordinal)).Except(ended, StringComparer.Ordinal).ToList();
        if (row is null)
            work.Db.Add(row = new HandoffRow { Schedule = handoff.Schedule, Position = handoff.Position, At = handoff.At });
        (row.Starts, row.Ends, row.ToldAt) = (Join(handoff.Starts), Join(handoff.Ends), work.Now);
        foreach (var person in starts)
        {
            var text = Shorten(HandoffText.ForStart(handoff, facts, secondary, organisation, person));
            row.StartText = text;
            Send(work, handoff, person, "start", $"You are on call: {handoff.Schedule} ({Word(handoff.Position)})", text);
        }
        foreach (var person in ends)
        {
            var text = Shorten(HandoffText.ForEnd(handoff, facts, secondary, organisation, person));
            row.EndText = text;
            Send(work, handoff, person, "end", $"Your duty is over: {handoff.Schedule} ({Word(handoff.Position)})", text);
        }
        return true;
    }, cancellationToken);

    private static async Task Alone(Work work, string key, CancellationToken cancellationToken)
    {
        if (!work.Db.IsSqlite)
            await work.Db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({key}, 11))", cancellationToken);
    }

    private void Send(Work work, Handoff handoff, string person, string what, string subject, string text)
        => work.Send(new NoticeRequested(person, Kind, $"{handoff.Schedule} {Word(handoff.Position)} {InstantPattern.ExtendedIso.Format(handoff.At)} {what}", subject, text, addresses.Schedule(handoff.Schedule)));

    private static async Task<HandoffFacts> Facts(Work work, OrganisationSnapshot organisation, Handoff handoff, CancellationToken cancellationToken)
    {
        var services = organisation.Services.Values.Where(s => s.Schedule == handoff.Schedule).Select(s => s.Name).ToList();
        if (services.Count == 0)
            return new HandoffFacts([], 0, [], 0);
        var all = work.Db.Incidents.AsNoTracking().Where(i => services.Contains(i.Service) && i.MergedInto == null);
        var open = all.Where(i => i.Status != IncidentStatus.Resolved);
        var listed = await open.OrderBy(i => i.Severity).ThenBy(i => i.Number).Take(20)
            .Select(i => new { i.Number, i.Title, i.Severity, i.Status, i.AcknowledgedBy }).ToListAsync(cancellationToken);
        // A duty of months is not told incident by incident.
        var since = Instant.Max(handoff.Since ?? handoff.At - Duration.FromDays(7), handoff.At - Duration.FromDays(31));
        var past = all.Where(i => i.OpenedAt >= since && i.OpenedAt < handoff.At);
        var happened = await past.OrderByDescending(i => i.Number).Take(500).Select(i => new PastIncident(i.Number, i.Title, i.Severity, i.OpenedAt, i.AcknowledgedAt)).ToListAsync(cancellationToken);
        return new HandoffFacts(
            [.. listed.Select(i => new OpenIncident(i.Number, i.Title, i.Severity, i.Status.ToString().ToLowerInvariant(), i.Status == IncidentStatus.Acknowledged ? i.AcknowledgedBy : null))],
            await open.CountAsync(cancellationToken), happened, await past.CountAsync(cancellationToken));
    }

    /// <summary>The last ones of a schedule, newest first.</summary>
    public async Task<List<HandoffRow>> Last(string schedule, int count, CancellationToken cancellationToken)
    {
        await using var db = database.CreateContext();
        return await db.Set<HandoffRow>().AsNoTracking().Where(r => r.Schedule == schedule).OrderByDescending(r => r.At).ThenBy(r => r.Position).Take(count).ToListAsync(cancellationToken);
    }

    private static string People(Handoff handoff) => Join(handoff.Starts) + ">" + Join(handoff.Ends);

    private static string People(HandoffRow row) => row.Starts + ">" + row.Ends;

    private static string Join(IReadOnlyList<string> people) => string.Join(',', people);

    private static string[] Logins(string joined) => joined.Length == 0 ? [] : joined.Split(',');

    private static string Word(Position position) => position.ToString().ToLowerInvariant();

    private static string Shorten(string text) => text.Length <= LongestText ? text : text[..text.LastIndexOf('\n', LongestText)] + "\n…";
}
