using System.Diagnostics.Metrics;
using Incidents.Kernel;
using Incidents.Persistence.Messages;
using Incidents.Persistence.Bus;

namespace Incidents.Server.Telemetry;

/// <summary>What stands in the database, looked at on a scrape at most every two seconds: waiting and parked rows, the oldest due one, open incidents.</summary>
internal sealed class Gauges : IMeters
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);

    private readonly MessageOverview overview;
    private readonly Clock clock;
    private readonly ILogger<Gauges> logger;
    private readonly Lock sync = new();
    private MessageCounts counts = MessageCounts.None;
    private long looked;

    public Gauges(IMeterFactory factory, MessageOverview overview, IBusLink bus, Clock clock, ILogger<Gauges> logger)
    {
        this.overview = overview;
        this.clock = clock;
        this.logger = logger;
        var meter = factory.Create("Incidents.Server");
        meter.CreateObservableGauge("incidents.messages.waiting", () => Look().Waiting.Select(w => new Measurement<long>(w.Value, new KeyValuePair<string, object?>("endpoint", w.Key))), "{message}", "Rows that are due and not consumed, by endpoint");
        meter.CreateObservableGauge("incidents.messages.oldest_due", () => Look().OldestDueSeconds, "s", "Age of the oldest row that is due and not consumed");
        meter.CreateObservableGauge("incidents.messages.parked_now", () => Look().Parked, "{message}", "Parked rows");
        meter.CreateObservableGauge("incidents.incidents.open", () => Look().Open.Select(o => new Measurement<long>(o.Value, new KeyValuePair<string, object?>("status", o.Key))), "{incident}", "Incidents by status");
        meter.CreateObservableGauge("incidents.bus.healthy", () => bus.IsHealthy ? 1 : 0, "{bus}", "1 while the bus is connected and confirms what is sent");
    }

    private MessageCounts Look()
    {
        lock (sync)
        {
            if (looked != 0 && clock.Provider.GetElapsedTime(looked) < Fresh)
                return counts;
            looked = clock.Provider.GetTimestamp();
            try
            {
                using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(2));
                counts = overview.Count(timeout.Token).GetAwaiter().GetResult();
            }
            catch (Exception e)
            {
                Log.GaugesNotRead(logger, e);
            }
            return counts;
        }
    }
}
