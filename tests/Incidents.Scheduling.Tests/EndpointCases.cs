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

/// <summary>The module alone behind a real listener; everybody is an observer unless the header says nobody.</summary>
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
                context.SetActor(new Actor("tiina", Role.Observer, "api"));
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
