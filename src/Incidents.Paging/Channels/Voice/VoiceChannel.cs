using Incidents.Contracts.Organisation;
using Incidents.Paging.Channels.Twilio;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Incidents.Paging.Channels.Voice;

/// <summary>A telephone call that says what is wrong and takes one key.</summary>
internal sealed class VoiceChannel(TwilioClient twilio, IOptions<PagingAddresses> addresses, IOptions<VoiceOptions> options) : IChannel
{
    public const int RingSeconds = 30;

    public ChannelDescriptor Descriptor { get; } = new(ContactKind.Voice, "voice", twilio.Name, OneAtATime: true, CanCancel: true)
    {
        Can = Capabilities.Acknowledge | Capabilities.Resolve | Capabilities.TwoWay | Capabilities.DeliveryReceipt,
        Cost = CostClass.Call,
        VendorName = twilio.VendorName,
        Limits = twilio.Limits,
    };

    public bool IsConfigured => twilio.IsConfigured;

    public Task<Answer> Send(Dispatch dispatch, CancellationToken cancellationToken) => twilio.Create("Calls.json",
    [
        new("To", dispatch.Address),
        new("From", twilio.From),
        new("Url", CallState.Of(dispatch.Attempt).Voice(addresses.Value)),
        new("Method", "POST"),
        new("StatusCallback", CallbackUrls.Status(addresses.Value, dispatch.Attempt)),
        new("StatusCallbackMethod", "POST"),
        new("StatusCallbackEvent", "initiated"),
        new("StatusCallbackEvent", "ringing"),
        new("StatusCallbackEvent", "answered"),
        new("StatusCallbackEvent", "completed"),
        new("Timeout", "30"),
        .. Detection(),
    ], cancellationToken);

    /// <summary>
    /// Synchronous: the vendor asks for what to say once it knows who answered. A person waits a second or two for the first word, but no mailbox
    /// records an incident, and no person is cut off in the middle by a late verdict.
    /// </summary>
    private IEnumerable<KeyValuePair<string, string>> Detection() => !options.Value.MachineDetection ? [] :
    [
        new("MachineDetection", "Enable"),
        new("MachineDetectionTimeout", ((int)options.Value.MachineDetectionTimeout.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture)),
    ];

    /// <summary>The list does not show a call's Url, so it is found by number and time: lines are engaged one at a time, so there is hardly another.</summary>
    public async Task<IReadOnlyList<string>?> Find(Dispatch dispatch, Instant since, CancellationToken cancellationToken)
    {
        var calls = await twilio.List("Calls.json", dispatch.Address, cancellationToken);
        return calls is null ? null : [.. calls.Where(c => TwilioMatches.Match(c, dispatch.Address, twilio.From, since)).Select(c => c.Sid)];
    }

    public Task<bool> Cancel(string vendorId, CancellationToken cancellationToken)
        => twilio.Update($"Calls/{vendorId}.json", [new("Status", "canceled")], cancellationToken);

    public Task<VendorStatus?> Ask(string vendorId, CancellationToken cancellationToken) => twilio.Get($"Calls/{vendorId}.json", cancellationToken);
}
