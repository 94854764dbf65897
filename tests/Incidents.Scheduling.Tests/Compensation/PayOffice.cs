using System.Net;
using System.Text.Json;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Persistence;
using Incidents.Persistence.Bus;
using Incidents.Persistence.Incidents;
using Incidents.Persistence.Storage;
using Incidents.Scheduling.Compensation;
using Incidents.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Kind = Incidents.TestKit.Database;
using Store = Incidents.Persistence.Storage.Database;

namespace Incidents.Scheduling.Tests.Compensation;

/// <summary>The module on a real database behind a real listener; the organisation and the clock are in the test's hand, the caller is in a header.</summary>
internal sealed class PayOffice : IAsyncDisposable
{
    private readonly TestShape shape;
    private readonly WebApplication app;
    private readonly Moving organisation;
    private long entries;

    private PayOffice(TestShape shape, WebApplication app, Moving organisation, FakeTimeProvider time)
    {
        this.shape = shape;
        this.app = app;
        this.organisation = organisation;
        Time = time;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        Http.DefaultRequestHeaders.Add("X-Caller", "mia manager");
    }

    public FakeTimeProvider Time { get; }
    public HttpClient Http { get; }
    public PayBook Book => app.Services.GetRequiredService<PayBook>();

    /// <param name="now">What the clock shows, by default the fourth of January 2027.</param>
    public static async Task<PayOffice> Open(Kind kind, PayScene scene, string now = "2027-01-04T12:00Z")
    {
        var storage = await TestShape.CreateAsync(kind);
        var clock = new FakeTimeProvider(Given.At(now).ToDateTimeOffset());
        var moving = new Moving { Current = scene.Build() };
        var port = FreePort.Take();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, port));
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddSingleton<IOrganisation>(moving);
        builder.Services.AddScheduling();
        builder.Services.AddPersistence(kind == Kind.Postgres ? StorageProvider.Postgres : StorageProvider.Sqlite, storage.ConnectionString, new BusOptions());
        builder.Services.Configure<StorageOptions>(o => o.CorrectClock = false);
        var built = builder.Build();
        built.Use((http, next) =>
        {
            if (http.Request.Headers["X-Caller"].ToString().Split(' ') is [var login, var role])
                http.SetActor(new Actor(login, Enum.Parse<Role>(role, ignoreCase: true), "api"));
            return next(http);
        });
        built.MapScheduling();
        var store = built.Services.GetRequiredService<Store>();
        await using (var db = store.CreateContext())
        {
            await Tables.CreateAsync(db.Database.GetDbConnection(), "pay", db.Database.GenerateCreateScript);
            await db.Database.ExecuteSqlRawAsync(store.IsSqlite
                ? "create table config_state (version integer); insert into config_state values (1);"
                : "create schema config; create table config.state (version bigint); insert into config.state values (1);");
        }

        await built.StartAsync();
        var office = new PayOffice(storage, built, moving, clock);
        foreach (var story in scene.Stories)
            await office.Happened(story);
        return office;
    }

    public void Change(PayScene scene) => organisation.Current = scene.Build();

    /// <summary>Writes an incident and its story, or what was added to it.</summary>
    public async Task Happened(IncidentStory story)
    {
        await using var db = app.Services.GetRequiredService<Store>().CreateContext();
        var incident = await db.Incidents.AsTracking().SingleOrDefaultAsync(i => i.Number == story.Number);
        if (incident is null)
            db.Add(incident = new Incident { Number = story.Number, Id = Guid.NewGuid(), Title = "told", Service = story.Service, Pool = story.Pool, OpenedAt = story.Entries[0].At, LastActivityAt = story.Entries[0].At });
        var last = story.Entries[^1];
        (incident.Status, incident.ResolvedAt) = last.Kind == TimelineKinds.Resolved ? (IncidentStatus.Resolved, last.At) : (IncidentStatus.Acknowledged, (Instant?)null);
        await db.Timeline.Where(t => t.Incident == story.Number).ExecuteDeleteAsync();
        db.AddRange(story.Entries.Select(e => new TimelineEntry { Id = ++entries, Incident = story.Number, At = e.At, Kind = e.Kind, Actor = e.Actor }));
        await db.SaveChangesAsync();
    }

    /// <summary>What retention does to an incident.</summary>
    public async Task Forget(long incident)
    {
        await using var db = app.Services.GetRequiredService<Store>().CreateContext();
        await db.Timeline.Where(t => t.Incident == incident).ExecuteDeleteAsync();
        await db.Incidents.Where(i => i.Number == incident).ExecuteDeleteAsync();
    }

    public async Task<JsonElement> Get(string path) => await Json(await Http.GetAsync("/api/v1/pay" + path));

    public async Task<JsonElement> Post(string path, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/pay" + path);
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return await Json(await Http.SendAsync(request));
    }

    /// <summary>The status of an answer to a caller such as <c>ana responder</c>; null: nobody.</summary>
    public async Task<int> StatusOf(string method, string path, string? caller = "mia manager", string? body = null, string? ifMatch = null)
    {
        using var client = new HttpClient { BaseAddress = Http.BaseAddress };
        using var request = new HttpRequestMessage(new HttpMethod(method), "/api/v1/pay" + path);
        if (caller is not null)
            request.Headers.Add("X-Caller", caller);
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        if (body is not null)
            request.Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await client.SendAsync(request);
        return (int)response.StatusCode;
    }

    public static string[] Totals(JsonElement answer, string name = "totals")
        => [.. answer.GetProperty(name).EnumerateArray().Select(t => $"{t.GetProperty("amount").GetString()} {t.GetProperty("currency").GetString()}")];

    /// <summary>Lines of a statement's answer: name and amount.</summary>
    public static string[] Lines(JsonElement answer)
        => [.. answer.GetProperty("statement").GetProperty("lines").EnumerateArray().Select(l => $"{l.GetProperty("line").GetString()} {l.GetProperty("amount").GetProperty("amount").GetString()}")];

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.DisposeAsync();
        await shape.DisposeAsync();
    }

    private static async Task<JsonElement> Json(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    private sealed class Moving : IOrganisation
    {
        public OrganisationSnapshot Current { get; set; } = OrganisationSnapshot.Empty;

        public ValueTask<OrganisationSnapshot> Fresh(CancellationToken cancellationToken) => new(Current);

        public ValueTask<OrganisationSnapshot> AtLeast(long version, CancellationToken cancellationToken) => new(Current);
    }
}
