using System.Diagnostics.Metrics;
using Incidents.Kernel;

namespace Incidents.Persistence.Messages;

/// <summary>Meters of message rows. Seconds, closed label sets.</summary>
public sealed class MessageMetrics : IMeters
{
    public const string MeterName = "Incidents.Messages";

    public MessageMetrics(IMeterFactory factory)
    {
        var meter = factory.Create(MeterName);
        HandedOver = meter.CreateCounter<long>("incidents.messages.handed_over", "{message}", "Rows handed over, by endpoint and way (local, bus)");
        Consumed = meter.CreateCounter<long>("incidents.messages.consumed", "{message}", "Rows consumed, by endpoint");
        Failures = meter.CreateCounter<long>("incidents.messages.failures", "{message}", "Counted failures, by endpoint");
        Parked = meter.CreateCounter<long>("incidents.messages.parked", "{message}", "Rows parked, by endpoint");
        Unavailable = meter.CreateCounter<long>("incidents.messages.database_unavailable", "{batch}", "Batches put back because the database was away, by endpoint");
        PublishErrors = meter.CreateCounter<long>("incidents.messages.publish_errors", "{message}", "Publishes that the broker did not confirm");
        Redriven = meter.CreateCounter<long>("incidents.messages.redriven", "{message}", "Rows handed over again by the sweeper, by endpoint");
        QueueAge = meter.CreateHistogram<double>("incidents.messages.queue_age", "s", "From due to consumed, by endpoint");
        BatchTime = meter.CreateHistogram<double>("incidents.messages.batch_time", "s", "Time of one consuming transaction, by endpoint");
        Tardiness = meter.CreateHistogram<double>("incidents.sweeper.tardiness", "s", "How late a timer was handed over");
        foreach (var endpoint in Contracts.Messages.EndpointCatalogue.Endpoints)
        {
            var tag = new KeyValuePair<string, object?>("endpoint", endpoint);
            Failures.Add(0, tag);
            Parked.Add(0, tag);
            Unavailable.Add(0, tag);
        }
        PublishErrors.Add(0);
    }

    public Counter<long> HandedOver { get; }
    public Counter<long> Consumed { get; }
    public Counter<long> Failures { get; }
    public Counter<long> Parked { get; }
    public Counter<long> Unavailable { get; }
    public Counter<long> PublishErrors { get; }
    public Counter<long> Redriven { get; }
    public Histogram<double> QueueAge { get; }
    public Histogram<double> BatchTime { get; }
    public Histogram<double> Tardiness { get; }
}
