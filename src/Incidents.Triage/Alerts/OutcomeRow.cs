using Incidents.Contracts.Seams;
using Incidents.Persistence.Storage;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Incidents.Triage.Alerts;

/// <summary>What became of an alert that somebody may look at. One that was parked and taken later has two; the newest counts. Removed by age.</summary>
internal sealed class OutcomeRow
{
    public long Id { get; set; }
    public Guid Alert { get; set; }
    public Instant At { get; set; }
    public string Outcome { get; set; } = "";
    public long? Incident { get; set; }
    public string? Rule { get; set; }
}

/// <inheritdoc cref="IAlertOutcomes"/>
internal sealed class OutcomeReader(Database database) : IAlertOutcomes
{
    public async Task<IReadOnlyDictionary<Guid, AlertOutcome>> Of(IReadOnlyCollection<Guid> alerts, CancellationToken cancellationToken)
    {
        if (alerts.Count == 0)
            return new Dictionary<Guid, AlertOutcome>();
        await using var db = database.CreateContext();
        var ids = alerts.ToArray();
        var rows = await db.Set<OutcomeRow>().AsNoTracking().Where(o => ids.Contains(o.Alert)).OrderBy(o => o.Id).ToListAsync(cancellationToken);
        return rows.GroupBy(o => o.Alert).ToDictionary(g => g.Key, g => new AlertOutcome(g.Last().Outcome, g.Last().Incident, g.Last().Rule));
    }
}
