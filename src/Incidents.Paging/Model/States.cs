namespace Incidents.Paging.Model;

/// <summary>A page is open until the incident is acknowledged or resolved, or its person is paged again.</summary>
internal enum PageState { Open, Closed }

/// <summary>Where one attempt stands; each is told by what is known, not hoped.</summary>
internal enum AttemptState
{
    /// <summary>Not claimed: a rule's delay runs, the line is engaged, or the vendor is to be asked again.</summary>
    Waiting,

    /// <summary>Claimed under a lease; the vendor may or may not have it yet.</summary>
    Sending,

    /// <summary>The vendor took it. A call rings, or ended unanswered (then with a reason).</summary>
    Sent,

    /// <summary>The handset confirmed a message.</summary>
    Delivered,

    /// <summary>Somebody, or something, picked the call up.</summary>
    Answered,

    /// <summary>It will never arrive; the reason says why.</summary>
    Failed,

    /// <summary>No longer wanted.</summary>
    Canceled,
}

/// <summary>A page asks for an answer; a notice only tells, and is wanted whatever becomes of the incident.</summary>
internal enum AttemptKind { Page, Notice }

/// <summary>The closed set of reasons, used as a metric label too.</summary>
internal enum Reason
{
    None,

    // For good: nothing of this attempt can be mended by trying again.
    InvalidNumber,
    InvalidAddress,
    NotPermitted,
    Unsubscribed,
    Rejected,
    Undeliverable,
    NoChannel,
    NoContact,
    UnknownPerson,
    PageLost,

    /// <summary>An answering machine or a fax took the call.</summary>
    Machine,

    // For now: the vendor is asked again.
    RateLimited,
    VendorError,
    VendorTimeout,
    VendorUnreachable,
    Unauthorized,
    VendorOut,
    TryLater,

    /// <summary>Its contact got a message a moment ago: it goes with the next one.</summary>
    Bundled,

    // How it ended though the vendor took it.
    Busy,
    NoAnswer,
    NoStatus,

    // Why it was not wanted any more.
    Stopped,
    Restarted,
}

internal static class Reasons
{
    public static IReadOnlyList<Reason> Errors { get; } =
    [
        Reason.InvalidNumber, Reason.InvalidAddress, Reason.NotPermitted, Reason.Unsubscribed, Reason.Rejected, Reason.Undeliverable, Reason.NoChannel, Reason.NoContact,
        Reason.UnknownPerson, Reason.PageLost, Reason.Machine, Reason.RateLimited, Reason.VendorError, Reason.VendorTimeout, Reason.VendorUnreachable, Reason.Unauthorized,
        Reason.VendorOut, Reason.TryLater,
    ];

    /// <summary>After these the vendor may have taken the request without our knowing: look before asking again.</summary>
    public static bool MayHaveArrived(Reason reason) => reason is Reason.VendorError or Reason.VendorTimeout or Reason.VendorUnreachable;

    /// <summary>The vendor may take it later.</summary>
    public static bool IsForNow(Reason reason)
        => reason is Reason.RateLimited or Reason.VendorError or Reason.VendorTimeout or Reason.VendorUnreachable or Reason.Unauthorized or Reason.VendorOut or Reason.TryLater;

    /// <summary>Nothing is wrong with the contact: another vendor may take it.</summary>
    public static bool IsOfTheVendor(Reason reason) => IsForNow(reason) || reason is Reason.NotPermitted or Reason.Rejected;

    public static string Wire(this Reason reason) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(reason.ToString());

    /// <summary>The end of a sentence "… could not be paged: ".</summary>
    public static string Say(this Reason reason) => reason switch
    {
        Reason.InvalidNumber => "the vendor says that the number is not valid",
        Reason.InvalidAddress => "the mail server says that there is no such mailbox",
        Reason.NotPermitted => "the vendor's account may not reach this number",
        Reason.Unsubscribed => "the number has opted out of messages",
        Reason.Rejected => "the vendor refused the request",
        Reason.Undeliverable => "the vendor could not deliver it",
        Reason.NoChannel => "there is no channel for this kind of contact",
        Reason.NoContact => "no usable contact",
        Reason.UnknownPerson => "nobody has this login any more",
        Reason.Machine => "answered by a machine",
        Reason.PageLost => "the page failed inside Incidents",
        Reason.RateLimited => "the vendor's rate limit",
        Reason.VendorError => "the vendor's service failed",
        Reason.VendorTimeout => "the vendor did not answer in time",
        Reason.VendorUnreachable => "the vendor could not be reached",
        Reason.Unauthorized => "the vendor refused our credentials",
        Reason.VendorOut => "the vendor is out of order",
        Reason.TryLater => "the mail server asked to try again later",
        Reason.Bundled => "goes with the next message",
        Reason.Busy => "busy",
        Reason.NoAnswer => "no answer",
        Reason.NoStatus => "the vendor never said how it ended",
        Reason.Stopped => "no longer needed",
        Reason.Restarted => "paged again",
        _ => "",
    };
}
