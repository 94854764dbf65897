using Incidents.Contracts.Organisation;
using Incidents.Kernel;
using Incidents.Persistence.Incidents;
using Incidents.Persistence.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Incidents.Paging.Channels.Slack.Kit;

/// <summary>One line of the story as a message shows it.</summary>
internal sealed record StoryLine(Instant At, string Kind, string? Actor, string Via, string? Person, int? Level, string Text);

/// <summary>An incident as its message shows it. People are logins; <see cref="Names"/> knows them.</summary>
internal sealed record IncidentFacts(
    Guid Id, long Number, string Title, string Service, string Pool, Severity Severity, IncidentStatus Status, Instant OpenedAt, string? AcknowledgedBy, Instant? AcknowledgedAt,
    string? ResolvedBy, Instant? ResolvedAt, Instant? SnoozedUntil, int Level, int Pass, IReadOnlyList<string> Paged, int Alerts, long? MergedInto, IReadOnlyList<StoryLine> Story,
    IReadOnlyDictionary<string, string> Names)
{
    public string Name(string login) => Names.GetValueOrDefault(login, login);

    /// <summary>Somebody has it, or it is over.</summary>
    public bool IsOver => Status is IncidentStatus.Acknowledged or IncidentStatus.Resolved or IncidentStatus.Snoozed;

    /// <summary>What direct messages show of it: they are brought up to date when this changes.</summary>
    public string Standing => $"{Status}|{AcknowledgedBy}|{ResolvedBy}|{Severity.Name()}";
}

/// <summary>Reads incidents for messages; no locks.</summary>
internal sealed class FactsReader(Database database, Contracts.Seams.IOrganisation organisation)
{
    private const int LinesShown = 6;

    private static readonly string[] Told =
    [
        TimelineKinds.Opened, TimelineKinds.LevelStarted, TimelineKinds.PageRequested, TimelineKinds.PageFailed, TimelineKinds.Acknowledged, TimelineKinds.Unacknowledged,
        TimelineKinds.Escalated, TimelineKinds.Snoozed, TimelineKinds.Note, TimelineKinds.Resolved, TimelineKinds.Reopened,
    ];

    /// <summary>The incident with the newest lines of its story, oldest first; null: it is gone.</summary>
    public async Task<IncidentFacts?> Of(Guid incident, CancellationToken cancellationToken)
    {
        await using var db = database.CreateContext();
        return await db.Incidents.AsNoTracking().SingleOrDefaultAsync(i => i.Id == incident, cancellationToken) is { } found ? await Facts(db, found, cancellationToken) : null;
    }

    public async Task<IncidentFacts?> Of(long number, CancellationToken cancellationToken)
    {
        await using var db = database.CreateContext();
        return await db.Incidents.AsNoTracking().SingleOrDefaultAsync(i => i.Number == number, cancellationToken) is { } found ? await Facts(db, found, cancellationToken) : null;
    }

    /// <summary>What is open, worst and oldest first.</summary>
    public async Task<IReadOnlyList<Situation>> Open(int most, CancellationToken cancellationToken)
    {
        await using var db = database.CreateContext();
        return await db.Incidents.AsNoTracking().Where(i => i.Status != IncidentStatus.Resolved).OrderByDescending(i => i.Number).Select(Situation.Of).Take(most).ToListAsync(cancellationToken);
    }

    private async Task<IncidentFacts> Facts(Persistence.IncidentsDbContext db, Incident i, CancellationToken cancellationToken)
    {
        var lines = await db.Timeline.AsNoTracking().Where(t => t.Incident == i.Number && Told.Contains(t.Kind)).OrderByDescending(t => t.At).ThenByDescending(t => t.Id).Take(LinesShown)
            .Select(t => new StoryLine(t.At, t.Kind, t.Actor, t.Via, t.Person, t.Level, t.Text)).ToListAsync(cancellationToken);
        lines.Reverse();
        var known = organisation.Current;
        var logins = lines.SelectMany(l => new[] { l.Actor, l.Person }).Concat([i.AcknowledgedBy, i.ResolvedBy]).Concat(Logins(i.Reachable)).OfType<string>().Distinct(StringComparer.Ordinal);
        return new IncidentFacts(i.Id, i.Number, i.Title, i.Service, i.Pool, i.Severity, i.Status, i.OpenedAt, i.AcknowledgedBy, i.AcknowledgedAt, i.ResolvedBy, i.ResolvedAt, i.SnoozedUntil,
            i.Level + 1, i.Pass + 1, Logins(i.Reachable), i.AlertCount, i.MergedInto, lines,
            logins.Where(known.People.ContainsKey).ToDictionary(l => l, l => known.People[l].Name, StringComparer.Ordinal));
    }

    private static string[] Logins(string reachable) => reachable.Split(',', StringSplitOptions.RemoveEmptyEntries);
}
