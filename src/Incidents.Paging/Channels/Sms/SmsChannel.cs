using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Paging.Channels.Phrases;
using Incidents.Paging.Channels.Twilio;
using Incidents.Paging.Links;
using Incidents.Paging.Model;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Incidents.Paging.Channels.Sms;

/// <summary>A text message with the title, the number to answer with, and a link that works without signing in.</summary>
internal sealed class SmsChannel(TwilioClient twilio, LinkTokens links, IOrganisation organisation, Unsubscriptions unsubscriptions, IOptions<PagingAddresses> addresses, ILogger<SmsChannel> logger) : IChannel
{
    public ChannelDescriptor Descriptor { get; } = new(ContactKind.Sms, "sms", twilio.Name, OneAtATime: false, CanCancel: false, Loudness: 3)
    {
        Can = Capabilities.Acknowledge | Capabilities.Resolve | Capabilities.TwoWay | Capabilities.DeliveryReceipt,
        LongestText = 1600,
        Cost = CostClass.Message,
        Bundles = true,
        VendorName = twilio.VendorName,
        Limits = twilio.Limits,
    };

    public bool IsConfigured => twilio.IsConfigured;

    public async Task<Answer> Send(Dispatch dispatch, CancellationToken cancellationToken)
    {
        var unsubscribed = await Unsubscribed(dispatch, cancellationToken);
        if (unsubscribed is { Source: UnsubscribedBy.Reply })
            return new Answer.Rejected(Reason.Unsubscribed, Permanent: true);
        var answer = await twilio.Create("Messages.json",
        [
            new("To", dispatch.Address),
            new("From", twilio.From),
            new("Body", Body(dispatch)),
            new("StatusCallback", CallbackUrls.Status(addresses.Value, dispatch.Attempt)),
        ], cancellationToken);
        try
        {
            if (answer is Answer.Rejected { Reason: Reason.Unsubscribed })
                await unsubscriptions.Add(dispatch.Address, dispatch.Person, UnsubscribedBy.Vendor, cancellationToken);
            else if (answer is Answer.Accepted && unsubscribed is not null)
                await unsubscriptions.Lift(dispatch.Address, cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // The answer counts; that the number has opted out is learned again from the next one.
            Log.UnsubscribedUnknown(logger, dispatch.Person, e);
        }
        return answer;
    }

    public async Task<IReadOnlyList<string>?> Find(Dispatch dispatch, Instant since, CancellationToken cancellationToken)
    {
        var messages = await twilio.List("Messages.json", dispatch.Address, cancellationToken);
        return messages is null ? null : [.. messages.Where(m => TwilioMatches.Match(m, dispatch.Address, twilio.From, since) && IsOf(m.Body, dispatch)).Select(m => m.Sid)];
    }

    public Task<bool> Cancel(string vendorId, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task<VendorStatus?> Ask(string vendorId, CancellationToken cancellationToken) => twilio.Get($"Messages/{vendorId}.json", cancellationToken);

    /// <summary>A page's text is known by its link, whatever language it was in and whatever a bundle lists; a notice's by its words.</summary>
    private bool IsOf(string? body, Dispatch dispatch)
        => body is not null && (dispatch.Text is null ? body.EndsWith(Link(dispatch), StringComparison.Ordinal) : string.Equals(body, dispatch.Text, StringComparison.Ordinal));

    public string Body(Dispatch dispatch)
        => dispatch.Text ?? (dispatch.Bundle is { Pages: { Count: > 1 } pages }
            ? SmsText.Bundle(Listener.Of(organisation, dispatch.Person).Texts, [.. pages.Select(p => (p.Number, p.Title))], Link(dispatch))
            : SmsText.Page(Listener.Of(organisation, dispatch.Person).Texts, dispatch.Number, dispatch.Severity, dispatch.Service, dispatch.Title, Link(dispatch)));

    private string Link(Dispatch dispatch) => $"{addresses.Value.PublicUrl}/a/{(dispatch.Bundle is { } b ? links.Issue(b.Number, dispatch.Person, b.CreatedAt, LinkPurpose.AcknowledgeAll) : links.Issue(dispatch.Number, dispatch.Person, dispatch.PageCreatedAt))}";

    /// <summary>The number has asked for no more texts, whoever sends them.</summary>
    public async Task<bool> HasOptedOut(Dispatch dispatch, CancellationToken cancellationToken) => await Unsubscribed(dispatch, cancellationToken) is not null;

    /// <summary>A database that is away stops no text: the vendor itself refuses one to a number that has opted out.</summary>
    private async Task<Unsubscription?> Unsubscribed(Dispatch dispatch, CancellationToken cancellationToken)
    {
        try
        {
            return await unsubscriptions.Of(dispatch.Address, cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            Log.UnsubscribedUnknown(logger, dispatch.Person, e);
            return null;
        }
    }
}
