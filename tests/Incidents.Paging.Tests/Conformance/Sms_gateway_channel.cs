using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Incidents.Paging.Channels;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Incidents.Paging.Tests.Conformance;

public sealed class Sms_gateway_channel(GatewayFixture fixture) : ChannelConformance<GatewayFixture>(fixture)
{
    private readonly GatewayFixture gateway = fixture;

    [Fact]
    public async Task sends_what_the_settings_describe()
    {
        gateway.Does(VendorDoes.Takes);
        var page = gateway.Page(4711) with { Text = "He said \"{to} me\"\nnow" };

        var answer = await gateway.Channel.Send(page, TestContext.Current.CancellationToken);

        var sent = gateway.Bodies.Last();
        Assert.Equal($"g-{gateway.Bodies.Count}", Assert.IsType<Answer.Accepted>(answer).VendorId);
        Assert.Equal(page.Address, sent.GetProperty("recipients")[0].GetString());
        Assert.Equal(page.Text, sent.GetProperty("body").GetString());
        Assert.Equal(page.Attempt.ToString(), sent.GetProperty("reference").GetString());
    }
}

/// <summary>A gateway as one finds them: JSON in, JSON out, a key in a header.</summary>
public sealed class GatewayFixture : ChannelFixture
{
    private HttpVendor? vendor;

    internal ConcurrentQueue<JsonElement> Bodies { get; } = new();
    internal override int Taken => Bodies.Count;
    internal override int Asked => vendor!.Asked;
    internal override bool CanBeLookedUp => false;
    internal override IReadOnlyList<string> Secrets { get; } = ["gateway-api-key"];

    internal override bool Is(ChannelDescriptor descriptor) => descriptor.Vendor == "smsGateway";

    internal override string Address(int number) => "+5511" + number.ToString("000000", CultureInfo.InvariantCulture);

    internal override void Does(VendorDoes what) => vendor!.Does = what;

    internal override async Task<Dictionary<string, string?>> Settings()
    {
        vendor = await HttpVendor.Start(Take, http =>
        {
            http.Response.StatusCode = 422;
            return Task.CompletedTask;
        });
        return new(StringComparer.Ordinal)
        {
            ["Paging:SmsGateway:Url"] = vendor.Url + "/v1/messages",
            ["Paging:SmsGateway:Headers"] = "Authorization: Key gateway-api-key\nX-Team: incidents",
            ["Paging:SmsGateway:Body"] = """{"recipients":["{to}"],"body":"{text}","reference":"{id}"}""",
            ["Paging:SmsGateway:IdPath"] = "messages.0.id",
        };
    }

    private async Task Take(HttpContext http)
    {
        if (http.Request.Headers.Authorization != "Key gateway-api-key" || http.Request.Headers["X-Team"] != "incidents")
        {
            http.Response.StatusCode = 401;
            return;
        }
        Bodies.Enqueue((await JsonDocument.ParseAsync(http.Request.Body)).RootElement);
        await http.Response.WriteAsJsonAsync(new { messages = new[] { new { id = $"g-{Bodies.Count}" } } });
    }

    private protected override async ValueTask Stop() => await vendor!.DisposeAsync();
}
