using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Incidents.Simulator.Tests;

public sealed class Call_while_it_rings
{
    [Fact]
    public async Task ends_as_no_answer_after_its_timeout()
    {
        await using var world = await World.StartAsync();
        world.Twiml("/callbacks/status", "");

        var sid = await world.CallAsync(timeout: 20);
        await world.WhenStatusAsync(sid, "ringing");
        await world.WhenWaitingAsync();
        world.Time.Advance(TimeSpan.FromSeconds(19.9));
        var before = await world.RecordAsync(sid);
        world.Time.Advance(TimeSpan.FromSeconds(0.1));

        var after = await world.WhenStatusAsync(sid, "no-answer");
        Assert.Equal("ringing", before.GetProperty("status").GetString());
        Assert.Equal(JsonValueKind.Null, after.GetProperty("answeredAt").ValueKind);
        var last = (await world.WhenReceivedAsync("/callbacks/status", 3))[2];
        Assert.Equal(("no-answer", "0"), (last["CallStatus"], last["CallDuration"]));
        Assert.Equal(1, (await PhoneAsync(world)).GetProperty("missed").GetInt32());
    }

    [Fact]
    public async Task stops_when_the_client_cancels_it()
    {
        await using var world = await World.StartAsync();
        world.Twiml("/callbacks/status", "");
        var sid = await world.CallAsync();
        await world.WhenStatusAsync(sid, "ringing");

        using var content = new FormUrlEncodedContent([new("Status", "canceled")]);
        using var response = await world.Vendor.PostAsync($"Calls/{sid}.json", content);

        Assert.Equal("canceled", (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("status").GetString());
        Assert.Equal("idle", (await PhoneAsync(world)).GetProperty("state").GetString());
        using var answer = await world.DoAsync("answer");
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal("canceled", (await world.WhenReceivedAsync("/callbacks/status", 3))[2]["CallStatus"]);
        await World.UntilAsync(() => Task.FromResult(world.Time.Waiting), w => w == 0, "no timer left");
    }

    [Fact]
    public async Task is_left_alone_by_a_cancel_once_answered_but_ended_by_completed()
    {
        await using var world = await World.StartAsync();
        world.Twiml("/callbacks/voice", "<Gather timeout='60'/>");
        var sid = await world.CallAsync(track: false);
        await world.WhenStatusAsync(sid, "ringing");
        await world.DoAsync("answer");

        var canceled = await UpdateAsync(world, sid, "canceled");
        var completed = await UpdateAsync(world, sid, "completed");
        using var content = new FormUrlEncodedContent([new("Status", "completed")]);
        using var again = await world.Vendor.PostAsync($"Calls/{sid}.json", content);

        Assert.Equal(("in-progress", "completed"), (canceled, completed));
        Assert.Equal(21220, (await again.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task is_busy_to_the_caller_when_declined()
    {
        await using var world = await World.StartAsync();
        var sid = await world.CallAsync();
        await world.WhenStatusAsync(sid, "ringing");

        await world.DoAsync("decline");

        await world.WhenStatusAsync(sid, "busy");
        Assert.Equal(0, (await PhoneAsync(world)).GetProperty("missed").GetInt32());
    }

    [Fact]
    public async Task is_answered_and_keyed_by_an_automatic_phone()
    {
        await using var world = await World.StartAsync();
        world.Twiml("/callbacks/voice", "<Gather numDigits='1' action='keys'/>");
        world.Twiml("/callbacks/keys", "<Hangup/>");
        await world.SetAsync("auto", new { answer = true, digits = "4", afterMs = 700 });

        var sid = await world.CallAsync();
        await world.WhenStatusAsync(sid, "ringing");
        await world.WhenWaitingAsync();
        world.Time.Advance(TimeSpan.FromMilliseconds(700));

        Assert.Equal("4", Assert.Single(await world.WhenReceivedAsync("/callbacks/keys", 1))["Digits"]);
        await world.WhenStatusAsync(sid, "completed");
    }

    [Fact]
    public async Task waits_behind_a_call_that_is_already_ringing()
    {
        await using var world = await World.StartAsync();
        var first = await world.CallAsync();
        await world.WhenStatusAsync(first, "ringing");
        var second = await world.CallAsync();
        await world.WhenStatusAsync(second, "ringing");

        var both = await PhoneAsync(world);
        await world.DoAsync("decline");
        var one = await PhoneAsync(world);

        Assert.Equal((first, 1), (both.GetProperty("call").GetProperty("sid").GetString(), both.GetProperty("waiting").GetInt32()));
        Assert.Equal((second, 0), (one.GetProperty("call").GetProperty("sid").GetString(), one.GetProperty("waiting").GetInt32()));
    }

    private static Task<JsonElement> PhoneAsync(World world) => world.Api.GetFromJsonAsync<JsonElement>("phones/ana");

    private static async Task<string?> UpdateAsync(World world, string sid, string status)
    {
        using var content = new FormUrlEncodedContent([new("Status", status)]);
        using var response = await world.Vendor.PostAsync($"Calls/{sid}.json", content);
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("status").GetString();
    }
}
