using Incidents.Contracts.Seams;
using Incidents.Kernel;

namespace Incidents.Paging.Vendors;

internal sealed class VendorHealth(VendorQueues queues, Clock clock) : IVendorHealth
{
    public IReadOnlyList<string> Troubles()
    {
        var now = clock.Now;
        return [.. queues.All.Where(q => q.Breaker.State(now) != BreakerState.Closed).Select(q =>
            $"{q.Vendor} fails and is left alone" + (q.Kinds.All(k => queues.Another(k, q.Vendor) is not null) ? "; its pages go by another vendor." : "; its pages wait."))];
    }

    public IReadOnlyList<string> Configured() => [.. queues.All.Select(q => q.Name)];
}
