using System.Diagnostics.Metrics;
using Incidents.Contracts.Messages;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Persistence;
using Incidents.Triage.Alerts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Incidents.Triage;

public static class TriageModule
{
    /// <summary>Read sides in every process; the consumer only where <paramref name="consumes"/>.</summary>
    public static IServiceCollection AddTriage(this IServiceCollection services, bool consumes)
    {
        services.AddSingleton<IModelPart, TriageModel>();
        services.AddSingleton<TriageMetrics>();
        services.AddSingleton<IMeters>(p => p.GetRequiredService<TriageMetrics>());
        services.AddSingleton<IAlerts, AlertReader>();
        services.AddSingleton<IAlertOutcomes, OutcomeReader>();
        if (consumes)
            // One at a time: copies of an alert are taken in the order in which this process accepted them. Batches carry the load.
            services.AddEndpoint<TriageConsumer>(EndpointCatalogue.Triage, workers: 1, maxBatch: 200);
        return services;
    }
}

/// <summary>Meters of triage. Outcomes: opened, joined, repeat, recorded, reopened, resolved, resolvedUnknown, late, dropped, heartbeat.</summary>
internal sealed class TriageMetrics : IMeters
{
    public TriageMetrics(IMeterFactory factory)
    {
        var meter = factory.Create("Incidents.Triage");
        Alerts = meter.CreateCounter<long>("incidents.triage.alerts", "{alert}", "Triaged alerts, by outcome");
        BrokenRules = meter.CreateCounter<long>("incidents.triage.broken_rules", "{rule}", "Rules that were passed over because they are broken");
        BrokenRules.Add(0);
    }

    public Counter<long> Alerts { get; }
    public Counter<long> BrokenRules { get; }
}

internal static partial class Log
{
    [LoggerMessage(200, LogLevel.Error, "Triage rules are broken and were passed over: {Rules}")]
    public static partial void RulesPassedOver(ILogger logger, string rules);
}
