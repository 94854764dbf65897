using Incidents.Contracts.Organisation;
using Incidents.Kernel;
using Incidents.Paging.Channels;
using Incidents.Paging.Endpoints;
using Microsoft.AspNetCore.Http;

namespace Incidents.Paging.Vendors;

/// <summary>
/// One way of reaching people. <paramref name="Can"/>: of acknowledge, resolve, twoWay, deliveryReceipt. <paramref name="LongestText"/> in characters, null: no bound.
/// <paramref name="RatePerSecond"/> and <paramref name="Concurrency"/> are the vendor's, shared by its channels.
/// </summary>
internal sealed record ChannelView(
    [property: Words(typeof(ContactKind))] string Channel, string Vendor, string Name, IReadOnlyList<string> Can, int? LongestText, [property: Words(typeof(CostClass))] string Cost,
    int RatePerSecond, int Concurrency, [property: Words(typeof(BreakerState))] string State, int InHand);

/// <summary><c>GET /api/v1/channels</c>.</summary>
internal static class ChannelsEndpoint
{
    public static IResult List(ChannelCatalogue channels, VendorQueues queues, Clock clock)
    {
        var now = clock.Now;
        return TypedResults.Json(new ItemList<ChannelView>([.. channels.All.Select(c => View(c.Descriptor, queues.Of(c.Descriptor.Vendor)!, now))]), Json.Options);
    }

    private static ChannelView View(ChannelDescriptor d, VendorQueue queue, NodaTime.Instant now) => new(
        Name(d.Kind), d.Vendor, d.VendorName, [.. Enum.GetValues<Capabilities>().Where(c => c != Capabilities.None && d.Can.HasFlag(c)).Select(c => Name(c))], d.LongestText, Name(d.Cost),
        queue.Limits.RatePerSecond, queue.Limits.Concurrency, Name(queue.Breaker.State(now)), queue.InHand);

    private static string Name(Enum value) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
