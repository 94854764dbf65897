using System.Diagnostics.Metrics;
using Incidents.Kernel;
using Incidents.Paging.Model;

namespace Incidents.Paging;

/// <summary>Meters of paging. Seconds, closed label sets, no ids; failure series start at zero.</summary>
internal sealed class PagingMetrics : IMeters
{
    public const string MeterName = "Incidents.Paging";

    private readonly Counter<long> pins;
    private long waiting;

    public PagingMetrics(IMeterFactory factory)
    {
        var meter = factory.Create(MeterName);
        Pages = meter.CreateCounter<long>("incidents.paging.pages", "{page}", "Pages, by what became of them (opened, restarted, closed, unreachable)");
        Attempts = meter.CreateCounter<long>("incidents.paging.attempts", "{attempt}", "Attempts, by channel and state");
        Errors = meter.CreateCounter<long>("incidents.paging.errors", "{error}", "Attempts that failed, for now or for good, by reason");
        BadSignatures = meter.CreateCounter<long>("incidents.paging.bad_signatures", "{request}", "Callbacks refused for their signature");
        UnknownSenders = meter.CreateCounter<long>("incidents.paging.unknown_senders", "{message}", "Messages from numbers that are nobody's");
        Notices = meter.CreateCounter<long>("incidents.paging.notices", "{notice}", "Notices, by what became of them (queued, sent, delivered, failed)");
        pins = meter.CreateCounter<long>("incidents.paging.pins", "{pin}", "PINs entered on the call-in line, by what came of it (right, wrong, locked)");
        LapsedLeases = meter.CreateCounter<long>("incidents.paging.lapsed_leases", "{lease}", "Attempts claimed again because their lease lapsed");
        Tardiness = meter.CreateHistogram<double>("incidents.paging.tardiness", "s", "From due to claimed");
        VendorTime = meter.CreateHistogram<double>("incidents.paging.vendor_time", "s", "One request to a vendor, by vendor");
        meter.CreateObservableGauge("incidents.paging.attempts_waiting", () => Interlocked.Read(ref waiting), "{attempt}", "Attempts that are due and not claimed, as this process saw them last");

        foreach (var reason in Reasons.Errors)
            Errors.Add(0, new KeyValuePair<string, object?>("reason", reason.Wire()));
        foreach (var state in new[] { "opened", "restarted", "closed", "unreachable" })
            Page(state, 0);
        foreach (var state in Enum.GetValues<Paging.Notices.NoticeState>())
            Notice(state, 0);
        foreach (var result in new[] { "right", "wrong", "locked" })
            Pin(result, 0);
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

    public void Page(string state, long count) => Pages.Add(count, new KeyValuePair<string, object?>("state", state));

    public void Notice(Paging.Notices.NoticeState state, long count = 1)
        => Notices.Add(count, new KeyValuePair<string, object?>("state", System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(state.ToString())));

    public void Pin(string result, long count = 1) => pins.Add(count, new KeyValuePair<string, object?>("result", result));

    public void Attempt(string channel, AttemptState state)
        => Attempts.Add(1, new("channel", channel), new("state", System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(state.ToString())));

    public void Error(Reason reason) => Errors.Add(1, new KeyValuePair<string, object?>("reason", reason.Wire()));

    public void Waiting(long count) => Interlocked.Exchange(ref waiting, count);
}
