using System.Net;
using System.Text;
using System.Text.Json;
using Incidents.Configuration;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Persistence;
using Incidents.Persistence.Bus;
using Incidents.Persistence.Storage;
using Incidents.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Kind = Incidents.TestKit.Database;
using Store = Incidents.Persistence.Storage.Database;

namespace Incidents.Scheduling.Tests;

/// <summary>
/// Scheduling and Configuration on a real database behind a real listener; the clock stands still until it is moved. ana, bruno and carla take turns of a day
/// at payments (UTC, from 09:00), dora is qualified too, mara is a manager. Notices stay as rows: nobody consumes paging here.
/// </summary>
internal sealed class Office : IAsyncDisposable
{
    private readonly TestShape shape;
    private readonly bool owns;
    private readonly WebApplication app;

    private Office(TestShape shape, bool owns, StandingClock time, WebApplication app)
    {
        this.shape = shape;
        this.owns = owns;
        this.app = app;
        Time = time;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public StandingClock Time { get; }
    public HttpClient Http { get; }
    public IServiceProvider Services => app.Services;
    public Instant Now => Instant.FromDateTimeOffset(Time.GetUtcNow());

    public const string Document = """
        version: 1
        people:
          - { login: ana, name: Ana Souza, email: ana@example.com, role: responder, zone: Europe/Tallinn }
          - { login: bruno, name: Bruno Lima, email: bruno@example.com, role: responder }
          - { login: carla, name: Carla, role: responder }
          - { login: dora, name: Dora, role: responder, qualifiedFor: [payments] }
          - { login: eve, name: Eve, role: responder }
          - { login: mara, name: Mara, role: manager }
        teams:
          - { name: payments, lead: mara, members: [ana, bruno, carla] }
        pools:
          - { name: A, rank: 1, mtta: 5m, policy: calm }
        policies:
          - { name: calm, levels: [{ page: [{ person: mara }], timeout: 1h }], repeat: 0, lastResort: { page: [{ roster: own }], every: 1h } }
        schedules:
          - { name: payments, team: payments, pool: A, zone: UTC, layers: [{ name: daily, position: primary, start: 2026-01-06T09:00, turn: 1d, slots: [[ana], [bruno], [carla]] }] }
        services:
          - { name: checkout, team: payments, pool: A, schedule: payments }
        """;

    public static async Task<Office> Start(Kind kind, string? document = null)
    {
        var fresh = await TestShape.CreateAsync(kind);
        // A Monday: bruno's day began at 09:00; carla's is the 3rd, ana's the 4th.
        var office = await Start(fresh, owns: true, new StandingClock(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero)));
        await office.Apply(document ?? Document);
        return office;
    }

    /// <summary>Another process on the same database and clock.</summary>
    public Task<Office> Second() => Start(shape, owns: false, Time);

    private static async Task<Office> Start(TestShape shape, bool owns, StandingClock time)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection([new("PublicUrl", "https://incidents.example")]);
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddConfiguration();
        builder.Services.AddScheduling(consumes: true);
        builder.Services.AddPersistence(shape.Database == Kind.Postgres ? StorageProvider.Postgres : StorageProvider.Sqlite, shape.ConnectionString, new BusOptions());
        builder.Services.Configure<StorageOptions>(o => o.CorrectClock = false);
        builder.Services.ConfigureHttpJsonOptions(o => Json.Configure(o.SerializerOptions));
        var built = builder.Build();
        built.Use((http, next) =>
        {
            if (http.Request.Headers.TryGetValue("X-As", out var caller))
            {
                var (login, teams) = caller.ToString().Split('@') is [var name, var scope] ? (name, scope.Split('+')) : (caller.ToString(), null);
                http.SetActor(new Actor(login, login == "admin" ? Role.Admin : login == "mara" ? Role.Manager : login == "olga" ? Role.Observer : Role.Responder, "api") { Teams = teams });
            }
            return next(http);
        });
        built.MapConfiguration();
        built.MapScheduling();
        if (owns)
        {
            await using var db = built.Services.GetRequiredService<Store>().CreateContext();
            await Tables.CreateAsync(db.Database.GetDbConnection(), "scheduling", db.Database.GenerateCreateScript);
        }
        await built.StartAsync(TestContext.Current.CancellationToken);
        await built.Services.GetRequiredService<IOrganisation>().Fresh(TestContext.Current.CancellationToken);
        return new Office(shape, owns, time, built);
    }

    public async Task Apply(string document)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/v1/config") { Content = new StringContent(document, Encoding.UTF8, "application/yaml"), Headers = { { "X-As", "admin" } } };
        using var answer = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public async Task<(HttpStatusCode Status, JsonElement Body)> Send(HttpMethod method, string path, string login, object? body = null, string? type = null, string? key = null)
    {
        using var request = new HttpRequestMessage(method, path) { Headers = { { "X-As", login } } };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        if (body is string text)
            request.Content = new StringContent(text, Encoding.UTF8, type ?? "application/json");
        else if (body is not null)
            request.Content = new StringContent(JsonSerializer.Serialize(body, Json.Options), Encoding.UTF8, "application/json");
        using var answer = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        var content = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return (answer.StatusCode, content.Length == 0 ? default : JsonDocument.Parse(content).RootElement);
    }

    /// <param name="login"><c>mara@kitchen</c>: her rights are for the kitchen only.</param>
    public Task<(HttpStatusCode Status, JsonElement Body)> Post(string path, string login, object? body = null, string? type = null) => Send(HttpMethod.Post, path, login, body, type);

    public Task<(HttpStatusCode Status, JsonElement Body)> Get(string path, string login = "olga") => Send(HttpMethod.Get, path, login);

    /// <summary>Who is primary of payments at an instant, as the API says.</summary>
    public async Task<string> OnCall(string at)
        => string.Join('+', (await Get($"/api/v1/oncall?schedule=payments&at={at}")).Body.GetProperty("items").EnumerateArray()
            .Where(i => i.GetProperty("position").GetString() == "primary").SelectMany(i => i.GetProperty("people").EnumerateArray()).Select(p => p.GetString()));

    /// <summary>Notices that were asked for, as "person key-without-ids: subject", in order.</summary>
    public async Task<List<(string Person, string Key, string Subject, string Text)>> Notices()
    {
        var store = Services.GetRequiredService<Store>();
        await using var connection = await store.Open(CancellationToken.None);
        await using var command = connection.CreateCommand();
        command.CommandText = $"select body from {store.Table("platform", "messages")} where type = 'paging.notice-requested' order by seq";
        await using var reader = await command.ExecuteReaderAsync();
        var found = new List<(string, string, string, string)>();
        while (await reader.ReadAsync())
        {
            var body = JsonDocument.Parse((byte[])reader.GetValue(0)).RootElement;
            found.Add((body.GetProperty("person").GetString()!, body.GetProperty("key").GetString()!, body.GetProperty("subject").GetString()!, body.GetProperty("text").GetString()!));
        }
        return found;
    }

    /// <summary>Moves the clock in steps until it is so.</summary>
    public Task Drive(TimeSpan step, Func<Task<bool>> until) => Eventually.True(async () =>
    {
        if (await until())
            return true;
        Time.Advance(step);
        return await until();
    }, "it happens as time passes", cancel: TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        if (!owns)
            return;
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        await shape.DisposeAsync();
    }
}

/// <summary>
/// Says the time that the test says, while what sleeps sleeps in real time: a jump over days costs nothing, however often something looks at the clock
/// meanwhile, and what is due is found at the next look.
/// </summary>
internal sealed class StandingClock(DateTimeOffset start) : TimeProvider
{
    private long ticks = start.UtcTicks;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref ticks), TimeSpan.Zero);

    public void Advance(TimeSpan by) => Interlocked.Add(ref ticks, by.Ticks);

    public void AdvanceTo(DateTimeOffset target) => Interlocked.Exchange(ref ticks, target.UtcTicks);
}
