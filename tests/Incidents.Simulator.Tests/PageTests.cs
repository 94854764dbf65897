using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Incidents.Simulator.Tests;

public sealed class Page_when_opened
{
    [Fact]
    public async Task needs_no_inline_script_or_style()
    {
        await using var world = await World.StartAsync();

        using var page = await world.Api.GetAsync($"{world.Url}/simulator");
        var html = await page.Content.ReadAsStringAsync();

        var policy = Assert.Single(page.Headers.GetValues("Content-Security-Policy"));
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("style=", html, StringComparison.Ordinal);
        Assert.DoesNotContain("{{", html, StringComparison.Ordinal);
        Assert.DoesNotMatch("<script(?![^>]* src=)", html);
    }

    [Theory]
    [InlineData("phones.js", "text/javascript")]
    [InlineData("handset.js", "text/javascript")]
    [InlineData("sound.js", "text/javascript")]
    [InlineData("phones.css", "text/css")]
    public async Task has_its_files_and_they_are_cached(string name, string type)
    {
        await using var world = await World.StartAsync();

        using var file = await world.Api.GetAsync($"{world.Url}/simulator/assets/{name}");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{world.Url}/simulator/assets/{name}");
        request.Headers.IfNoneMatch.Add(file.Headers.ETag!);
        using var again = await world.Api.SendAsync(request);

        Assert.Equal((HttpStatusCode.OK, type), (file.StatusCode, file.Content.Headers.ContentType!.MediaType));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    [Fact]
    public async Task is_told_when_a_phone_starts_and_stops_ringing()
    {
        await using var world = await World.StartAsync();
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        await using var stream = await world.Api.GetStreamAsync("events", deadline.Token);
        using var reader = new StreamReader(stream);

        var first = await NextAsync("phones", _ => true);
        await world.CallAsync();
        var ringing = await NextAsync("phone", p => string.Equals(p.GetProperty("state").GetString(), "ringing", StringComparison.Ordinal));
        await world.DoAsync("decline");
        var idle = await NextAsync("phone", p => string.Equals(p.GetProperty("state").GetString(), "idle", StringComparison.Ordinal));

        Assert.Equal(["Ana Souza", "Bruno Lima"], first.GetProperty("phones").EnumerateArray().Select(p => p.GetProperty("name").GetString()));
        Assert.Equal(World.Ana, ringing.GetProperty("number").GetString());
        Assert.Equal("declined", Assert.Single(idle.GetProperty("past").EnumerateArray()).GetProperty("outcome").GetString());

        async Task<JsonElement> NextAsync(string name, Func<JsonElement, bool> wanted)
        {
            while (true)
            {
                var line = await reader.ReadLineAsync(deadline.Token) ?? throw new EndOfStreamException();
                if (!string.Equals(line, $"event: {name}", StringComparison.Ordinal)) continue;
                var value = JsonSerializer.Deserialize<JsonElement>((await reader.ReadLineAsync(deadline.Token))!["data: ".Length..]);
                if (wanted(value)) return value;
            }
        }
    }

    [Fact]
    public async Task of_another_site_cannot_use_the_phones()
    {
        await using var world = await World.StartAsync();
        world.Api.DefaultRequestHeaders.Add("Sec-Fetch-Site", "cross-site");

        using var answer = await world.DoAsync("answer");

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1", false, 200)]
    [InlineData("192.0.2.7", "192.0.2.1", false, 403)]
    [InlineData("192.0.2.1", "192.0.2.1", false, 403)]
    [InlineData("192.0.2.7", "192.0.2.1", true, 200)]
    public async Task from_another_machine_is_refused_unless_allowed(string remote, string local, bool allowed, int expected)
    {
        var gate = new SimulatorGate(Options.Create(new SimulatorOptions { AllowRemote = allowed }));
        var http = new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse(remote), LocalIpAddress = IPAddress.Parse(local) } };

        var result = await gate.InvokeAsync(EndpointFilterInvocationContext.Create(http), _ => new ValueTask<object?>(Results.Ok()));

        Assert.Equal(expected, ((IStatusCodeHttpResult)result!).StatusCode);
    }
}
