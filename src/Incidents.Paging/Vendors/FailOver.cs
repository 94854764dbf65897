using Incidents.Paging.Channels;
using Incidents.Paging.Model;
using Incidents.Paging.Pipeline;
using NodaTime;

namespace Incidents.Paging.Vendors;

/// <summary>A vendor among those that serve a kind of contact. <paramref name="Held"/>: it asked to be left alone until then.</summary>
internal sealed record Route(string Vendor, bool Lets, Instant Held);

/// <summary>Where a delivery stands among its vendors.</summary>
/// <param name="Vendor">Who was asked just now.</param>
/// <param name="Asked">Who was asked before and did not take it, separated by commas.</param>
/// <param name="Tries">How often somebody could not take it.</param>
/// <param name="Reason">Why the last one before did not.</param>
internal sealed record AtVendor(string Vendor, string Asked, int Tries, Reason Reason);

/// <summary>What becomes of an attempt that its vendor did not take.</summary>
/// <param name="Never">It failed for good; the rest does not matter then.</param>
/// <param name="Asked">The vendors that were asked by now, separated by commas.</param>
internal sealed record Onward(bool Never, Reason Reason, string Vendor, string Asked, Duration Wait);

/// <summary>
/// Where an attempt goes when a vendor would not or could not take it. Pure. What is wrong with the number is wrong everywhere: it fails. Anything else
/// is the vendor's own affair, and the next vendor gets it at once; after the last one the first is asked again, later and later.
/// </summary>
internal static class FailOver
{
    public static Onward Decide(Claimed claimed, Answer answer, IReadOnlyList<Route> routes, Instant now)
        => Decide(new AtVendor(claimed.Vendor, claimed.Asked, claimed.Tries, claimed.Reason), answer, routes, now);

    public static Onward Decide(AtVendor claimed, Answer answer, IReadOnlyList<Route> routes, Instant now)
    {
        var (reason, retryAfter, permanent) = answer switch
        {
            Answer.Deferred d => (d.Reason, d.RetryAfter, false),
            Answer.Rejected r => (r.Reason, (Duration?)null, r.Permanent),
            _ => throw new InvalidOperationException($"Not a refusal: {answer}."),
        };
        var wait = Backoff.After((claimed.Tries / Math.Max(1, routes.Count)) + 1, retryAfter);
        var asked = Add(claimed.Asked, claimed.Vendor);
        var place = routes.ToList().FindIndex(r => string.Equals(r.Vendor, claimed.Vendor, StringComparison.Ordinal));
        if (reason == Reason.Stopped || (place < 0 && !permanent))
            return new Onward(false, reason, claimed.Vendor, claimed.Asked, wait);
        if (permanent && !Reasons.IsOfTheVendor(reason))
            return new Onward(true, reason, claimed.Vendor, asked, wait);

        // A former vendor's "for now" outlives a later one's "never": that former one may take it yet.
        var carried = place > 0 && Reasons.IsForNow(claimed.Reason) ? claimed.Reason : reason;
        var later = routes.Skip(place + 1).ToList();
        if (later.Find(r => r.Lets) is { } next)
            return new Onward(false, carried, next.Vendor, asked, Duration.Zero);
        if (permanent && !Reasons.IsForNow(carried))
            return later.Count == 0 ? new Onward(true, reason, claimed.Vendor, asked, wait) : new Onward(false, carried, later[0].Vendor, asked, wait);
        var first = routes.FirstOrDefault(r => r.Lets) ?? routes[0];
        var held = first.Held > now && !string.Equals(first.Vendor, claimed.Vendor, StringComparison.Ordinal) ? first.Held - now : Duration.Zero;
        return new Onward(false, carried, first.Vendor, asked, Duration.Max(wait, held));
    }

    /// <summary>Must the vendor be looked at before it is asked? Not one that this attempt has not been to.</summary>
    public static bool MayBeAt(string vendor, string asked, int tries, Reason reason)
        => tries > 0 && Reasons.MayHaveArrived(reason) && (asked.Length == 0 || asked.Split(',').Contains(vendor, StringComparer.Ordinal));

    public static string Add(string asked, string vendor)
        => asked.Length == 0 ? vendor : asked.Split(',').Contains(vendor, StringComparer.Ordinal) ? asked : asked + "," + vendor;
}
