using Incidents.Paging.Vendors;
using NodaTime;

namespace Incidents.Paging.Pipeline;

/// <summary>How long a claim holds: the longest request to any vendor and its outcome, with a margin for a slow machine and for a look at a vendor that failed.</summary>
internal sealed class Leases(VendorQueues queues)
{
    private static readonly Duration Margin = Duration.FromSeconds(3);

    public Duration Length { get; } = Duration.FromTimeSpan(queues.All.Select(q => q.Limits.Timeout).DefaultIfEmpty(VendorLimits.Default.Timeout).Max()) + Margin;
}
