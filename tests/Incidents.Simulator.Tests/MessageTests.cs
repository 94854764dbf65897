using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Incidents.Simulator.Tests;

public sealed class Text_when_sent
{
    [Fact]
    public async Task is_reported_sent_then_delivered_and_shown_on_the_phone()
    {
        await using var world = await World.StartAsync();
        world.Twiml("/callbacks/smsstatus", "");

        using var response = await SendAsync(world, "SEV1 #42 disk full");

        var created = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((HttpStatusCode.Created, "queued"), (response.StatusCode, created.GetProperty("status").GetString()));
        Assert.StartsWith("SM", created.GetProperty("sid").GetString(), StringComparison.Ordinal);
        var states = await world.WhenReceivedAsync("/callbacks/smsstatus", 2);
        Assert.Equal(["sent", "delivered"], states.Select(s => s["MessageStatus"]));
        Assert.All(states, s => Assert.Equal(created.GetProperty("sid").GetString(), s["MessageSid"]));
        var phone = await world.Api.GetFromJsonAsync<JsonElement>("phones/ana");
        Assert.Equal("SEV1 #42 disk full", Assert.Single(phone.GetProperty("past").EnumerateArray()).GetProperty("text").GetString());
    }

    [Fact]
    public async Task is_undelivered_to_a_failing_number()
    {
        await using var world = await World.StartAsync();
        world.Twiml("/callbacks/smsstatus", "");
        await world.SetAsync("faults", new { failNumbers = new[] { World.Ana } });

        using var response = await SendAsync(world, "hello");

        var last = (await world.WhenReceivedAsync("/callbacks/smsstatus", 2))[1];
        Assert.Equal(("undelivered", "30003"), (last["MessageStatus"], last["ErrorCode"]));
    }

    [Fact]
    public async Task from_a_phone_reaches_the_client_and_its_answer_the_phone()
    {
        await using var world = await World.StartAsync();
        world.Twiml("/callbacks/twilio/sms", "<Message>#42 is yours.</Message>");
        using var response = await SendAsync(world, "SEV1 #42 disk full");
        await World.UntilAsync(() => world.Api.GetFromJsonAsync<JsonElement>("phones/ana"), p => p.GetProperty("past").GetArrayLength() == 1, "the text");

        using var sent = await world.DoAsync("sms", new { body = "ack 42" });

        var phone = await sent.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(["SEV1 #42 disk full", "ack 42", "#42 is yours."], phone.GetProperty("past").EnumerateArray().Select(i => i.GetProperty("text").GetString()));
        var received = Assert.Single(await world.WhenReceivedAsync("/callbacks/twilio/sms", 1));
        Assert.Equal(("ack 42", World.Ana, World.From), (received["Body"], received["From"], received["To"]));
        Assert.Equal(Callbacks.CallbackSignature.Compute(World.Token, $"{world.Url}/callbacks/twilio/sms", received.Form), received.Signature);
        var records = await world.Api.GetFromJsonAsync<JsonElement>("messages");
        Assert.Equal(["outbound-reply", "inbound", "outbound-api"], records.GetProperty("items").EnumerateArray().Select(m => m.GetProperty("direction").GetString()));
    }

    private static async Task<HttpResponseMessage> SendAsync(World world, string body)
    {
        using var content = new FormUrlEncodedContent([new("To", World.Ana), new("From", World.From), new("Body", body), new("StatusCallback", world.Url + "/callbacks/smsstatus")]);
        return await world.Vendor.PostAsync("Messages.json", content);
    }
}
