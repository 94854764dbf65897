using System.Text.Json;
using Incidents.Contracts.Messages;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Persistence.Incidents;
using Incidents.Persistence.Messages;
using Incidents.Persistence.Transactions;
using Incidents.Triage.Rules;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Incidents.Triage.Alerts;

/// <summary>The triage endpoint: accepted alerts become, or join, incidents; many in one transaction.</summary>
internal sealed class TriageConsumer(IOrganisation organisation, IIncidentLifecycle lifecycle, TriageMetrics metrics, ILogger<TriageConsumer> logger) : IEndpointConsumer
{
    public async Task Consume(IReadOnlyList<Received> messages, Work work, CancellationToken cancellationToken)
    {
        var batch = await Batch.Load(work, organisation, messages.Select(m => (AlertAccepted)m.Message), cancellationToken);
        foreach (var received in messages)
            Take(batch, received, (AlertAccepted)received.Message);
        await Finish(batch, cancellationToken);
    }

    /// <summary>
    /// An alert that triage cannot digest opens a raw incident on its integration's default service, unless one is open for its key.
    /// A resolution that it cannot digest leaves the incident open, which is loud enough: the timeline says why.
    /// </summary>
    public async Task Parked(Received message, string error, Work work, CancellationToken cancellationToken)
    {
        var alert = (AlertAccepted)message.Message;
        var key = alert.Dedup ?? alert.Key;
        var snapshot = await organisation.AtLeast(await work.OrganisationVersion(cancellationToken), cancellationToken);
        var note = Texts.Clean($"Triage failed on an alert again and again and it is parked: {alert.Title}. {error}");
        var open = await work.Db.Incidents.Where(i => i.Integration == alert.Integration && i.DedupKey == key && i.Status != IncidentStatus.Resolved).OrderBy(i => i.Number).FirstOrDefaultAsync(cancellationToken);
        if (alert.Followed)
            work.Db.Add(new OutcomeRow { Alert = message.Id, At = work.Now, Outcome = "parked", Incident = open?.Number });
        if (open is not null)
        {
            work.Db.Timeline.Add(new TimelineEntry { Incident = open.Number, At = work.Now, Kind = TimelineKinds.Parked, Actor = alert.Integration, Via = "source", Text = note });
            return;
        }
        if (!alert.Firing)
            return;
        var service = snapshot.Integrations.GetValueOrDefault(alert.Integration)?.DefaultService;
        var facts = new NewIncident(alert.Title, alert.Details, service, Severities.Default, Urgency.High, alert.Integration, key, alert.Integration, "source", [note]);
        var incident = lifecycle.Prepare(work, snapshot, facts);
        await lifecycle.Start(work, snapshot, [(incident, facts)], cancellationToken);
        // Later copies, and the replayed alert itself, join it.
        (await KeyStore.Lock(work, [(alert.Integration, key)], cancellationToken))[(alert.Integration, key)].Incident = incident.Number;
    }

    private void Take(Batch batch, Received received, AlertAccepted alert)
    {
        var seq = received.Seq;
        var own = batch.Keys[(alert.Integration, alert.Key)];
        var kind = Episodes.Classify(own.Firing, own.StartsAt, own.LastSeq, alert.Firing, alert.StartsAt, seq, alert.StartsAtGiven);
        own.Copies++;
        own.SeenAt = batch.Work.Now;
        if (kind == CopyKind.Late)
        {
            End(batch, received, "late");
            return;
        }

        var outcome = alert.Firing ? batch.Rules.Decide(alert.Labels) : new RuleOutcome(null, []);
        if (outcome.Broken.Count > 0)
        {
            metrics.BrokenRules.Add(outcome.Broken.Count);
            Log.RulesPassedOver(logger, string.Join(", ", outcome.Broken));
        }
        if (outcome.Rule?.Do is TriageAction.Drop)
        {
            End(batch, received, "dropped", rule: outcome.Rule.Name);
            return;
        }
        if (outcome.Rule is { Do: TriageAction.Heartbeat } heartbeat)
        {
            batch.Heartbeat(alert, heartbeat.Name);
            End(batch, received, "heartbeat", rule: heartbeat.Name);
            return;
        }

        own.LastSeq = Math.Max(own.LastSeq, seq);
        if (kind != CopyKind.Repeat)
        {
            own.Firing = alert.Firing;
            own.StartsAt = alert.StartsAt;
        }
        if (alert.Firing)
            Fires(batch, received, alert, kind, outcome);
        else
            Resolves(batch, received, alert);
    }

    private void Fires(Batch batch, Received received, AlertAccepted alert, CopyKind kind, RuleOutcome outcome)
    {
        var link = batch.Keys[(alert.Integration, alert.Dedup ?? alert.Key)];
        var incident = batch.IncidentOf(link);
        if (incident is { Status: IncidentStatus.Resolved } && kind == CopyKind.Repeat)
        {
            // Resolved by hand, and the source goes on with the same episode: only continuing for five minutes opens it again.
            if (incident.ResolvedAt + Batch.ReopenAfter <= batch.Work.Now)
            {
                lifecycle.Reopen(batch.Work, batch.Organisation, incident, alert.Integration);
                End(batch, received, "reopened", incident);
            }
            else
            {
                End(batch, received, "recorded", incident);
            }
            return;
        }
        if (incident is { IsOpen: true })
        {
            var joined = batch.Join(incident, alert, kind);
            End(batch, received, joined ? "joined" : "repeat", incident);
            return;
        }
        End(batch, received, "opened", batch.Open(lifecycle, link, alert, outcome));
    }

    private void Resolves(Batch batch, Received received, AlertAccepted alert)
    {
        var incident = batch.IncidentOf(batch.Keys[(alert.Integration, alert.Dedup ?? alert.Key)]);
        End(batch, received, incident is null ? "resolvedUnknown" : "resolved", incident);
        if (incident is not null)
            batch.ResolveAlert(incident, alert);
    }

    private void End(Batch batch, Received received, string outcome, Incident? incident = null, string? rule = null)
    {
        metrics.Alerts.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
        if (((AlertAccepted)received.Message).Followed)
            batch.Followed.Add((new OutcomeRow { Alert = received.Id, At = batch.Work.Now, Outcome = outcome, Rule = rule }, incident));
    }

    private async Task Finish(Batch batch, CancellationToken cancellationToken)
    {
        await lifecycle.Start(batch.Work, batch.Organisation, batch.Opened, cancellationToken);
        batch.LinkOpened();
        foreach (var incident in batch.Touched)
        {
            if (incident.IsOpen && batch.AllResolved(incident))
                lifecycle.ResolveBySource(batch.Work, batch.Organisation, incident, incident.Integration ?? "source");
        }
    }
}
