using System.Collections.Concurrent;
using Incidents.Contracts.Organisation;
using Incidents.Kernel;
using Incidents.Paging.Channels.Slack.Kit;
using Incidents.Paging.Channels.Slack.Wire;
using Incidents.Paging.Channels.Twilio;
using Incidents.Paging.Model;
using Incidents.Paging.Pipeline;
using Incidents.Paging.Vendors;
using Incidents.Persistence.Incidents;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Incidents.Paging.Channels.Slack;

/// <summary>
/// A direct message with buttons. Its metadata carries the attempt's id, by which it is found again after a crash; Slack's answer, which names
/// the message in the person's own conversation, is the receipt.
/// </summary>
internal sealed class SlackChannel(SlackClient client, SlackApi api, FactsReader facts, IOptions<PagingAddresses> addresses, IOptions<SlackOptions> options, IServiceProvider services, ILogger<SlackChannel> logger) : IChannel
{
    private const int ReceiptRank = 10;
    private const int LongestNotice = 2400;

    /// <summary>Conversations with people do not change.</summary>
    private readonly ConcurrentDictionary<string, string> conversations = new(StringComparer.Ordinal);

    public ChannelDescriptor Descriptor { get; } = new(ContactKind.Slack, "slack", SlackClient.Vendor, OneAtATime: false, CanCancel: false, Loudness: 1)
    {
        Can = Capabilities.Acknowledge | Capabilities.Resolve | Capabilities.TwoWay | Capabilities.DeliveryReceipt,
        VendorName = "Slack",
        Bundles = true,
        LongestText = LongestNotice,
        // The conversation is opened, then written to.
        Limits = new VendorLimits(RatePerSecond: 20, Concurrency: 8, options.Value.Timeout * 2),
    };

    public bool IsConfigured => client.IsConfigured;

    public async Task<Answer> Send(Dispatch dispatch, CancellationToken cancellationToken)
    {
        var (conversation, refused) = await Conversation(dispatch.Address, cancellationToken);
        if (conversation is null)
            return Refused(refused!);
        var reply = await api.Post(conversation, await Message(dispatch, cancellationToken), SlackApi.AttemptEvent, dispatch.Attempt.ToString(), cancellationToken);
        if (!reply.Ok)
            return Refused(reply);
        var id = VendorId(reply.Text("channel") ?? conversation, reply.Text("ts") ?? "");
        _ = Receipt(dispatch.Attempt, id);
        return new Answer.Accepted(id);
    }

    public async Task<IReadOnlyList<string>?> Find(Dispatch dispatch, Instant since, CancellationToken cancellationToken)
    {
        var (conversation, refused) = await Conversation(dispatch.Address, cancellationToken);
        if (conversation is null)
            return refused!.Permanent ? [] : null;
        var (found, _) = await api.FindPosted(conversation, SlackApi.AttemptEvent, dispatch.Attempt.ToString(), since - Duration.FromSeconds(5), cancellationToken);
        return found is null ? null : [.. found.Select(ts => VendorId(conversation, ts))];
    }

    public Task<bool> Cancel(string vendorId, CancellationToken cancellationToken) => Task.FromResult(true);

    public async Task<VendorStatus?> Ask(string vendorId, CancellationToken cancellationToken)
    {
        if (Parse(vendorId) is not { } place)
            return new VendorStatus(false, "");
        var (message, reply) = await api.Message(place.Conversation, place.Ts, cancellationToken);
        return message is not null ? new VendorStatus(true, "delivered", StatusMeaning.Delivered) : reply.Ok || reply.Permanent ? new VendorStatus(false, "") : null;
    }

    /// <summary>Conversation and ts of one of our vendor ids.</summary>
    public static (string Conversation, string Ts)? Parse(string vendorId)
    {
        var parts = vendorId.Split(':');
        return parts.Length == 2 ? (parts[0], parts[1]) : null;
    }

    private static string VendorId(string conversation, string ts) => $"{conversation}:{ts}";

    /// <summary>Facts as they stand now; should they be gone, what the dispatch itself knows.</summary>
    private async Task<SlackMessage> Message(Dispatch d, CancellationToken cancellationToken)
    {
        if (d.Text is not null)
            return new SlackMessage(d.Text, [Block.Section(Mark.Escape(Cut(d.Text)))]);
        if (d.Bundle is { Pages: { Count: > 1 } pages })
        {
            var listed = new List<IncidentFacts>(IncidentMessage.MostListed);
            foreach (var page in pages.Take(IncidentMessage.MostListed))
                listed.Add(await Facts(page, cancellationToken));
            return IncidentMessage.Several(listed, pages.Count, number => $"{addresses.Value.PublicUrl}/incidents/{number}");
        }
        return IncidentMessage.Page(await Facts(d, cancellationToken), $"{addresses.Value.PublicUrl}/incidents/{d.Number}", d.Person);
    }

    private async Task<IncidentFacts> Facts(Dispatch d, CancellationToken cancellationToken)
        => await facts.Of(d.Incident, cancellationToken) ?? new IncidentFacts(d.Incident, d.Number, d.Title, d.Service, "", Severities.Parse(d.Severity) ?? Severities.Default,
            IncidentStatus.Triggered, d.PageCreatedAt, null, null, null, null, null, 1, 1, [d.Person], 0, null, [], new Dictionary<string, string>(StringComparer.Ordinal));

    private static string Cut(string text) => text.Length <= LongestNotice ? text : text[..(LongestNotice - 1)] + "…";

    private async Task<(string? Conversation, SlackReply? Refused)> Conversation(string user, CancellationToken cancellationToken)
    {
        if (conversations.TryGetValue(user, out var known))
            return (known, null);
        var reply = await api.Open(user, cancellationToken);
        if (!reply.Ok || reply.Text("channel", "id") is not { } id)
            return (null, reply.Ok ? reply with { Reason = Reason.VendorError } : reply);
        return (conversations[user] = id, null);
    }

    private static Answer Refused(SlackReply reply) => reply.Permanent ? new Answer.Rejected(reply.Reason, Permanent: true) : new Answer.Deferred(reply.Reason, reply.RetryAfter);

    private async Task Receipt(Guid attempt, string id)
    {
        try
        {
            await services.GetRequiredService<StatusReports>().Add(new StatusReport(attempt, id, StatusMeaning.Delivered, ReceiptRank));
        }
        catch (Exception e)
        {
            SlackLog.ReceiptNotWritten(logger, attempt, e);
        }
    }
}
