using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Incidents.TestKit;

namespace Incidents.Simulator.Tests;

public sealed class Call_when_a_machine_is_looked_for
{
    [Theory]
    [InlineData(true, "machine_start")]
    [InlineData(false, "human")]
    public async Task tells_who_answered_with_the_request_for_instructions_and_at_the_end(bool machine, string word)
    {
        await using var world = await World.StartAsync(o => o.CharactersPerSecond = 0);
        world.Twiml("/callbacks/voice", "<Say>Hello.</Say>");
        world.Twiml("/callbacks/status", "");
        await world.SetAsync("auto", new { number = World.Ana, machine, answer = !machine });
        var form = world.CallForm();
        form.Add(new("MachineDetection", "Enable"));

        using var response = await world.PostCallAsync(form);

        var voice = Assert.Single(await world.WhenReceivedAsync("/callbacks/voice", 1));
        Assert.Equal(word, voice["AnsweredBy"]);
        var states = await world.WhenReceivedAsync("/callbacks/status", 4);
        Assert.Equal(["", "", "", word], states.Select(s => s["AnsweredBy"]));
        var record = await (await world.Vendor.GetAsync($"Calls/{voice["CallSid"]}.json")).Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(word, record.GetProperty("answered_by").GetString());
    }

    [Fact]
    public async Task says_nothing_of_it_when_nobody_asked()
    {
        await using var world = await World.StartAsync(o => o.CharactersPerSecond = 0);
        world.Twiml("/callbacks/voice", "<Say>Hello.</Say>");
        await world.SetAsync("faults", new { machine = true });

        await world.CallAsync(track: false);

        Assert.Equal("", Assert.Single(await world.WhenReceivedAsync("/callbacks/voice", 1))["AnsweredBy"]);
    }
}

public sealed class Phone_when_it_calls
{
    [Fact]
    public async Task is_asked_for_keys_as_on_any_call()
    {
        await using var world = await World.StartAsync(o => o.CharactersPerSecond = 0);
        world.Twiml("/callbacks/twilio/incoming", "<Gather numDigits='8' finishOnKey='#' action='/callbacks/twilio/pin'><Say>PIN?</Say></Gather>");
        world.Twiml("/callbacks/twilio/pin", "<Say>Welcome.</Say>");

        using var dialled = await world.DoAsync("call");
        var phone = await dialled.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(("talking", true), (phone.GetProperty("state").GetString(), phone.GetProperty("call").GetProperty("mine").GetBoolean()));
        var sid = phone.GetProperty("call").GetProperty("sid").GetString()!;
        await world.WhenListeningAsync(sid);
        using var again = await world.DoAsync("call");
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        await world.DoAsync("press", new { digits = "4711#" });

        var record = await world.WhenStatusAsync(sid, "completed");
        Assert.Equal("inbound", record.GetProperty("direction").GetString());
        var incoming = Assert.Single(await world.WhenReceivedAsync("/callbacks/twilio/incoming", 1));
        Assert.Equal((World.Ana, World.From, "inbound", "ringing"), (incoming["From"], incoming["To"], incoming["Direction"], incoming["CallStatus"]));
        var pin = Assert.Single(await world.WhenReceivedAsync("/callbacks/twilio/pin", 1));
        Assert.Equal(("4711", "in-progress", World.Ana), (pin["Digits"], pin["CallStatus"], pin["From"]));
        Assert.Equal(["PIN?", "Welcome."], record.GetProperty("said").EnumerateArray().Select(l => l.GetProperty("text").GetString()));
        var idle = await world.Api.GetFromJsonAsync<JsonElement>("phones/ana");
        Assert.Equal(("idle", 0), (idle.GetProperty("state").GetString(), idle.GetProperty("missed").GetInt32()));
    }
}

public sealed class Phone_when_it_opts_out
{
    [Fact]
    public async Task is_refused_texts_until_it_opts_in_again()
    {
        await using var world = await World.StartAsync();
        world.Twiml("/callbacks/twilio/sms", "<Message>Not for you.</Message>");

        await world.DoAsync("sms", new { body = "Stop" });
        using var refused = await SendAsync(world);
        await world.DoAsync("sms", new { body = "START" });
        using var taken = await SendAsync(world);

        var error = await refused.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((HttpStatusCode.BadRequest, 21610), (refused.StatusCode, error.GetProperty("code").GetInt32()));
        Assert.Equal(HttpStatusCode.Created, taken.StatusCode);
        var told = await world.WhenReceivedAsync("/callbacks/twilio/sms", 2);
        Assert.Equal([("Stop", "STOP"), ("START", "START")], told.Select(t => (t["Body"], t["OptOutType"])));
        var phone = await world.Api.GetFromJsonAsync<JsonElement>("phones/ana");
        var texts = phone.GetProperty("past").EnumerateArray().Select(i => i.GetProperty("text").GetString()!).ToList();
        Assert.Single(texts, t => t == "Not for you.");
        Assert.Contains(texts, t => t.StartsWith("You have successfully been unsubscribed.", StringComparison.Ordinal));
    }

    private static async Task<HttpResponseMessage> SendAsync(World world)
    {
        using var content = new FormUrlEncodedContent([new("To", World.Ana), new("From", World.From), new("Body", "hello")]);
        return await world.Vendor.PostAsync("Messages.json", content);
    }
}

/// <summary>What the simulator signs, looked at by Twilio's own package for Node.</summary>
public sealed class Signature_when_the_vendors_package_checks
{
    [Fact]
    public async Task holds_for_every_kind_of_request()
    {
        await using var world = await World.StartAsync(o => o.CharactersPerSecond = 0);
        world.Twiml("/callbacks/voice", "<Gather action='keys?a=b%20c' numDigits='1'/>");
        world.Twiml("/callbacks/keys", "<Hangup/>");
        world.Twiml("/callbacks/status", "");
        world.Twiml("/callbacks/twilio/sms", "");
        world.Twiml("/callbacks/twilio/incoming", "<Hangup/>");
        await world.SetAsync("auto", new { answer = true, digits = "4" });
        var form = world.CallForm("/callbacks/voice?attempt=7&x=a%20b");
        form.Add(new("MachineDetection", "Enable"));

        using var response = await world.PostCallAsync(form);
        await world.WhenReceivedAsync("/callbacks/status", 4);
        await world.DoAsync("sms", new { body = "ack 42 õ & + 😀" });
        await world.DoAsync("call");
        await world.WhenReceivedAsync("/callbacks/twilio/incoming", 1);

        var all = world.Inbox.ToList();
        Assert.Equal(8, all.Count);
        var faults = await NpmScript.RunAsync(RepositoryFolder.PathTo("tests", "Incidents.Simulator.Tests", "Twilio"), "check.mjs", JsonSerializer.Serialize(new
        {
            token = World.Token,
            signed = all.Select(r => new { url = r.Url, signature = r.Signature, form = r.Form.Select(f => new[] { f.Key, f.Value }) }),
        }));
        Assert.Equal("[]", faults.Trim());
    }
}
