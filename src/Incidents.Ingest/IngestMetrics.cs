using System.Diagnostics.Metrics;
using Incidents.Kernel;
using Microsoft.Extensions.Logging;

namespace Incidents.Ingest;

/// <summary>Meters of accepting. Refusal reasons: unknownKey, tooLarge, malformed, invalid, limit, unavailable.</summary>
internal sealed class IngestMetrics : IMeters
{
    public static readonly IReadOnlyList<string> Reasons = ["unknownKey", "tooLarge", "malformed", "invalid", "limit", "unavailable"];

    public IngestMetrics(IMeterFactory factory)
    {
        var meter = factory.Create("Incidents.Ingest");
        Accepted = meter.CreateCounter<long>("incidents.ingest.accepted", "{alert}", "Alerts accepted after their commit");
        Refused = meter.CreateCounter<long>("incidents.ingest.refused", "{request}", "Requests refused, by reason");
        AcceptTime = meter.CreateHistogram<double>("incidents.ingest.accept_time", "s", "From the request's arrival to its answer after commit");
        BatchSize = meter.CreateHistogram<int>("incidents.ingest.batch", "{alert}", "Alerts in one commit");
        foreach (var reason in Reasons)
            Refused.Add(0, new KeyValuePair<string, object?>("reason", reason));
    }

    public Counter<long> Accepted { get; }
    public Counter<long> Refused { get; }
    public Histogram<double> AcceptTime { get; }
    public Histogram<int> BatchSize { get; }
}

internal static partial class Log
{
    [LoggerMessage(300, LogLevel.Error, "{Count} alerts could not be committed; their sources are told to try again")]
    public static partial void CommitFailed(ILogger logger, int count, Exception exception);

    [LoggerMessage(301, LogLevel.Warning, "The last requests of integration {Integration} could not be kept; tried again in a second")]
    public static partial void PayloadsNotKept(ILogger logger, string integration, Exception exception);
}
