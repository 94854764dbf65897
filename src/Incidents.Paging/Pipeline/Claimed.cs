using Incidents.Contracts.Organisation;
using Incidents.Paging.Channels;
using Incidents.Paging.Model;
using NodaTime;

namespace Incidents.Paging.Pipeline;

/// <summary>An attempt that this process holds under lease number <paramref name="Claims"/> until <paramref name="LeaseUntil"/> (exclusive).</summary>
/// <param name="LookFirst">The vendor may have it already: look before sending.</param>
/// <param name="Wanted">False: only find out whether the vendor has it, so that it can be cancelled.</param>
internal sealed record Claimed(Dispatch Dispatch, ContactKind Channel, AttemptKind Kind, int Claims, Instant LeaseUntil, Instant FirstClaimAt, int Tries, bool LookFirst, bool Wanted)
{
    /// <summary>Whose queue it was claimed from.</summary>
    public required string Vendor { get; init; }

    /// <summary>Vendors that did not take it, separated by commas, and why the last of them did not.</summary>
    public string Asked { get; init; } = "";

    public Reason Reason { get; init; }

    /// <summary>0 high, 1 low.</summary>
    public int Urgency { get; init; }
}

/// <summary>What came of a claim.</summary>
internal sealed record Outcome(Claimed Claimed, Answer Answer);
