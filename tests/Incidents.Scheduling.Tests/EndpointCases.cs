using System.Net;
using System.Text.Json;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Incidents.Scheduling.Tests;

/// <summary>The module alone behind a real listener; everybody is a responder unless the header says nobody.</summary>
public sealed class ScheduleApi : IAsyncLifetime
{
    private WebApplication app = null!;

    public HttpClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(new Clock(new FakeTimeProvider(new DateTimeOffset(2026, 12, 24, 16, 0, 0, TimeSpan.Zero))));
        builder.Services.AddSingleton<IOrganisation, FixedOrganisation>();
        builder.Services.AddScheduling();
        app = builder.Build();
        app.Use((context, next) =>
        {
            if (!context.Request.Headers.ContainsKey("X-Nobody"))
                context.SetActor(new Actor("tiina", Role.Responder, "api"));
            return next(context);
        });
        app.MapScheduling();
        await app.StartAsync(TestContext.Current.CancellationToken);
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
    }

    private sealed class FixedOrganisation : IOrganisation
    {
        public OrganisationSnapshot Current => ExampleOrganisation.Snapshot;

        public ValueTask<OrganisationSnapshot> Fresh(CancellationToken cancellationToken) => new(Current);

        public ValueTask<OrganisationSnapshot> AtLeast(long version, CancellationToken cancellationToken) => new(Current);
    }
}

public class Schedule_api(ScheduleApi api) : IClassFixture<ScheduleApi>
{
    [Fact]
    public async Task says_who_is_on_call_why_and_until_when()
    {
        var items = await Items("/api/v1/oncall?schedule=payments");

        Assert.Equal(
            """
            {"schedule":"payments","team":"payments","pool":"A","position":"primary","people":["ana"],"from":"2026-12-24T15:00:00Z","until":"2026-12-25T12:00:00Z","why":{"kind":"override","name":"family"}}
            {"schedule":"payments","team":"payments","pool":"A","position":"secondary","people":["bruno"],"from":"2026-12-24T15:00:00Z","until":"2026-12-25T12:00:00Z","why":{"kind":"layer","name":"shadow"}}
            """,
            string.Join('\n', items));
    }

    [Theory]
    [InlineData("", "first-line kitchen payments payments")]
    [InlineData("?pool=B", "first-line kitchen")]
    [InlineData("?service=reports", "kitchen")]
    [InlineData("?service=checkout&pool=B", "")]
    [InlineData("?at=2020-01-01T00:00:00Z&pool=A", "payments payments")]
    public async Task answers_for_what_the_filters_leave(string query, string schedules)
        => Assert.Equal(schedules, string.Join(' ', (await Items("/api/v1/oncall" + query)).Select(i => JsonDocument.Parse(i).RootElement.GetProperty("schedule").GetString())));

    [Fact]
    public async Task shows_a_gap_with_nobody_in_it()
    {
        var items = await Items("/api/v1/oncall?at=2026-01-05T09:30:00%2B02:00&schedule=kitchen");
        var before = await Items("/api/v1/oncall?at=2025-06-01T09:30:00%2B02:00&schedule=kitchen");

        Assert.Contains("\"juri\"", Assert.Single(items), StringComparison.Ordinal);
        Assert.Contains("\"people\":[],\"from\":null,\"until\":\"2026-01-05T07:00:00Z\",\"why\":{\"kind\":\"gap\",\"name\":null}", Assert.Single(before), StringComparison.Ordinal);
    }

    [Fact]
    public async Task lists_shifts_cut_to_the_interval()
    {
        var items = await Items("/api/v1/schedules/kitchen/shifts?from=2026-12-24T00:00:00Z&to=2026-12-26T00:00:00Z");

        Assert.Equal(3, items.Length);
        Assert.Contains("\"from\":\"2026-12-24T00:00:00Z\",\"until\":\"2026-12-24T07:00:00Z\"", items[0], StringComparison.Ordinal);
        Assert.Contains("\"from\":\"2026-12-25T07:00:00Z\",\"until\":\"2026-12-26T00:00:00Z\"", items[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task lists_only_gaps()
    {
        var gap = Assert.Single(await Items("/api/v1/schedules/kitchen/gaps?from=2026-01-04T00:00:00Z&to=2026-02-01T00:00:00Z"));

        Assert.Contains("\"people\":[],\"from\":\"2026-01-04T00:00:00Z\",\"until\":\"2026-01-05T07:00:00Z\",\"why\":{\"kind\":\"gap\",\"name\":null}", gap, StringComparison.Ordinal);
        Assert.Empty(await Items("/api/v1/schedules/kitchen/gaps"));
    }

    [Fact]
    public async Task tells_a_person_what_runs_and_what_comes_next()
    {
        var text = await api.Client.GetStringAsync("/api/v1/people/maarja/shifts?from=2026-12-25T12:00:00Z&to=2026-12-29T00:00:00Z", TestContext.Current.CancellationToken);
        var body = JsonDocument.Parse(text).RootElement;

        // It is the 24th, 16:00 UTC: ana stands in for her until the 25th at noon.
        Assert.Empty(body.GetProperty("current").EnumerateArray());
        Assert.Equal("2026-12-25T12:00:00Z", body.GetProperty("next").GetProperty("from").GetString());
        Assert.Equal("layer", body.GetProperty("next").GetProperty("why").GetProperty("kind").GetString());
        Assert.All(body.GetProperty("items").EnumerateArray(), i => Assert.Contains("maarja", i.GetProperty("people").EnumerateArray().Select(p => p.GetString())));

        var ana = JsonDocument.Parse(await api.Client.GetStringAsync("/api/v1/people/ana/shifts", TestContext.Current.CancellationToken)).RootElement;
        Assert.Equal("override", Assert.Single(ana.GetProperty("current").EnumerateArray()).GetProperty("why").GetProperty("kind").GetString());
    }

    [Fact]
    public async Task proposes_layers_that_follow_the_sun()
    {
        using var answer = await Post("""{"sites":[{"name":"tallinn","zone":"Europe/Tallinn","people":["maarja","juri"]},{"name":"sp","zone":"America/Sao_Paulo","people":["ana","bruno"]}],"start":"2027-01-04"}""");
        var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;

        Assert.Equal(200, (int)answer.StatusCode);
        Assert.True(body.GetProperty("proof").GetProperty("covered").GetBoolean());
        Assert.Equal(
            """{"name":"tallinn","position":"primary","level":20,"zone":"Europe/Tallinn","start":"2027-01-04T05:00","turn":"1w","slots":[["maarja"],["juri"]],"windows":[{"from":"05:00","to":"17:00"}]}""",
            body.GetProperty("layers")[0].GetRawText());
        Assert.Equal("""{"name":"tallinn-secondary","position":"secondary","level":20,"nextInOrderOf":"tallinn"}""", body.GetProperty("layers")[1].GetRawText());
    }

    [Theory]
    [InlineData("", 400, "")]
    [InlineData("{", 400, "")]
    [InlineData("{}", 422, "sites")]
    [InlineData("""{"sites":[{"name":"a","zone":"Nowhere","people":["ana"]},{"name":"b","zone":"Etc/UTC","people":["juri"]}]}""", 422, "sites[0].zone")]
    [InlineData("""{"sites":[{"name":"a","zone":"Etc/UTC","people":["ana"]},{"name":"b","zone":"Etc/UTC","people":[]}]}""", 422, "sites[1].people")]
    [InlineData("""{"sites":[{"name":"a","zone":"Etc/UTC","people":["ana"]},{"name":"b","zone":"Etc/UTC","people":["zoe"]}]}""", 422, "sites[1].people")]
    [InlineData("""{"sites":[{"name":"a","zone":"Etc/UTC","people":["ana"]},{"name":"b","zone":"Etc/UTC","people":["ana"]}]}""", 422, "sites")]
    [InlineData("""{"sites":[{"name":"a","zone":"Etc/UTC","people":["ana"],"from":"9"},{"name":"b","zone":"Etc/UTC","people":["juri"]}]}""", 422, "sites[0].from")]
    [InlineData("""{"sites":[{"name":"a","zone":"Etc/UTC","people":["ana"],"from":"09:00","to":"18:00"},{"name":"b","zone":"Etc/UTC","people":["juri"]}]}""", 422, "sites")]
    [InlineData("""{"sites":[{"name":"a","zone":"Etc/UTC","people":["ana"]},{"name":"b","zone":"Etc/UTC","people":["juri"]}],"turn":"soon"}""", 422, "turn")]
    [InlineData("""{"sites":[{"name":"a","zone":"Etc/UTC","people":["ana"]},{"name":"b","zone":"Etc/UTC","people":["juri"]}],"start":"soon"}""", 422, "start")]
    public async Task says_what_is_wrong_with_sites(string text, int status, string field)
    {
        using var answer = await Post(text);
        var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;

        Assert.Equal(status, (int)answer.StatusCode);
        if (field.Length > 0)
            Assert.Equal(field, Assert.Single(body.GetProperty("errors").EnumerateArray()).GetProperty("path").GetString());
    }

    private Task<HttpResponseMessage> Post(string text)
        => api.Client.PostAsync("/api/v1/schedules/follow-the-sun", new StringContent(text, System.Text.Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);

    [Theory]
    [InlineData("/api/v1/oncall?at=yesterday", 422, "at")]
    [InlineData("/api/v1/oncall?at=1815-06-18T12:00:00Z", 422, "at")]
    [InlineData("/api/v1/oncall?pool=Z", 422, "pool")]
    [InlineData("/api/v1/oncall?schedule=payment", 422, "schedule")]
    [InlineData("/api/v1/oncall?service=", 200, "")]
    [InlineData("/api/v1/oncall?service=web", 422, "service")]
    [InlineData("/api/v1/schedules/kitchen/shifts?from=2026-12-24T00:00:00Z&to=2026-12-24T00:00:00Z", 422, "to")]
    [InlineData("/api/v1/schedules/kitchen/shifts?from=2026-12-24T00:00:00Z&to=2036-12-24T00:00:00Z", 422, "to")]
    [InlineData("/api/v1/schedules/kitchen/shifts?from=x", 422, "from")]
    [InlineData("/api/v1/schedules/nowhere/shifts", 404, "")]
    [InlineData("/api/v1/schedules/nowhere/gaps", 404, "")]
    [InlineData("/api/v1/schedules/kitchen/gaps?to=2020-01-01T00:00:00Z", 422, "to")]
    [InlineData("/api/v1/people/nobody/shifts", 404, "")]
    [InlineData("/api/v1/people/ana/shifts?from=never", 422, "from")]
    public async Task names_the_field_that_is_wrong(string path, int status, string field)
    {
        using var response = await api.Client.GetAsync(path, TestContext.Current.CancellationToken);
        var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;

        Assert.Equal(status, (int)response.StatusCode);
        if (field.Length > 0)
            Assert.Equal(field, Assert.Single(body.GetProperty("errors").EnumerateArray()).GetProperty("path").GetString());
    }

    [Theory]
    [InlineData("/api/v1/oncall")]
    [InlineData("/api/v1/schedules/kitchen/shifts")]
    [InlineData("/api/v1/schedules/kitchen/gaps")]
    [InlineData("/api/v1/people/ana/shifts")]
    public async Task answers_nobody_without_a_key(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "X-Nobody", "1" } } };
        using var response = await api.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    private async Task<string[]> Items(string path)
    {
        var body = JsonDocument.Parse(await api.Client.GetStringAsync(path, TestContext.Current.CancellationToken)).RootElement;
        return [.. body.GetProperty("items").EnumerateArray().Select(i => i.GetRawText())];
    }
}
