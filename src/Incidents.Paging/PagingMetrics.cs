using System.Diagnostics.Metrics;
using Incidents.Kernel;
using Incidents.Paging.Model;
using Incidents.Paging.Vendors;

namespace Incidents.Paging;

/// <summary>Meters of paging. Seconds, closed label sets, no ids; failure series start at zero.</summary>
internal sealed class PagingMetrics : IMeters
{
    public const string MeterName = "Incidents.Paging";

    private readonly Counter<long> pins;
    private readonly Counter<long> links;
    private readonly Counter<long> webhooks;
    private long waiting;
    private VendorQueues? queues;
    private Clock? clock;

    public PagingMetrics(IMeterFactory factory)
    {
        var meter = factory.Create(MeterName);
        Pages = meter.CreateCounter<long>("incidents.paging.pages", "{page}", "Pages, by what became of them (opened, restarted, closed, unreachable)");
        Attempts = meter.CreateCounter<long>("incidents.paging.attempts", "{attempt}", "Attempts, by channel and state");
        Errors = meter.CreateCounter<long>("incidents.paging.errors", "{error}", "Attempts that failed, for now or for good, by reason");
        BadSignatures = meter.CreateCounter<long>("incidents.paging.bad_signatures", "{request}", "Callbacks refused for their signature");
        UnknownSenders = meter.CreateCounter<long>("incidents.paging.unknown_senders", "{message}", "Messages from numbers that are nobody's");
        Notices = meter.CreateCounter<long>("incidents.paging.notices", "{notice}", "Notices, by what became of them (queued, sent, delivered, failed, answered, canceled)");
        pins = meter.CreateCounter<long>("incidents.paging.pins", "{pin}", "PINs entered on the call-in line, by what came of it (right, wrong, locked)");
        LapsedLeases = meter.CreateCounter<long>("incidents.paging.lapsed_leases", "{lease}", "Attempts claimed again because their lease lapsed");
        Tardiness = meter.CreateHistogram<double>("incidents.paging.tardiness", "s", "From due to claimed");
        VendorTime = meter.CreateHistogram<double>("incidents.paging.vendor_time", "s", "One request to a vendor, by vendor");
        meter.CreateObservableGauge("incidents.paging.attempts_waiting", () => Interlocked.Read(ref waiting), "{attempt}", "Attempts that are due and not claimed, as this process saw them last");

        FailOvers = meter.CreateCounter<long>("incidents.paging.failovers", "{attempt}", "Attempts that went on to another vendor, by the vendor that did not take them");
        TakenTwice = meter.CreateCounter<long>("incidents.paging.taken_twice", "{attempt}", "Attempts that two vendors took, because the first answered too late, by channel");
        SlowAnswers = meter.CreateCounter<long>("incidents.paging.slow_answers", "{request}", "Requests that were not waited for any longer, by vendor");
        BreakersOpened = meter.CreateCounter<long>("incidents.paging.breakers_opened", "{time}", "How often a vendor was left alone for its failures, by vendor");
        meter.CreateObservableGauge("incidents.paging.vendor_state", States, "{state}", "0: everything goes, 1: one request tries whether it is back, 2: left alone; by vendor");
        meter.CreateObservableGauge("incidents.paging.vendor_in_hand", InHand, "{attempt}", "Attempts claimed and not answered yet, by vendor");

        foreach (var reason in Reasons.Errors)
            Errors.Add(0, new KeyValuePair<string, object?>("reason", reason.Wire()));
        foreach (var state in new[] { "opened", "restarted", "closed", "unreachable" })
            Page(state, 0);
        foreach (var state in Enum.GetValues<Paging.Notices.NoticeState>())
            Notice(state, 0);
        foreach (var result in new[] { "right", "wrong", "locked" })
            Pin(result, 0);
        links = meter.CreateCounter<long>("incidents.paging.links", "{request}", "Requests behind links in messages, by outcome (shown, acted, failed, forged, expired, replayed, refused)");
        webhooks = meter.CreateCounter<long>("incidents.paging.webhook_deliveries", "{try}", "Tries to deliver an event to a webhook, by outcome (delivered, retried, failed); disabled counts webhooks");
        WebhookTime = meter.CreateHistogram<double>("incidents.paging.webhook_time", "s", "One request to a webhook");
        foreach (var outcome in new[] { "delivered", "retried", "failed", "disabled" })
            WebhookDelivery(outcome, 0);
        foreach (var outcome in Enum.GetValues<Paging.Links.LinkOutcome>())
            Link(outcome, 0);
        BadSignatures.Add(0);
        UnknownSenders.Add(0);
        LapsedLeases.Add(0);
    }

    public Counter<long> Pages { get; }
    public Counter<long> Attempts { get; }
    public Counter<long> Errors { get; }
    public Counter<long> BadSignatures { get; }
    public Counter<long> UnknownSenders { get; }
    public Counter<long> LapsedLeases { get; }
    public Counter<long> Notices { get; }
    public Histogram<double> Tardiness { get; }
    public Histogram<double> VendorTime { get; }

    public Counter<long> FailOvers { get; }
    public Counter<long> TakenTwice { get; }
    public Counter<long> SlowAnswers { get; }
    public Counter<long> BreakersOpened { get; }

    /// <summary>Whose states are shown; their failure series start at zero.</summary>
    public void Vendors(VendorQueues of, Clock by)
    {
        (queues, clock) = (of, by);
        foreach (var queue in of.All)
        {
            foreach (var counter in new[] { FailOvers, SlowAnswers, BreakersOpened })
                counter.Add(0, new KeyValuePair<string, object?>("vendor", queue.Vendor));
        }
    }

    public void FailOver(string vendor) => FailOvers.Add(1, new KeyValuePair<string, object?>("vendor", vendor));

    public void Twice(string channel) => TakenTwice.Add(1, new KeyValuePair<string, object?>("channel", channel));

    public void Slow(string vendor) => SlowAnswers.Add(1, new KeyValuePair<string, object?>("vendor", vendor));

    public void BreakerOpened(string vendor) => BreakersOpened.Add(1, new KeyValuePair<string, object?>("vendor", vendor));

    private IEnumerable<Measurement<int>> States()
        => queues is null || clock is null ? [] : queues.All.Select(q => new Measurement<int>((int)q.Breaker.State(clock.Now), new KeyValuePair<string, object?>("vendor", q.Vendor)));

    private IEnumerable<Measurement<int>> InHand()
        => queues is null ? [] : queues.All.Select(q => new Measurement<int>(q.InHand, new KeyValuePair<string, object?>("vendor", q.Vendor)));

    public void Page(string state, long count) => Pages.Add(count, new KeyValuePair<string, object?>("state", state));

    public void Notice(Paging.Notices.NoticeState state, long count = 1)
        => Notices.Add(count, new KeyValuePair<string, object?>("state", System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(state.ToString())));

    public void Pin(string result, long count = 1) => pins.Add(count, new KeyValuePair<string, object?>("result", result));

    public Histogram<double> WebhookTime { get; }

    public void WebhookDelivery(string outcome, long count = 1) => webhooks.Add(count, new KeyValuePair<string, object?>("outcome", outcome));

    public void Link(Paging.Links.LinkOutcome outcome, long count = 1) => links.Add(count, new KeyValuePair<string, object?>("outcome", outcome.ToString().ToLowerInvariant()));

    public void Attempt(string channel, AttemptState state)
        => Attempts.Add(1, new("channel", channel), new("state", System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(state.ToString())));

    public void Error(Reason reason) => Errors.Add(1, new KeyValuePair<string, object?>("reason", reason.Wire()));

    public void Waiting(long count) => Interlocked.Exchange(ref waiting, count);
}
