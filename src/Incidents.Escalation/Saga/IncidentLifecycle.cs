using Incidents.Contracts.Organisation;
using Incidents.Escalation.Policy;
using Incidents.Kernel;
using Incidents.Persistence.Incidents;
using Incidents.Persistence.Transactions;

namespace Incidents.Escalation.Saga;

/// <inheritdoc cref="IIncidentLifecycle"/>
internal sealed class IncidentLifecycle(SagaDriver driver, EscalationMetrics metrics) : IIncidentLifecycle
{
    public Incident Prepare(Work work, OrganisationSnapshot organisation, NewIncident facts)
    {
        var service = facts.Service is null ? null : organisation.Services.GetValueOrDefault(facts.Service);
        // Without a service the most critical pool's rules hold: rather too loud than silent.
        var pool = service is null
            ? organisation.Pools.Values.OrderBy(p => p.Rank).FirstOrDefault()
            : organisation.Pools.GetValueOrDefault(service.Pool);
        return new Incident
        {
            Id = Guid.CreateVersion7(work.Now.ToDateTimeOffset()),
            Title = Texts.Clean(facts.Title, 1000),
            Details = facts.Details is { } details ? Texts.Clean(details) : null,
            Status = IncidentStatus.Triggered,
            Severity = facts.Severity,
            Urgency = facts.Urgency,
            Service = facts.Service ?? "unknown",
            Team = service?.Team,
            Pool = pool?.Name ?? "none",
            PoolRank = pool?.Rank ?? 0,
            Policy = service?.Policy ?? pool?.Policy,
            Snapshot = PlanCache.For(organisation, service, pool),
            Integration = facts.Integration,
            DedupKey = facts.DedupKey,
            OpenedAt = work.Now,
            PagingStartsAt = work.Now,
            LastActivityAt = work.Now,
            Version = 1,
        };
    }

    public async Task Start(Work work, OrganisationSnapshot organisation, IReadOnlyList<(Incident Incident, NewIncident Facts)> prepared, CancellationToken cancellationToken)
    {
        if (prepared.Count == 0)
            return;
        await work.AddIncidents([.. prepared.Select(p => p.Incident)], cancellationToken);
        foreach (var (incident, facts) in prepared)
        {
            work.Db.Timeline.Add(new TimelineEntry
            {
                Incident = incident.Number,
                At = work.Now,
                Kind = TimelineKinds.Opened,
                Actor = facts.Actor,
                Via = facts.Via,
                Text = $"{incident.Severity.Name()} on {incident.Service} (pool {incident.Pool}) opened by {facts.Actor}.",
            });
            foreach (var note in facts.Notes)
                work.Db.Timeline.Add(new TimelineEntry { Incident = incident.Number, At = work.Now, Kind = TimelineKinds.Triaged, Actor = "system", Text = note });
            driver.Apply(work, organisation, incident, new SagaEvent.Opened());
            metrics.Opened.Add(1);
        }
    }

    public void ResolveBySource(Work work, OrganisationSnapshot organisation, Incident incident, string integration)
        => driver.Apply(work, organisation, incident, new SagaEvent.SourceResolved(integration));

    public void Reopen(Work work, OrganisationSnapshot organisation, Incident incident, string integration)
        => driver.Apply(work, organisation, incident, new SagaEvent.SourceStillFires(integration));
}

/// <summary>The serialized plan of a service, made once per organisation version.</summary>
internal static class PlanCache
{
    private static readonly System.Runtime.CompilerServices.ConditionalWeakTable<OrganisationSnapshot, System.Collections.Concurrent.ConcurrentDictionary<string, string>> Plans = [];

    public static string For(OrganisationSnapshot organisation, Service? service, Pool? pool)
        => Plans.GetOrCreateValue(organisation).GetOrAdd($"{service?.Name}\n{pool?.Name}", _ => EscalationPlan.For(organisation, service, pool).Serialize());
}
