using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Incidents.Simulator.Tests;

public sealed class Vendor_when_asked_for_a_call
{
    [Theory]
    [InlineData("To", "", 21201)]
    [InlineData("To", "5511900000001", 21211)]
    [InlineData("From", "", 21213)]
    [InlineData("From", "Incidents", 21212)]
    [InlineData("Url", "", 21205)]
    [InlineData("Url", "/callbacks/voice", 21205)]
    [InlineData("StatusCallback", "nowhere", 21609)]
    [InlineData("StatusCallbackEvent", "finished", 21626)]
    [InlineData("Timeout", "soon", 20001)]
    public async Task refuses_what_is_wrong_with_the_vendors_number(string field, string value, int code)
    {
        await using var world = await World.StartAsync();
        var form = world.CallForm().Where(f => !string.Equals(f.Key, field, StringComparison.Ordinal)).Append(new(field, value));

        using var response = await world.PostCallAsync(form);

        var error = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((400, code, 400), ((int)response.StatusCode, error.GetProperty("code").GetInt32(), error.GetProperty("status").GetInt32()));
        Assert.Equal($"https://www.twilio.com/docs/errors/{code}", error.GetProperty("more_info").GetString());
        Assert.NotEqual("", error.GetProperty("message").GetString());
    }

    [Fact]
    public async Task refuses_a_wrong_password()
    {
        await using var world = await World.StartAsync();
        world.Vendor.DefaultRequestHeaders.Authorization = World.Basic("wrong");

        using var response = await world.PostCallAsync(world.CallForm());

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal(20003, (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task finds_it_by_number_state_and_time()
    {
        await using var world = await World.StartAsync();
        var first = await world.CallAsync("/callbacks/voice?attempt=1");
        var other = await world.CallAsync("/callbacks/voice?attempt=2", to: "+5511900000002");
        await world.WhenStatusAsync(first, "ringing");
        await world.WhenStatusAsync(other, "ringing");
        world.Time.Advance(TimeSpan.FromSeconds(2));
        var last = await world.CallAsync("/callbacks/voice?attempt=3");
        await world.WhenStatusAsync(last, "ringing");

        var toAna = await SidsAsync($"Calls.json?To={Uri.EscapeDataString(World.Ana)}");
        var later = await SidsAsync("Calls.json?StartTime%3E=2026-11-21T03:00:01Z&Status=ringing");
        var paged = await world.Vendor.GetFromJsonAsync<JsonElement>("Calls.json?PageSize=2");
        var byUrl = await world.Api.GetFromJsonAsync<JsonElement>("calls?url=attempt=2");

        Assert.Equal([last, first], toAna);
        Assert.Equal([last], later);
        Assert.Equal(2, paged.GetProperty("calls").GetArrayLength());
        Assert.EndsWith("Calls.json?PageSize=2&Page=1", paged.GetProperty("next_page_uri").GetString(), StringComparison.Ordinal);
        Assert.Equal(other, Assert.Single(byUrl.GetProperty("items").EnumerateArray()).GetProperty("sid").GetString());

        async Task<IEnumerable<string?>> SidsAsync(string query) =>
            (await world.Vendor.GetFromJsonAsync<JsonElement>(query)).GetProperty("calls").EnumerateArray().Select(c => c.GetProperty("sid").GetString());
    }

    [Fact]
    public async Task remembers_only_the_latest_finished_ones()
    {
        await using var world = await World.StartAsync(o => o.Remembered = 2);
        await world.SetAsync("faults", new { busyNumbers = new[] { World.Ana } });
        var sids = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            sids.Add(await world.CallAsync());
            await world.WhenStatusAsync(sids[i], "busy");
        }

        using var forgotten = await world.Vendor.GetAsync($"Calls/{sids[1]}.json");
        using var kept = await world.Vendor.GetAsync($"Calls/{sids[2]}.json");

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.OK), (forgotten.StatusCode, kept.StatusCode));
    }

    [Fact]
    public async Task is_absent_when_not_enabled()
    {
        await using var world = await World.StartAsync(o => o.Enabled = false);

        using var vendor = await world.PostCallAsync(world.CallForm());
        using var api = await world.Api.GetAsync("phones");

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (vendor.StatusCode, api.StatusCode));
    }
}

public sealed class Vendor_when_faults_are_set
{
    [Fact]
    public async Task answers_the_status_as_often_as_asked()
    {
        await using var world = await World.StartAsync();
        await world.SetAsync("faults", new { status = 503, times = 2 });

        var codes = new List<int>();
        for (var i = 0; i < 3; i++)
        {
            using var response = await world.PostCallAsync(world.CallForm());
            codes.Add((int)response.StatusCode);
        }

        Assert.Equal([503, 503, 201], codes);
    }

    [Fact]
    public async Task refuses_what_exceeds_the_rate()
    {
        await using var world = await World.StartAsync();
        await world.SetAsync("faults", new { ratePerSecond = 1 });

        using var first = await world.PostCallAsync(world.CallForm());
        using var second = await world.PostCallAsync(world.CallForm());
        world.Time.Advance(TimeSpan.FromSeconds(1));
        using var third = await world.PostCallAsync(world.CallForm());

        Assert.Equal([201, 429, 201], new[] { first, second, third }.Select(r => (int)r.StatusCode));
        Assert.Equal(20429, (await second.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetInt32());
    }

    [Theory]
    [InlineData("request", 0)]
    [InlineData("answer", 1)]
    public async Task breaks_the_connection_before_or_after_the_work(string when, int calls)
    {
        await using var world = await World.StartAsync();
        await world.SetAsync("faults", new { drop = when, times = 1 });

        await Assert.ThrowsAsync<HttpRequestException>(() => world.PostCallAsync(world.CallForm()));

        var records = await world.Api.GetFromJsonAsync<JsonElement>("calls");
        Assert.Equal(calls, records.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task works_at_once_and_answers_late()
    {
        await using var world = await World.StartAsync();
        await world.SetAsync("faults", new { delay = "5s" });

        var answer = world.PostCallAsync(world.CallForm());
        await World.UntilAsync(() => world.Api.GetFromJsonAsync<JsonElement>("calls?status=ringing"), r => r.GetProperty("items").GetArrayLength() == 1, "a ringing call");
        var early = answer.IsCompleted;
        await world.WhenWaitingAsync(2);
        world.Time.Advance(TimeSpan.FromSeconds(5));
        using var response = await answer;

        Assert.False(early);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
    }

    [Fact]
    public async Task loses_or_doubles_callbacks()
    {
        await using var world = await World.StartAsync();
        world.Twiml("/callbacks/status", "");
        await world.SetAsync("faults", new { callbackLost = true, busyNumbers = new[] { World.Ana } });
        var lost = await world.CallAsync();
        await world.WhenStatusAsync(lost, "busy");
        await World.UntilAsync(() => world.Api.GetFromJsonAsync<JsonElement>("stats"), s => s.GetProperty("callbacksLost").GetInt32() == 2, "two lost callbacks");

        await world.SetAsync("faults", new { callbackTwice = true, busyNumbers = new[] { World.Ana } });
        var doubled = await world.CallAsync();

        var states = await world.WhenReceivedAsync("/callbacks/status", 4);
        Assert.Equal(["initiated", "initiated", "busy", "busy"], states.Select(s => s["CallStatus"]));
        Assert.All(states, s => Assert.Equal(doubled, s["CallSid"]));
    }

    [Fact]
    public async Task refuses_settings_that_make_no_sense()
    {
        await using var world = await World.StartAsync();

        using var wrong = await world.Api.PostAsJsonAsync("faults", new { status = 200 });
        using var unknown = await world.Api.PostAsJsonAsync("faults", new { stauts = 503 });

        Assert.Equal((400, 400), ((int)wrong.StatusCode, (int)unknown.StatusCode));
    }

    [Fact]
    public async Task lets_a_machine_pick_up()
    {
        await using var world = await World.StartAsync();
        world.Twiml("/callbacks/voice", "");
        await world.SetAsync("faults", new { machine = true });
        var form = world.CallForm();
        form.Add(new("MachineDetection", "Enable"));

        using var response = await world.PostCallAsync(form);

        Assert.Equal("machine_start", Assert.Single(await world.WhenReceivedAsync("/callbacks/voice", 1))["AnsweredBy"]);
    }
}
