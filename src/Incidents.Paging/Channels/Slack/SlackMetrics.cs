using System.Diagnostics.Metrics;
using Incidents.Kernel;

namespace Incidents.Paging.Channels.Slack;

/// <summary>Meters of the chat. Closed label sets, no ids; failure series start at zero.</summary>
internal sealed class SlackMetrics : IMeters
{
    private static readonly string[] Refusals = ["signature", "stale", "replayed", "tooLarge"];
    private static readonly string[] Kinds = ["command", "button", "modal", "event", "redelivery", "unknownUser"];
    private static readonly string[] Outcomes = ["posted", "updated", "unchanged", "failed", "rateLimited"];

    public SlackMetrics(IMeterFactory factory)
    {
        var meter = factory.Create(PagingMetrics.MeterName);
        Refused = meter.CreateCounter<long>("incidents.paging.slack_refused", "{request}", "Requests in Slack's name that were refused, by why (signature, stale, replayed, tooLarge)");
        Requests = meter.CreateCounter<long>("incidents.paging.slack_requests", "{request}", "Requests of Slack, by kind (command, button, modal, event, redelivery, unknownUser)");
        Messages = meter.CreateCounter<long>("incidents.paging.slack_messages", "{message}", "Messages of incidents, by outcome (posted, updated, unchanged, failed, rateLimited)");
        Answer = meter.CreateHistogram<double>("incidents.paging.slack_answer", "s", "From a request of Slack to our answer");
        foreach (var why in Refusals)
            Refused.Add(0, new KeyValuePair<string, object?>("why", why));
        foreach (var kind in Kinds)
            Request(kind, 0);
        foreach (var outcome in Outcomes)
            Message(outcome, 0);
    }

    private Counter<long> Refused { get; }
    private Counter<long> Requests { get; }
    private Counter<long> Messages { get; }
    public Histogram<double> Answer { get; }

    public void Refuse(string why) => Refused.Add(1, new KeyValuePair<string, object?>("why", why));

    public void Request(string kind, long count = 1) => Requests.Add(count, new KeyValuePair<string, object?>("kind", kind));

    public void Message(string outcome, long count = 1) => Messages.Add(count, new KeyValuePair<string, object?>("outcome", outcome));
}
