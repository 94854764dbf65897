using System.Globalization;
using System.Text;
using Incidents.Contracts.Messages;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Persistence.Storage;
using Incidents.Persistence.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using NodaTime;
using NodaTime.Text;
using Quartz;

namespace Incidents.Scheduling.Limits.Nightly;

/// <summary>
/// Each team's night, at 02:00 of its calendar's zone: new breaches of its schedules are told to its lead in one notice. Runs every few minutes in every
/// process and does what is due: the row of the night makes it once, and a night that was missed is made up for when a process runs again
/// (the latest one only).
/// </summary>
[DisallowConcurrentExecution]
internal sealed class NightlyLint(IOrganisation organisations, LimitsService limits, Database database, WorkRunner works, Clock clock, ILogger<NightlyLint> logger) : IJob
{
    private const int MostLines = 10;
    private static readonly Duration Remembered = Duration.FromDays(30);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await Run(cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            Log.NotLooked(logger, e);
        }
    }

    /// <summary>The number of teams whose night was looked at now.</summary>
    public async Task<int> Run(CancellationToken cancellationToken)
    {
        var organisation = await organisations.Fresh(cancellationToken);
        var due = await Due(organisation, cancellationToken);
        if (due.Count == 0)
            return 0;

        var now = clock.Now;
        var schedules = organisation.Schedules.Values.Where(s => s.Team is not null && due.ContainsKey(s.Team)).Select(s => s.Name).ToHashSet(StringComparer.Ordinal);
        var question = new LintQuestion(now, now + LimitsService.Ahead) { Schedules = schedules, EventsFrom = now - LimitsService.Back };
        var found = schedules.Count == 0 ? [] : await limits.Find(organisation, question, cancellationToken);
        var byTeam = found.ToLookup(f => f.Schedule is { } s ? organisation.Schedules[s].Team : null, StringComparer.Ordinal);
        var done = 0;
        foreach (var (team, date) in due.OrderBy(d => d.Key, StringComparer.Ordinal))
        {
            if (await Once(organisation.Teams[team], date, question.To, [.. byTeam[team]], cancellationToken))
                done++;
        }

        return done;
    }

    private async Task<Dictionary<string, string>> Due(OrganisationSnapshot organisation, CancellationToken cancellationToken)
    {
        var now = clock.Now;
        var nights = organisation.Teams.Values.ToDictionary(t => t.Name, t => LocalDatePattern.Iso.Format(NightOf.Due(organisation, t, now)), StringComparer.Ordinal);
        var dates = nights.Values.Distinct(StringComparer.Ordinal).ToArray();
        await using var db = database.CreateContext();
        foreach (var run in await db.Set<LintRun>().AsNoTracking().Where(r => dates.Contains(r.Date)).Select(r => new { r.Team, r.Date }).ToListAsync(cancellationToken))
        {
            if (nights.TryGetValue(run.Team, out var date) && date == run.Date)
                nights.Remove(run.Team);
        }

        return nights;
    }

    private async Task<bool> Once(Team team, string date, Instant until, IReadOnlyList<Finding> findings, CancellationToken cancellationToken)
    {
        var told = await works.Run(async work =>
        {
            // The row first: another process that is at it too waits here, and finds the night done.
            if (!work.Db.IsSqlite)
                await work.Db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({"limits\n" + team.Name}, 11))", cancellationToken);
            var runs = work.Db.Set<LintRun>();
            if (await runs.AnyAsync(r => r.Team == team.Name && r.Date == date, cancellationToken))
                return null;
            var before = await runs.Where(r => r.Team == team.Name).OrderByDescending(r => r.Date).Select(r => (Instant?)r.Until).FirstOrDefaultAsync(cancellationToken);
            var seen = await work.Db.Set<SeenFinding>().Where(s => s.Team == team.Name).ToListAsync(cancellationToken);
            var fresh = NightOf.New(findings, seen, before);
            Remember(work, team.Name, findings, seen);
            runs.Add(new LintRun { Team = team.Name, Date = date, At = work.Now, Until = until, Findings = findings.Count, New = fresh.Count });
            if (fresh.Count > 0 && team.Lead is { } lead)
                work.Send(new NoticeRequested(lead, "limits", $"limits:{team.Name}:{date}", Subject(team, fresh), Text(fresh), "/limits"));
            return fresh;
        }, cancellationToken);
        if (told is null)
            return false;
        Log.Looked(logger, team.Name, date, findings.Count, told.Count);
        return true;
    }

    private static void Remember(Work work, string team, IReadOnlyList<Finding> findings, List<SeenFinding> seen)
    {
        var known = seen.ToDictionary(s => s.Fingerprint, StringComparer.Ordinal);
        foreach (var finding in findings.DistinctBy(f => f.Fingerprint))
        {
            if (known.TryGetValue(finding.Fingerprint, out var row))
                row.LastSeenAt = work.Now;
            else
                work.Db.Add(new SeenFinding { Team = team, Fingerprint = finding.Fingerprint, Rule = finding.Rule, Subject = finding.Subject, FirstSeenAt = work.Now, LastSeenAt = work.Now });
        }

        work.Db.RemoveRange(seen.Where(s => s.LastSeenAt < work.Now - Remembered));
    }

    private static string Subject(Team team, IReadOnlyList<Finding> fresh)
        => string.Create(CultureInfo.InvariantCulture, $"{fresh.Count} new {(fresh.Count == 1 ? "breach" : "breaches")} of staffing limits in {team.Name}");

    private static string Text(IReadOnlyList<Finding> fresh)
    {
        var text = new StringBuilder();
        // What is enforced, then what begins first.
        foreach (var finding in fresh.OrderByDescending(f => f.Severity).ThenBy(f => f.From).Take(MostLines))
            text.Append("- ").Append(finding.Message).Append(' ').AppendLine(finding.Fix);
        if (fresh.Count > MostLines)
            text.AppendLine(CultureInfo.InvariantCulture, $"and {fresh.Count - MostLines} more.");
        return text.ToString().TrimEnd();
    }
}
