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

    /// <summary>The bundle that it is one of, under which the vendor knows the message; null: it goes alone.</summary>
    public BundleName? Bundle { get; init; }

    /// <summary>The others of the bundle, each under a lease of its own that is as long.</summary>
    public IReadOnlyList<Claimed> Others { get; init; } = [];

    /// <summary>This one and the others.</summary>
    public IEnumerable<Claimed> All => Others.Prepend(this);

    /// <summary>Is anything of the message wanted?</summary>
    public bool AnyWanted => Wanted || Others.Any(o => o.Wanted);

    /// <summary>What the channel gets: the attempt, or the bundle's message with all that is wanted of it.</summary>
    public Dispatch Outgoing()
    {
        if (Bundle is not { } bundle)
            return Dispatch;
        var listed = All.Where(c => c.Wanted || !AnyWanted).Select(c => c.Dispatch).OrderBy(d => d.Number).ToList();
        return listed[0] with { Attempt = bundle.Id, Bundle = new Bundle(bundle.Id, bundle.Number, bundle.CreatedAt, listed) };
    }

    /// <summary>The same message without those that are not wanted any more.</summary>
    public Claimed Without(IReadOnlySet<Guid> unwanted) => this with
    {
        Wanted = Wanted && !unwanted.Contains(Dispatch.Attempt),
        Others = [.. Others.Select(o => unwanted.Contains(o.Dispatch.Attempt) ? o with { Wanted = false } : o)],
    };

    /// <summary>The vendor has the message as it went out before: with all of them.</summary>
    public Claimed Whole() => this with { Wanted = true, Others = [.. Others.Select(o => o with { Wanted = true })] };

    /// <summary>One message of these, all of the same bundle.</summary>
    public static Claimed Together(IReadOnlyList<Claimed> members, BundleName bundle)
        => members[0] with { Bundle = bundle, Others = [.. members.Skip(1).Select(m => m with { Bundle = bundle })] };
}

/// <summary>How a vendor's message of several pages is known: by the attempt, incident and page that it was made with.</summary>
internal sealed record BundleName(Guid Id, long Number, Instant CreatedAt);

/// <summary>What came of a claim. Of a bundle: for those that <see cref="Claimed.Wanted"/> says went out; the others dropped out of it.</summary>
internal sealed record Outcome(Claimed Claimed, Answer Answer);
