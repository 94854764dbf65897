using System.Text.Json;
using Incidents.Contracts.Messages;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Persistence.Storage;
using Microsoft.EntityFrameworkCore;

namespace Incidents.Triage.Alerts;

/// <inheritdoc cref="IAlerts"/>
internal sealed class AlertReader(Database database) : IAlerts
{
    public async Task<ILookup<long, AlertView>> Of(IReadOnlyCollection<long> incidents, CancellationToken cancellationToken)
    {
        await using var db = database.CreateContext();
        var numbers = incidents.ToArray();
        var rows = await db.Set<AlertRow>().AsNoTracking().Where(a => numbers.Contains(a.Incident)).OrderBy(a => a.Id).ToListAsync(cancellationToken);
        return rows.ToLookup(r => r.Incident, View);
    }

    private static AlertView View(AlertRow row) => new(
        row.Key, row.Integration, row.Firing ? "firing" : "resolved", row.Title, Map(row.Labels), Map(row.Annotations),
        JsonSerializer.Deserialize<List<AlertLink>>(row.Links, Json.Options) ?? [], row.StartsAt, row.EndsAt);

    private static Dictionary<string, string> Map(string json) => JsonSerializer.Deserialize<Dictionary<string, string>>(json, Json.Options) ?? [];
}
