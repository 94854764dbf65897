using System.Net;
using Incidents.Paging.Webhooks;
using Xunit;

namespace Incidents.Paging.Tests.Webhooks;

public sealed class PublicNetwork_when_asked
{
    [Theory]
    [InlineData("93.184.215.14", true)]
    [InlineData("8.8.8.8", true)]
    [InlineData("172.15.255.255", true)]
    [InlineData("172.32.0.0", true)]
    [InlineData("2606:4700::1111", true)]
    [InlineData("2a00:1450:4001::1", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("127.255.1.2", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("172.16.0.1", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::", false)]
    [InlineData("::1", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("::ffff:8.8.8.8", true)]
    [InlineData("::7f00:1", false)]
    [InlineData("64:ff9b::7f00:1", false)]
    [InlineData("2002:7f00:1::", false)]
    [InlineData("2001::1", false)]
    [InlineData("2001:db8::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fec0::1", false)]
    [InlineData("fd12:3456::1", false)]
    [InlineData("ff02::1", false)]
    public void lets_only_public_addresses_through(string address, bool reachable) => Assert.Equal(reachable, PublicNetwork.MayReach(IPAddress.Parse(address), []));

    [Theory]
    [InlineData("10.20.0.0/16", "10.20.3.4", true)]
    [InlineData("10.20.0.0/16", "10.21.3.4", false)]
    [InlineData("127.0.0.0/8, ::1/128", "::1", true)]
    [InlineData("127.0.0.0/8", "::ffff:127.0.0.1", true)]
    public void lets_through_what_an_operator_allows(string allowed, string address, bool reachable)
        => Assert.Equal(reachable, PublicNetwork.MayReach(IPAddress.Parse(address), WebhookOptions.Networks(allowed)!));

    [Theory]
    [InlineData("all")]
    [InlineData("10.0.0.0/33")]
    public void has_no_network_that_is_none(string text) => Assert.Null(WebhookOptions.Networks(text));
}
