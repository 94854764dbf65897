using System.Net;
using System.Net.Sockets;

namespace Incidents.Paging.Webhooks;

/// <summary>
/// Which addresses a webhook may reach: whoever may make webhooks must not be able to look around inside our network with them
/// (IANA's special-purpose registries, RFC 6890).
/// </summary>
internal static class PublicNetwork
{
    private static readonly IPNetwork[] Special =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
            "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            // All that is not global unicast, and what in it tunnels or documents.
            "::/3", "4000::/2", "8000::/1", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
        }.Select(n => IPNetwork.Parse(n)),
    ];

    public static bool MayReach(IPAddress address, IReadOnlyList<IPNetwork> allowed)
    {
        var ip = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return allowed.Any(n => n.Contains(ip)) || (ip.AddressFamily is AddressFamily.InterNetwork or AddressFamily.InterNetworkV6 && !Special.Any(n => n.Contains(ip)));
    }
}
