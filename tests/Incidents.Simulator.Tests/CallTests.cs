using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Incidents.Simulator.Tests;

public sealed class Call_when_answered
{
    private const string Gather = "<Gather input='dtmf' numDigits='1' action='{0}/callbacks/keys?attempt=7'><Say language='en-GB'>Disk full.</Say></Gather><Say>Goodbye.</Say>";

    [Fact]
    public async Task posts_the_key_and_reports_every_state_in_order()
    {
        await using var world = await World.StartAsync();
        world.Twiml("/callbacks/voice", string.Format(Gather, world.Url));
        world.Twiml("/callbacks/keys", "<Say>Acknowledged.</Say>");
        world.Twiml("/callbacks/status", "");

        var sid = await world.CallAsync("/callbacks/voice?attempt=7");
        await world.WhenStatusAsync(sid, "ringing");
        await world.DoAsync("answer");
        await world.WhenListeningAsync(sid);
        await world.DoAsync("press", new { digit = "4" });
        await World.UntilAsync(() => world.RecordAsync(sid), r => r.GetProperty("said").GetArrayLength() == 2, "the second sentence");
        await world.WhenWaitingAsync();
        world.Time.Advance(TimeSpan.FromSeconds(3));

        var record = await world.WhenStatusAsync(sid, "completed");
        var voice = Assert.Single(await world.WhenReceivedAsync("/callbacks/voice", 1));
        Assert.Equal((sid, "in-progress", World.Ana, World.From, "outbound-api", "2010-04-01"), (voice["CallSid"], voice["CallStatus"], voice["To"], voice["Caller"], voice["Direction"], voice["ApiVersion"]));
        var keys = Assert.Single(await world.WhenReceivedAsync("/callbacks/keys", 1));
        Assert.Equal(("4", sid), (keys["Digits"], keys["CallSid"]));
        var states = await world.WhenReceivedAsync("/callbacks/status", 4);
        Assert.Equal(["initiated", "ringing", "in-progress", "completed"], states.Select(s => s["CallStatus"]));
        Assert.Equal(["0", "1", "2", "3"], states.Select(s => s["SequenceNumber"]));
        Assert.All(states, s => Assert.Equal("call-progress-events", s["CallbackSource"]));
        Assert.Equal(("3", "Sat, 21 Nov 2026 03:00:03 +0000"), (states[3]["CallDuration"], states[3]["Timestamp"]));
        Assert.Equal(["Disk full.", "Acknowledged."], record.GetProperty("said").EnumerateArray().Select(l => l.GetProperty("text").GetString()));
        Assert.Equal("4", record.GetProperty("digits").GetString());
        Assert.Equal("2026-11-21T03:00:03.000000Z", record.GetProperty("endedAt").GetString());
    }

    [Fact]
    [SuppressMessage("Security", "CA5350", Justification = "The vendor's protocol fixes SHA-1.")]
    public async Task signs_what_it_posts()
    {
        await using var world = await World.StartAsync();
        world.Twiml("/callbacks/voice", "");

        var sid = await world.CallAsync("/callbacks/voice?attempt=7&x=a%20b");
        await world.WhenStatusAsync(sid, "ringing");
        await world.DoAsync("answer");

        var voice = (await world.WhenReceivedAsync("/callbacks/voice", 1))[0];
        var parameters = string.Concat(voice.Form.Keys.Order(StringComparer.Ordinal).Select(name => name + voice.Form[name]));
        var expected = HMACSHA1.HashData(Encoding.UTF8.GetBytes(World.Token), Encoding.UTF8.GetBytes($"{world.Url}/callbacks/voice?attempt=7&x=a%20b{parameters}"));
        Assert.Equal(Convert.ToBase64String(expected), voice.Signature);
    }

    [Fact]
    public void signature_is_that_of_the_documented_example()
    {
        var form = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["CallSid"] = "CA1234567890ABCDE",
            ["Caller"] = "+14158675309",
            ["Digits"] = "1234",
            ["From"] = "+14158675309",
            ["To"] = "+18005551212",
        };

        var signature = Callbacks.CallbackSignature.Compute("12345", "https://mycompany.com/myapp.php?foo=1&bar=2", form);

        Assert.Equal("RSOYDt4T1cUTdK1PDd93/VVr8B8=", signature);
    }

    [Fact]
    public async Task falls_through_a_gather_that_got_no_key()
    {
        await using var world = await World.StartAsync();
        world.Twiml("/callbacks/voice", "<Gather numDigits='1' timeout='8'><Say>Press.</Say></Gather><Say>No key.</Say><Redirect method='POST'>second?page=2</Redirect>");
        world.Twiml("/callbacks/second", "<Say>Second.</Say><Hangup/><Say>Never.</Say>");

        var sid = await AnsweredAsync(world);
        await world.WhenListeningAsync(sid);
        await AdvanceUntilAsync(world, sid, "completed");

        var record = await world.RecordAsync(sid);
        Assert.Equal(["Press.", "No key.", "Second."], record.GetProperty("said").EnumerateArray().Select(l => l.GetProperty("text").GetString()));
        Assert.EndsWith("/callbacks/second?page=2", Assert.Single(await world.WhenReceivedAsync("/callbacks/second", 1)).Url, StringComparison.Ordinal);
        Assert.True(record.GetProperty("endedAt").GetDateTimeOffset() - record.GetProperty("answeredAt").GetDateTimeOffset() >= TimeSpan.FromSeconds(8));
    }

    [Fact]
    public async Task posts_an_empty_result_when_the_gather_asks_for_it()
    {
        await using var world = await World.StartAsync(o => o.CharactersPerSecond = 0);
        world.Twiml("/callbacks/voice", "<Gather action='keys' timeout='2' actionOnEmptyResult='true'/>");
        world.Twiml("/callbacks/keys", "<Hangup/>");

        var sid = await AnsweredAsync(world);
        await AdvanceUntilAsync(world, sid, "completed");

        Assert.Equal("", Assert.Single(await world.WhenReceivedAsync("/callbacks/keys", 1))["Digits"]);
    }

    [Fact]
    public async Task collects_several_keys_until_the_finishing_one()
    {
        await using var world = await World.StartAsync(o => o.CharactersPerSecond = 0);
        world.Twiml("/callbacks/voice", "<Gather action='keys'/>");
        world.Twiml("/callbacks/keys", "<Hangup/>");

        var sid = await AnsweredAsync(world);
        await world.WhenListeningAsync(sid);
        await world.DoAsync("press", new { digits = "4*2#" });

        var keys = Assert.Single(await world.WhenReceivedAsync("/callbacks/keys", 1));
        Assert.Equal(("4*2", "#"), (keys["Digits"], keys["FinishedOnKey"]));
    }

    [Theory]
    [InlineData("text/xml", "<Response><Say>open", 12100)]
    [InlineData("application/json", "{}", 12300)]
    public async Task says_so_when_the_instructions_are_unusable(string type, string body, int code)
    {
        await using var world = await World.StartAsync();
        world.Answers["/callbacks/voice"] = _ => Microsoft.AspNetCore.Http.Results.Text(body, type);

        var sid = await AnsweredAsync(world);

        var record = await world.WhenStatusAsync(sid, "completed");
        Assert.Equal(code, record.GetProperty("error").GetProperty("code").GetInt32());
        Assert.Equal("error", record.GetProperty("said")[0].GetProperty("kind").GetString());
    }

    [Fact]
    public async Task tries_the_fallback_when_the_instructions_fail()
    {
        await using var world = await World.StartAsync(o => o.CharactersPerSecond = 0);
        world.Answers["/callbacks/voice"] = _ => Microsoft.AspNetCore.Http.Results.StatusCode(503);
        world.Twiml("/callbacks/fallback", "<Say>Plan B.</Say>");
        var form = world.CallForm();
        form.Add(new("FallbackUrl", world.Url + "/callbacks/fallback"));

        using var response = await world.PostCallAsync(form);
        await RingThenAnswerAsync(world);

        var fallback = Assert.Single(await world.WhenReceivedAsync("/callbacks/fallback", 1));
        Assert.Equal(("11200", world.Url + "/callbacks/voice"), (fallback["ErrorCode"], fallback["ErrorUrl"]));
        var record = await world.WhenStatusAsync(fallback["CallSid"], "completed");
        Assert.Equal("Plan B.", record.GetProperty("said")[0].GetProperty("text").GetString());
    }

    private static async Task<string> AnsweredAsync(World world)
    {
        var sid = await world.CallAsync(track: false);
        await RingThenAnswerAsync(world);
        return sid;
    }

    private static async Task RingThenAnswerAsync(World world) =>
        await World.UntilAsync(() => world.DoAsync("answer"), r => r.IsSuccessStatusCode, "an answered call");

    private static async Task AdvanceUntilAsync(World world, string sid, string status) => await World.UntilAsync<JsonElement>(
        () =>
        {
            world.Time.Advance(TimeSpan.FromMilliseconds(500));
            return world.RecordAsync(sid);
        },
        r => string.Equals(r.GetProperty("status").GetString(), status, StringComparison.Ordinal),
        status);
}
