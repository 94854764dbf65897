using System.Net;
using Incidents.Contracts.Messages;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Paging.Channels.Twilio;
using Incidents.Paging.Model;
using Incidents.Persistence;
using Incidents.Persistence.Bus;
using Incidents.Persistence.Incidents;
using Incidents.Persistence.Storage;
using Incidents.Persistence.Transactions;
using Incidents.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;
using Kind = Incidents.TestKit.Database;
using Store = Incidents.Persistence.Storage.Database;

namespace Incidents.Paging.Tests;

/// <summary>Paging on a real database, real message rows and a vendor over real HTTP; the clock stands still until it is moved.</summary>
internal sealed class PagingApp : IAsyncDisposable
{
    public const string Token = "secret-auth-token";
    public const string From = "+15005550006";

    private readonly TestShape shape;
    private readonly bool ownsShape;
    private readonly WebApplication app;
    private long numbers = 100;

    private PagingApp(TestShape shape, bool ownsShape, FakeTimeProvider time, FakeTwilio vendor, FakeOrganisation organisation, WebApplication app)
    {
        this.shape = shape;
        this.ownsShape = ownsShape;
        this.app = app;
        Time = time;
        Vendor = vendor;
        Organisation = organisation;
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(app.Urls.First()) };
    }

    public FakeTimeProvider Time { get; }
    public FakeTwilio Vendor { get; }
    public FakeOrganisation Organisation { get; }
    public HttpClient Http { get; }
    public IServiceProvider Services => app.Services;
    public FakeActions Actions => (FakeActions)app.Services.GetRequiredService<IIncidentActions>();
    public TestShape Shape => shape;

    public static async Task<PagingApp> Start(Kind kind, Dictionary<string, string?>? settings = null, bool consumes = true, ILoggerProvider? logs = null)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
        var fresh = await TestShape.CreateAsync(kind);
        return await Start(fresh, ownsShape: true, time, await FakeTwilio.Start(time), new FakeOrganisation(), settings, consumes, logs);
    }

    /// <summary>Another process on the same database, vendor and clock.</summary>
    public Task<PagingApp> Second(Dictionary<string, string?>? settings = null) => Start(shape, ownsShape: false, Time, Vendor, Organisation, settings, consumes: true);

    private static async Task<PagingApp> Start(TestShape storage, bool ownsShape, FakeTimeProvider time, FakeTwilio vendor, FakeOrganisation organisation, Dictionary<string, string?>? settings, bool consumes, ILoggerProvider? logs = null)
    {
        var port = FreePort.Take();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        if (logs is not null)
            builder.Logging.AddProvider(logs).SetMinimumLevel(LogLevel.Trace);
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, port));
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["PublicUrl"] = $"http://127.0.0.1:{port}",
            ["DataDirectory"] = storage.Folder.Path,
            ["Paging:Twilio:ApiBaseUrl"] = vendor.Url,
            ["Paging:Twilio:AccountSid"] = "AC0001",
            ["Paging:Twilio:AuthToken"] = Token,
            ["Paging:Twilio:From"] = From,
            ["Paging:Twilio:RatePerSecond"] = "100000",
            ["Paging:Twilio:Timeout"] = "00:00:05",
        });
        builder.Configuration.AddInMemoryCollection(settings ?? []);
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddSingleton<IOrganisation>(organisation);
        builder.Services.AddSingleton<IIncidentActions, FakeActions>();
        // What commands need beyond this module; nothing here asks them.
        builder.Services.AddSingleton(Unused.Of<IIncidentDesk>()).AddSingleton(Unused.Of<IOrganisationEditor>()).AddSingleton(Unused.Of<ISwapRequests>()).AddSingleton(Unused.Of<IShifts>()).AddSingleton(Unused.Of<IIncidentRights>());
        builder.Services.AddPaging(builder.Configuration, consumes);
        builder.Services.AddPersistence(storage.Database == Kind.Postgres ? StorageProvider.Postgres : StorageProvider.Sqlite, storage.ConnectionString, new BusOptions());
        builder.Services.Configure<StorageOptions>(o => o.CorrectClock = false);
        var built = builder.Build();
        built.Use((http, next) =>
        {
            if (http.Request.Headers.Authorization.ToString() == "Bearer observer")
                http.SetActor(new Actor("olga", Role.Observer, "api"));
            if (http.Request.Headers.Authorization.ToString() == "Bearer manager")
                http.SetActor(new Actor("mara", Role.Manager, "api"));
            if (http.Request.Headers.Authorization.ToString() is ['B', 'e', 'a', 'r', 'e', 'r', ' ', 'a', 's', ':', .. var login])
                http.SetActor(new Actor(login, Role.Responder, "api"));
            return next(http);
        });
        built.MapPaging();
        var store = built.Services.GetRequiredService<Store>();
        if (ownsShape)
            await CreateTables(store);
        await built.StartAsync();
        return new PagingApp(storage, ownsShape, time, vendor, organisation, built);
    }

    private static async Task CreateTables(Store store)
    {
        await using var db = store.CreateContext();
        await Tables.CreateAsync(db.Database.GetDbConnection(), "paging", db.Database.GenerateCreateScript);
        await db.Database.ExecuteSqlRawAsync(store.IsSqlite
            ? "create table config_state (version integer); insert into config_state values (1);"
            : "create schema config; create table config.state (version bigint); insert into config.state values (1);");
    }

    public Task<T> Run<T>(Func<Work, Task<T>> body) => Services.GetRequiredService<WorkRunner>().Run(body, CancellationToken.None);

    public Task Run(Action<Work> body) => Run(work =>
    {
        body(work);
        return Task.FromResult(true);
    });

    /// <summary>An incident whose escalation runs in episode 1.</summary>
    public async Task<Incident> Open(string title = "Disk full", int poolRank = 1)
    {
        var number = Interlocked.Increment(ref numbers);
        var now = Instant.FromDateTimeOffset(Time.GetUtcNow());
        var incident = new Incident
        {
            Number = number, Id = Guid.NewGuid(), Title = title, Service = "checkout", Status = IncidentStatus.Triggered, Severity = Severity.Sev1, Pool = "A",
            PoolRank = poolRank, OpenedAt = now, PagingStartsAt = now, LastActivityAt = now, Episode = 1, Step = 1, Level = 0,
        };
        await Run(work => work.Db.Incidents.Add(incident));
        return incident;
    }

    public static PageRequested Request(Incident i, int step, bool high, params string[] people)
        => new(i.Id, i.Number, i.Title, i.Service, "SEV1", high, i.PoolRank, step, i.Episode, 1, 0, people);

    public Task Page(Incident i, params string[] people) => Page(i, 1, people);

    public Task Page(Incident i, int step, params string[] people) => Run(work => work.Send(Request(i, step, high: true, people)));

    /// <summary>As Escalation does it: state and stop in one transaction.</summary>
    public Task Acknowledge(Incident i, string by) => Actions.Change(i.Id, IncidentStatus.Acknowledged, by);

    public async Task<List<Attempt>> Attempts(Guid? incident = null)
    {
        await using var db = Services.GetRequiredService<Store>().CreateContext();
        return await db.Set<Attempt>().AsNoTracking().Where(a => incident == null || a.Incident == incident).OrderBy(a => a.CreatedAt).ThenBy(a => a.Ordinal).ToListAsync();
    }

    public async Task<List<TimelineEntry>> Timeline(long number)
    {
        await using var db = Services.GetRequiredService<Store>().CreateContext();
        return await db.Timeline.AsNoTracking().Where(t => t.Incident == number).OrderBy(t => t.Id).ToListAsync();
    }

    /// <summary>Bodies of messages of a type that stand in the database: nobody consumes escalation here.</summary>
    public async Task<List<string>> Sent(string type)
    {
        var store = Services.GetRequiredService<Store>();
        await using var connection = await store.Open(CancellationToken.None);
        await using var command = connection.CreateCommand();
        command.CommandText = $"select body from {store.Table("platform", "messages")} where type = '{type}' order by seq";
        await using var reader = await command.ExecuteReaderAsync();
        var bodies = new List<string>();
        while (await reader.ReadAsync())
            bodies.Add(System.Text.Encoding.UTF8.GetString((byte[])reader.GetValue(0)));
        return bodies;
    }

    /// <summary>Posts a callback as the vendor does, signed.</summary>
    public Task<HttpResponseMessage> Callback(string pathAndQuery, Dictionary<string, string> form, string token = Token)
    {
        var url = Http.BaseAddress!.ToString().TrimEnd('/') + pathAndQuery;
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Add(TwilioSignature.Header, TwilioSignature.Of(token, url, form));
        return Http.SendAsync(request);
    }

    public Task<HttpResponseMessage> Status(Guid attempt, string status, string? sid = null)
    {
        var call = Vendor.Taken.FirstOrDefault(t => t.Attempt == attempt);
        var isCall = call?.Kind != "Messages";
        return Callback($"/callbacks/twilio/status?attempt={attempt}", new(StringComparer.Ordinal)
        {
            [isCall ? "CallSid" : "MessageSid"] = sid ?? call?.Sid ?? "CA0",
            [isCall ? "CallStatus" : "MessageStatus"] = status,
        });
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        if (!ownsShape)
            return;
        await Vendor.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        await shape.DisposeAsync();
    }
}
