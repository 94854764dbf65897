using System.Text.Json;
using Incidents.Contracts.Messages;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Persistence.Incidents;
using Incidents.Persistence.Transactions;
using Incidents.Triage.Rules;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Incidents.Triage.Alerts;

/// <summary>
/// Everything one transaction of triage works on: keys locked first, then the incidents they stand for, then those incidents' alerts.
/// </summary>
internal sealed class Batch
{
    /// <summary>So long must a source go on firing after a resolution by hand until that counts as wrong.</summary>
    public static readonly Duration ReopenAfter = Duration.FromMinutes(5);

    private readonly Dictionary<long, Incident> incidents = [];
    private readonly Dictionary<KeyRow, Incident> pending = [];
    private readonly Dictionary<Incident, Dictionary<(string Integration, string Key), AlertRow>> alerts = [];
    private readonly Dictionary<(string Integration, string Key), HeartbeatRow> heartbeats = [];

    private Batch(Work work, OrganisationSnapshot organisation)
    {
        Work = work;
        Organisation = organisation;
        Rules = CompiledRules.Of(organisation);
    }

    public Work Work { get; }
    public OrganisationSnapshot Organisation { get; }
    public CompiledRules Rules { get; }
    public Dictionary<(string Integration, string Key), KeyRow> Keys { get; private set; } = [];
    public List<(Incident Incident, NewIncident Facts)> Opened { get; } = [];

    /// <summary>What became of alerts that somebody may look at, with the incident, which may have no number yet.</summary>
    public List<(OutcomeRow Row, Incident? Incident)> Followed { get; } = [];

    /// <summary>Incidents one of whose alerts was resolved.</summary>
    public HashSet<Incident> Touched { get; } = [];

    public static async Task<Batch> Load(Work work, IOrganisation organisation, IEnumerable<AlertAccepted> accepted, CancellationToken cancellationToken)
    {
        var snapshot = await organisation.AtLeast(await work.OrganisationVersion(cancellationToken), cancellationToken);
        var batch = new Batch(work, snapshot);
        var wanted = accepted.SelectMany(a => a.Dedup is null || a.Dedup == a.Key ? new[] { (a.Integration, a.Key) } : [(a.Integration, a.Key), (a.Integration, a.Dedup)]).ToHashSet();
        batch.Keys = await KeyStore.Lock(work, wanted, cancellationToken);
        var numbers = batch.Keys.Values.Where(k => k.Incident > 0).Select(k => k.Incident).Distinct().Order().ToArray();
        if (numbers.Length > 0)
        {
            var query = work.Db.IsSqlite
                ? work.Db.Incidents.Where(i => numbers.Contains(i.Number))
                : work.Db.Incidents.FromSqlRaw("select * from escalation.incidents where number = any({0}) order by number for update", numbers);
            foreach (var incident in await query.AsTracking().ToListAsync(cancellationToken))
            {
                batch.incidents[incident.Number] = incident;
                batch.alerts[incident] = [];
            }
            foreach (var row in await work.Db.Set<AlertRow>().Where(a => numbers.Contains(a.Incident)).AsTracking().ToListAsync(cancellationToken))
            {
                if (batch.incidents.TryGetValue(row.Incident, out var of))
                    batch.alerts[of][(row.Integration, row.Key)] = row;
            }
        }
        work.Locked();
        return batch;
    }

    public Incident? IncidentOf(KeyRow link) => pending.TryGetValue(link, out var opening) ? opening : incidents.GetValueOrDefault(link.Incident);

    public Incident Open(IIncidentLifecycle lifecycle, KeyRow link, AlertAccepted alert, RuleOutcome outcome)
    {
        var facts = AlertFacts.Of(Organisation, Organisation.Integrations.GetValueOrDefault(alert.Integration), alert, outcome, Rules);
        var incident = lifecycle.Prepare(Work, Organisation, facts);
        Opened.Add((incident, facts));
        pending[link] = incident;
        alerts[incident] = [];
        Join(incident, alert, CopyKind.Fires);
        return incident;
    }

    /// <summary>Adds the alert, or notes that it fires anew. False: a mere repeat.</summary>
    public bool Join(Incident incident, AlertAccepted alert, CopyKind kind)
    {
        var known = alerts[incident];
        if (known.TryGetValue((alert.Integration, alert.Key), out var row))
        {
            var again = !row.Firing;
            row.Firing = true;
            row.EndsAt = null;
            if (kind == CopyKind.Fires)
            {
                row.StartsAt = alert.StartsAt;
                Describe(row, alert);
            }
            if (again)
                Tell(incident, TimelineKinds.AlertJoined, alert, $"{alert.Title} fires again.");
            return again;
        }
        row = new AlertRow { Incident = incident.Number, Integration = alert.Integration, Key = alert.Key, Firing = true, StartsAt = alert.StartsAt };
        Describe(row, alert);
        known[(alert.Integration, alert.Key)] = row;
        incident.AlertCount++;
        if (incident.Number > 0)
        {
            Work.Db.Add(row);
            Tell(incident, TimelineKinds.AlertJoined, alert, $"{alert.Title} joined.");
        }
        return true;
    }

    public void ResolveAlert(Incident incident, AlertAccepted alert)
    {
        if (!alerts[incident].TryGetValue((alert.Integration, alert.Key), out var row) || !row.Firing)
            return;
        row.Firing = false;
        row.EndsAt = alert.EndsAt ?? Work.Now;
        Touched.Add(incident);
        if (incident.IsOpen && incident.Number > 0)
            Tell(incident, TimelineKinds.AlertResolved, alert, $"{alert.Title} is over.");
    }

    public bool AllResolved(Incident incident) => alerts[incident].Values.All(a => !a.Firing);

    /// <summary>New incidents have their numbers now: their alerts and keys follow, and what became of the alerts.</summary>
    public void LinkOpened()
    {
        foreach (var (link, incident) in pending)
            link.Incident = incident.Number;
        foreach (var (incident, _) in Opened)
        {
            foreach (var row in alerts[incident].Values)
            {
                row.Incident = incident.Number;
                Work.Db.Add(row);
            }
        }
        foreach (var (row, incident) in Followed)
        {
            row.Incident = incident?.Number;
            Work.Db.Add(row);
        }
    }

    public void Heartbeat(AlertAccepted alert, string rule)
    {
        var key = (alert.Integration, alert.Key);
        if (!heartbeats.TryGetValue(key, out var row))
        {
            row = Work.Db.Set<HeartbeatRow>().Find(alert.Integration, alert.Key);
            if (row is null)
                Work.Db.Add(row = new HeartbeatRow { Integration = alert.Integration, Key = alert.Key });
            heartbeats[key] = row;
        }
        row.Rule = rule;
        row.SeenAt = Work.Now;
    }

    private void Tell(Incident incident, string kind, AlertAccepted alert, string text)
    {
        // One that opens in this very transaction has no number yet, and nothing to tell but that.
        if (incident.Number == 0)
            return;
        incident.Version++;
        Work.Db.Timeline.Add(new TimelineEntry { Incident = incident.Number, At = Work.Now, Kind = kind, Actor = alert.Integration, Via = "source", Text = Texts.Clean(text) });
        Work.Announce("incident", new { id = incident.Id, number = incident.Number });
    }

    private static void Describe(AlertRow row, AlertAccepted alert)
    {
        row.Title = Texts.Clean(alert.Title, 1000);
        row.Labels = JsonSerializer.Serialize(alert.Labels, Json.Options);
        row.Annotations = JsonSerializer.Serialize(alert.Annotations, Json.Options);
        row.Links = JsonSerializer.Serialize(alert.Links ?? [], Json.Options);
    }
}
