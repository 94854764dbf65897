using Incidents.Contracts.Organisation;
using Incidents.Kernel;
using Incidents.Paging.Channels;
using Incidents.Persistence.Storage;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Incidents.Paging.Vendors;

/// <summary>The queues of all vendors that are configured, and which of them a contact's delivery goes to.</summary>
internal sealed class VendorQueues
{
    private readonly Dictionary<string, VendorQueue> queues;
    private readonly ChannelCatalogue channels;
    private readonly Clock clock;

    public VendorQueues(ChannelCatalogue channels, Database database, Clock clock, IOptions<VendorOptions> options, PagingMetrics metrics)
    {
        this.channels = channels;
        this.clock = clock;
        queues = channels.All.GroupBy(c => c.Descriptor.Vendor, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => new VendorQueue(g.Key, [.. g], options.Value, database, clock), StringComparer.Ordinal);
        All = [.. queues.Values];
        metrics.Vendors(this, clock);
    }

    public IReadOnlyList<VendorQueue> All { get; }

    /// <summary>Null: no channel of this vendor is configured.</summary>
    public VendorQueue? Of(string vendor) => queues.GetValueOrDefault(vendor);

    /// <summary>The queue in which something for this kind of contact stands. Null: there is no channel for it.</summary>
    public VendorQueue? Of(ContactKind kind, string vendor) => channels.Of(kind, vendor) is { } channel ? queues[channel.Descriptor.Vendor] : null;

    /// <summary>The vendors of a kind of contact in the order in which they are tried.</summary>
    public IReadOnlyList<Route> Routes(ContactKind kind)
    {
        var now = clock.Now;
        return [.. channels.Routes(kind).Select(c => queues[c.Descriptor.Vendor]).Select(q => new Route(q.Vendor, q.Breaker.Lets(now), q.Held))];
    }

    /// <summary>The vendor that something new goes to: the first that is not left alone, or the first. Empty: there is no channel.</summary>
    public string First(ContactKind kind)
    {
        var routes = channels.Routes(kind);
        if (routes.Count == 0)
            return "";
        if (routes.Count == 1)
            return routes[0].Descriptor.Vendor;
        return (Routes(kind).FirstOrDefault(r => r.Lets) ?? Routes(kind)[0]).Vendor;
    }

    /// <summary>Another vendor that could take it now; null: none.</summary>
    public string? Another(ContactKind kind, string vendor)
        => channels.Routes(kind).Count < 2 ? null : Routes(kind).FirstOrDefault(r => r.Lets && !string.Equals(r.Vendor, vendor, StringComparison.Ordinal))?.Vendor;

    /// <summary>One that comes later in the order than the one that has it now; null: none.</summary>
    public string? After(ContactKind kind, string vendor)
    {
        if (channels.Routes(kind).Count < 2)
            return null;
        return Routes(kind).SkipWhile(r => !string.Equals(r.Vendor, vendor, StringComparison.Ordinal)).Skip(1).FirstOrDefault(r => r.Lets)?.Vendor;
    }

    /// <summary>Kinds of contact of this vendor that another vendor serves too.</summary>
    public IEnumerable<ContactKind> Movable(VendorQueue queue) => queue.Kinds.Where(k => Another(k, queue.Vendor) is not null);
}
