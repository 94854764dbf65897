using Incidents.Contracts.Organisation;
using Incidents.Paging.Model;
using NodaTime;

namespace Incidents.Paging.Channels;

/// <summary>What a way of reaching people is and can do.</summary>
/// <param name="Kind">The kind of contact it serves.</param>
/// <param name="Via">Its name in timelines and metrics.</param>
/// <param name="Vendor">Whose rate it shares.</param>
/// <param name="OneAtATime">An address is engaged while one of ours is under way: no second one meanwhile.</param>
/// <param name="CanCancel">What was sent can be taken back while nobody has taken it.</param>
/// <param name="Loudness">How much a notice over it disturbs: the lowest that a person has is taken. Null: it wakes people, and tells nothing that is not a page.</param>
internal sealed record ChannelDescriptor(ContactKind Kind, string Via, string Vendor, bool OneAtATime, bool CanCancel, int? Loudness = null);

/// <summary>What is to be delivered: an attempt with the facts of its page. <paramref name="Text"/> null: a page; else a notice that says it.</summary>
internal sealed record Dispatch(
    Guid Attempt, Guid Incident, long Number, string Person, string Address, string Title, string Service, string Severity, Instant PageCreatedAt, string? Text);

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

/// <summary>What the vendor says about something it took. <paramref name="Known"/> false: it has nothing under this id.</summary>
internal sealed record VendorStatus(bool Known, string Status);

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

internal sealed class ChannelCatalogue(IEnumerable<IChannel> channels)
{
    private readonly Dictionary<ContactKind, IChannel> byKind = channels.Where(c => c.IsConfigured).ToDictionary(c => c.Descriptor.Kind);

    /// <summary>Null: there is no channel for this kind of contact here.</summary>
    public IChannel? Of(ContactKind kind) => byKind.GetValueOrDefault(kind);
}
