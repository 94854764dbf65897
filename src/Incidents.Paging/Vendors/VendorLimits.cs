namespace Incidents.Paging.Vendors;

/// <summary>What may be asked of a vendor.</summary>
/// <param name="RatePerSecond">Requests a second, over all processes together.</param>
/// <param name="Concurrency">Requests at once in one process.</param>
/// <param name="Timeout">How long one request may take; the channel keeps to it, leases are reckoned from it.</param>
internal sealed record VendorLimits(int RatePerSecond, int Concurrency, TimeSpan Timeout)
{
    public static VendorLimits Default { get; } = new(RatePerSecond: 50, Concurrency: 16, TimeSpan.FromSeconds(5));
}
