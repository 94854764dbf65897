using Incidents.Contracts.Organisation;
using Incidents.Paging.Model;
using Incidents.Paging.Pipeline;
using Incidents.Paging.Vendors;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Incidents.Paging.Channels;

/// <summary>What a way of reaching people is and can do.</summary>
/// <param name="Kind">The kind of contact it serves.</param>
/// <param name="Via">Its name in timelines and metrics.</param>
/// <param name="Vendor">Whose rate it shares.</param>
/// <param name="OneAtATime">An address is engaged while one of ours is under way: no second one meanwhile.</param>
/// <param name="CanCancel">What was sent can be taken back while nobody has taken it.</param>
/// <param name="Loudness">How much a notice over it disturbs: the lowest that a person has is taken. Null: it wakes people, and tells nothing that is not a page.</param>
internal sealed record ChannelDescriptor(ContactKind Kind, string Via, string Vendor, bool OneAtATime, bool CanCancel, int? Loudness = null)
{
    /// <summary>What a person can do over it, and what it tells back.</summary>
    public Capabilities Can { get; init; } = Capabilities.None;

    /// <summary>Longest text in characters that the vendor takes in one message; the channel cuts what is longer. Null: there is no text, or no bound.</summary>
    public int? LongestText { get; init; }

    /// <summary>Several pages of low urgency to one address can go in one message (<see cref="Dispatch.Bundle"/>).</summary>
    public bool Bundles { get; init; }

    /// <summary>What one delivery costs at least, for choosing the cheaper of two ways.</summary>
    public CostClass Cost { get; init; } = CostClass.Free;

    /// <summary>How the vendor is called in a sentence. Default: <see cref="Vendor"/>.</summary>
    public string VendorName { get => field ?? Vendor; init; }

    /// <summary>What may be asked of the vendor. Channels of one vendor share it; the first one's stands.</summary>
    public VendorLimits Limits { get; init; } = VendorLimits.Default;
}

/// <summary>What a channel can do besides reaching somebody.</summary>
[Flags]
internal enum Capabilities
{
    None = 0,

    /// <summary>The person can take the incident over it.</summary>
    Acknowledge = 1,

    /// <summary>The person can end the incident over it.</summary>
    Resolve = 2,

    /// <summary>The person can answer, and is answered.</summary>
    TwoWay = 4,

    /// <summary>The vendor tells how a delivery ended; without it an attempt stands as sent for ever.</summary>
    DeliveryReceipt = 8,
}

/// <summary>Cost classes, the cheapest first.</summary>
internal enum CostClass { Free, Message, Call }

/// <summary>Where a delivery stands, in the words that every channel's own are put into.</summary>
internal enum DeliveryState
{
    /// <summary>Not at the vendor yet: it waits for its turn, its delay, its line, or is being handed over.</summary>
    Queued,

    /// <summary>The vendor took it; how it ends is not known, or never told.</summary>
    Sent,

    /// <summary>It is on the person's device.</summary>
    Delivered,

    /// <summary>A person took the call.</summary>
    AnsweredByPerson,

    /// <summary>A mailbox or a fax took the call: nobody has heard it.</summary>
    AnsweredByMachine,

    /// <summary>It did not arrive; the reason is of the closed set <see cref="Reason"/>.</summary>
    Failed,

    /// <summary>No longer wanted before it arrived.</summary>
    Canceled,
}

/// <summary>What is to be delivered: an attempt with the facts of its page. <paramref name="Text"/> null: a page; else a notice that says it.</summary>
internal sealed record Dispatch(
    Guid Attempt, Guid Incident, long Number, string Person, string Address, string Title, string Service, string Severity, Instant PageCreatedAt, string? Text)
{
    /// <summary>The pages that this one message tells of; <see cref="Attempt"/> is the bundle's id then. Null: it tells of this page alone.</summary>
    public Bundle? Bundle { get; init; }
}

/// <summary>
/// Several pages of one person in one message. <paramref name="Id"/>, <paramref name="Number"/> and <paramref name="CreatedAt"/> are those of the page that it was
/// made with, and stay when pages drop out of it: by them the vendor's message is found again.
/// </summary>
/// <param name="Pages">What the message lists, by number; at least one.</param>
internal sealed record Bundle(Guid Id, long Number, Instant CreatedAt, IReadOnlyList<Dispatch> Pages);

/// <summary>A channel's answer; nothing in between.</summary>
internal abstract record Answer
{
    /// <summary>The vendor has it, under this id.</summary>
    public sealed record Accepted(string VendorId) : Answer;

    /// <summary>The vendor will not have it. <paramref name="Permanent"/> false: it may later.</summary>
    public sealed record Rejected(Reason Reason, bool Permanent) : Answer;

    /// <summary>Not now; at the earliest after <paramref name="RetryAfter"/>, when the vendor named a time.</summary>
    public sealed record Deferred(Reason Reason, Duration? RetryAfter) : Answer;
}

/// <summary>
/// What the vendor says about something it took. <paramref name="Known"/> false: it has nothing under this id.
/// <paramref name="Meaning"/>: its own word put into ours; null where the word is one of Twilio's.
/// </summary>
internal sealed record VendorStatus(bool Known, string Status, StatusMeaning? Meaning = null);

/// <summary>A way of reaching people. Every method is one bounded conversation with the vendor and throws only on cancellation.</summary>
internal interface IChannel
{
    ChannelDescriptor Descriptor { get; }

    /// <summary>False: nobody has configured it, as if it were not there.</summary>
    bool IsConfigured { get; }

    Task<Answer> Send(Dispatch dispatch, CancellationToken cancellationToken);

    /// <summary>
    /// Ids of what the vendor has for this dispatch's address since <paramref name="since"/> and that may be it, newest first.
    /// Null: the vendor could not be asked.
    /// </summary>
    Task<IReadOnlyList<string>?> Find(Dispatch dispatch, Instant since, CancellationToken cancellationToken);

    /// <summary>Takes back what nobody has taken yet. True: done, or nothing to take back any more; false: to be tried again.</summary>
    Task<bool> Cancel(string vendorId, CancellationToken cancellationToken);

    /// <summary>How it stands. Null: the vendor could not be asked.</summary>
    Task<VendorStatus?> Ask(string vendorId, CancellationToken cancellationToken);
}

/// <summary>
/// The channels that are configured. A kind of contact may have several, each of another vendor: its routes, tried in their order
/// (the order of registration, unless <c>Paging:Vendors:Order</c> says otherwise).
/// </summary>
internal sealed class ChannelCatalogue
{
    private readonly Dictionary<ContactKind, IReadOnlyList<IChannel>> routes;

    public ChannelCatalogue(IEnumerable<IChannel> channels, IOptions<VendorOptions> options)
    {
        var order = options.Value.Ordered;
        routes = channels.Where(c => c.IsConfigured).GroupBy(c => c.Descriptor.Kind).ToDictionary(g => g.Key, g => (IReadOnlyList<IChannel>)
            [.. g.DistinctBy(c => c.Descriptor.Vendor, StringComparer.Ordinal).OrderBy(c => order.TryGetValue(c.Descriptor.Vendor, out var place) ? place : int.MaxValue)]);
    }

    /// <summary>Every channel, kind by kind, each kind's routes in their order.</summary>
    public IEnumerable<IChannel> All => routes.OrderBy(r => r.Key).SelectMany(r => r.Value);

    /// <summary>The kind's first route. Null: there is no channel for this kind of contact here.</summary>
    public IChannel? Of(ContactKind kind) => routes.GetValueOrDefault(kind)?[0];

    /// <summary>Empty: there is no channel for this kind of contact here.</summary>
    public IReadOnlyList<IChannel> Routes(ContactKind kind) => routes.GetValueOrDefault(kind) ?? [];

    /// <summary>The kind's channel of this vendor; its first route where the vendor is none of them (it was taken out of the settings, or the row is older than vendors).</summary>
    public IChannel? Of(ContactKind kind, string vendor)
        => Routes(kind).FirstOrDefault(c => string.Equals(c.Descriptor.Vendor, vendor, StringComparison.Ordinal)) ?? Of(kind);
}
