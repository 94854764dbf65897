using Incidents.Contracts.Organisation;
using Incidents.Paging.Channels.Twilio;
using Incidents.Paging.Links;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Incidents.Paging.Channels.Sms;

/// <summary>A text message with the title, the number to answer with, and a link that works without signing in.</summary>
internal sealed class SmsChannel(TwilioClient twilio, LinkTokens links, IOptions<PagingAddresses> addresses) : IChannel
{
    private const int LongestTitle = 200;

    public ChannelDescriptor Descriptor { get; } = new(ContactKind.Sms, "sms", TwilioClient.Vendor, OneAtATime: false, CanCancel: false, Loudness: 3);

    public bool IsConfigured => twilio.IsConfigured;

    public Task<Answer> Send(Dispatch dispatch, CancellationToken cancellationToken) => twilio.Create("Messages.json",
    [
        new("To", dispatch.Address),
        new("From", twilio.From),
        new("Body", Body(dispatch)),
        new("StatusCallback", CallbackUrls.Status(addresses.Value, dispatch.Attempt)),
    ], cancellationToken);

    public async Task<IReadOnlyList<string>?> Find(Dispatch dispatch, Instant since, CancellationToken cancellationToken)
    {
        var body = Body(dispatch);
        var messages = await twilio.List("Messages.json", dispatch.Address, cancellationToken);
        return messages is null ? null : [.. messages.Where(m => TwilioMatches.Match(m, dispatch.Address, twilio.From, since) && string.Equals(m.Body, body, StringComparison.Ordinal)).Select(m => m.Sid)];
    }

    public Task<bool> Cancel(string vendorId, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task<VendorStatus?> Ask(string vendorId, CancellationToken cancellationToken) => twilio.Get($"Messages/{vendorId}.json", cancellationToken);

    /// <summary>The same text whenever it is made: a retry must be able to recognise what it sent.</summary>
    private string Body(Dispatch dispatch)
    {
        if (dispatch.Text is not null)
            return dispatch.Text;
        var link = $"{addresses.Value.PublicUrl}/a/{links.Issue(dispatch.Number, dispatch.Person, dispatch.PageCreatedAt)}";
        return $"{Wording.Cut(dispatch.Title, LongestTitle)}\n#{dispatch.Number} {dispatch.Severity} {dispatch.Service}. Reply 4 to acknowledge, 6 resolve, 8 escalate.\n{link}";
    }
}
