using System.Collections.Frozen;
using System.Net;
using System.Text;
using System.Text.Json;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Persistence;
using Incidents.Persistence.Bus;
using Incidents.Persistence.Storage;
using Incidents.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Incidents.Access.Tests;

/// <summary>The module alone behind a real listener, on a fresh database and a clock that the test moves.</summary>
internal sealed class AccessHost : IAsyncDisposable
{
    public const string Token = "test-bootstrap-token-0123456789abcdef";

    private readonly TestShape shape;
    private readonly WebApplication app;

    private AccessHost(TestShape shape, WebApplication app, FakeTimeProvider time, TestOrganisation organisation)
    {
        this.shape = shape;
        this.app = app;
        Time = time;
        Organisation = organisation;
        Address = new Uri(app.Urls.Single());
    }

    public FakeTimeProvider Time { get; }

    public TestOrganisation Organisation { get; }

    public Uri Address { get; }

    public IServiceProvider Services => app.Services;

    public static async Task<AccessHost> Start(TestKit.Database kind = TestKit.Database.Sqlite, bool demo = false, string? token = Token, params (string Key, string Value)[] settings)
    {
        var fresh = await TestShape.CreateAsync(kind);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection([new("Access:BootstrapToken", token), .. settings.Select(s => new KeyValuePair<string, string?>(s.Key, s.Value))]);
        var time = new FakeTimeProvider();
        var organisation = new TestOrganisation();
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddSingleton<IOrganisation>(organisation);
        builder.Services.AddAccess(builder.Configuration.GetSection("Access"), new AccessSurroundings(fresh.Folder.Path, PublicUrl: settings.FirstOrDefault(s => s.Key == "PublicUrl").Value is { } url ? new Uri(url) : null, DemoSignIn: demo, Simulator: true));
        // As secure as it must be costs what the tests have not.
        builder.Services.Configure<Microsoft.AspNetCore.Identity.PasswordHasherOptions>(o => o.IterationCount = 100);
        builder.Services.AddPersistence(kind == TestKit.Database.Sqlite ? StorageProvider.Sqlite : StorageProvider.Postgres, fresh.ConnectionString, new BusOptions());

        // The bus and the sweeper have nothing to do here and would only use the clock.
        foreach (var hosted in builder.Services.Where(s => s.ServiceType == typeof(Microsoft.Extensions.Hosting.IHostedService)).ToList())
        {
            if (hosted.ImplementationType?.FullName?.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) != true)
                builder.Services.Remove(hosted);
        }

        var built = builder.Build();
        built.UseAccess();
        built.MapAccess();
        built.MapGet("/api/v1/lead", (HttpContext context) => context.Actor().Login).RequireRole(Role.Manager);
        built.MapGet("/api/v1/everybodys", (HttpContext context) => context.Actor().Login).RequireRole(Role.Manager, everywhere: true);
        built.MapPost("/api/v1/acknowledge", (HttpContext context) => context.Actor().Login).RequireRole(Role.Responder);
        built.MapPost("/integrations/some-key/generic", () => "accepted");
        await using (var db = built.Services.GetRequiredService<Persistence.Storage.Database>().CreateContext())
            await Tables.CreateAsync(db.Database.GetDbConnection(), "access", db.Database.GenerateCreateScript);
        await built.StartAsync();
        return new AccessHost(fresh, built, time, organisation);
    }

    public async Task<Answer> Send(HttpMethod method, string path, string? key = null, object? body = null, string? cookie = null, params (string Name, string Value)[] headers)
    {
        using var handler = new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { BaseAddress = Address };
        using var request = new HttpRequestMessage(method, path);
        if (key is not null)
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + key);
        if (cookie is not null)
            request.Headers.TryAddWithoutValidation("Cookie", cookie);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        if (body is not null)
            request.Content = body as HttpContent ?? new StringContent(JsonSerializer.Serialize(body, Json.Options), Encoding.UTF8, "application/json");
        using var response = await client.SendAsync(request);
        return new Answer(
            response.StatusCode,
            await response.Content.ReadAsStringAsync(),
            response.Headers.TryGetValues("Set-Cookie", out var set) ? set.OrderBy(c => c.StartsWith("incidents_session", StringComparison.Ordinal) ? 0 : 1).First() : null,
            response.Headers.Location?.OriginalString,
            response.Headers.ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase));
    }

    public Task<Answer> Get(string path, string? key = null, string? cookie = null) => Send(HttpMethod.Get, path, key, cookie: cookie);

    public Task<Answer> SignIn(string field, string value, string target = "/", params (string, string)[] headers)
        => Send(HttpMethod.Post, "/signin", body: new FormUrlEncodedContent([new(field, value), new("return", target)]), headers: headers);

    public Task<Answer> Form(string path, string? cookie, params (string Name, string Value)[] fields)
        => Send(HttpMethod.Post, path, cookie: cookie, body: new FormUrlEncodedContent(fields.Select(f => new KeyValuePair<string, string>(f.Name, f.Value))));

    public Task<Answer> Post(string path, object? body = null, string? key = null, string? cookie = null) => Send(HttpMethod.Post, path, key, body, cookie);

    /// <summary>Invites the person and chooses the password for them.</summary>
    public async Task LetIn(string login, string password)
    {
        var invited = await Post($"/api/v1/people/{login}/invitation", key: Token);
        Assert.Equal(HttpStatusCode.Created, invited.Status);
        var chosen = await Form(new Uri(invited.Json.GetProperty("link").GetString()!).AbsolutePath, null, ("password", password), ("again", password));
        Assert.Equal((HttpStatusCode.SeeOther, "/signin?said=password"), (chosen.Status, chosen.Location));
    }

    /// <summary>The session of a sign-in with a password alone.</summary>
    public async Task<string> Session(string login, string password)
    {
        var entered = await Form("/signin", null, ("login", login), ("password", password), ("return", "/"));
        Assert.Equal((HttpStatusCode.SeeOther, "/"), (entered.Status, entered.Location));
        return entered.Cookie;
    }

    /// <summary>Notices that wait to be sent, oldest first.</summary>
    public async Task<IReadOnlyList<Contracts.Messages.NoticeRequested>> Notices()
    {
        var database = Services.GetRequiredService<Persistence.Storage.Database>();
        await using var connection = await database.Open(CancellationToken.None);
        await using var command = connection.CreateCommand();
        command.CommandText = $"select body from {database.Table("platform", "messages")} where type = 'paging.notice-requested' order by id";
        await using var rows = await command.ExecuteReaderAsync();
        var notices = new List<Contracts.Messages.NoticeRequested>();
        while (await rows.ReadAsync())
            notices.Add(JsonSerializer.Deserialize<Contracts.Messages.NoticeRequested>((byte[])rows[0], Json.Options)!);
        return notices;
    }

    /// <summary>What the audit of access has about somebody, oldest first.</summary>
    public async Task<string> Audit(string login)
    {
        var list = await Get($"/api/v1/audit/access?person={login}", Token);
        return string.Join(' ', list.Json.GetProperty("items").EnumerateArray().Reverse().Select(e => e.GetProperty("action").GetString()));
    }

    /// <summary>Makes a key as the bootstrap admin and returns its secret.</summary>
    public async Task<(string Id, string Key)> MakeKey(object body)
    {
        var made = await Send(HttpMethod.Post, "/api/v1/keys", Token, body);
        Assert.Equal(HttpStatusCode.Created, made.Status);
        return (made.Json.GetProperty("id").GetString()!, made.Json.GetProperty("key").GetString()!);
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await shape.DisposeAsync();
    }
}

internal sealed record Answer(HttpStatusCode Status, string Body, string? SetCookie, string? Location, IReadOnlyDictionary<string, string> Headers)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    /// <summary>The cookie as the browser sends it back.</summary>
    public string Cookie => SetCookie!.Split(';')[0];
}

/// <summary>Ana is a manager, bruno a responder, olga an observer; people can leave.</summary>
internal sealed class TestOrganisation : IOrganisation
{
    public OrganisationSnapshot Current { get; private set; } = With(none,
        Person("ana", "Ana Souza", Role.Manager), Person("bruno", "Bruno Lima", Role.Responder), Person("olga", "Olga <Observer>", Role.Observer));

    public ValueTask<OrganisationSnapshot> Fresh(CancellationToken cancellationToken) => new(Current);

    public ValueTask<OrganisationSnapshot> AtLeast(long version, CancellationToken cancellationToken) => new(Current);

    public void Change(string login, Role role) => Current = With([.. Current.People.Values.Select(p => p.Login == login ? p with { Role = role } : p)]);

    /// <summary>The person's rights are for these teams from now on.</summary>
    public void Scope(string login, params string[] teams) => Current = With([.. Current.People.Values.Select(p => p.Login == login ? p with { Scope = teams } : p)]);

    public void Leave(string login) => Current = With([.. Current.People.Values.Where(p => p.Login != login)]);

    public void Rename(string login, string present)
    {
        var person = Current.People[login] with { Login = present };
        Current = With([.. Current.People.Values.Where(p => p.Login != login), person]);
        former[login] = person;
        Current = With([.. Current.People.Values]);
    }

    public void Join(string login) => Current = With([.. Current.People.Values, Person(login, "Somebody New", Role.Admin)]);

    private static Person Person(string login, string name, Role role)
        => new(login, name, login == "olga" ? null : login + "@example.com", null, null, null, "en", role, [], new NotifyRules([], null), [], []);

    private static readonly Dictionary<string, Person> none = [];

    private readonly Dictionary<string, Person> former = [];

    private OrganisationSnapshot With(params Person[] people) => With(former, people);

    private static OrganisationSnapshot With(Dictionary<string, Person> former, params Person[] people)
    {
        var empty = OrganisationSnapshot.Empty;
        return new OrganisationSnapshot
        {
            Version = 1,
            Calendars = empty.Calendars,
            People = people.ToFrozenDictionary(p => p.Login),
            Teams = empty.Teams,
            Pools = empty.Pools,
            Schedules = empty.Schedules,
            ScheduleHistory = empty.ScheduleHistory,
            Overrides = empty.Overrides,
            Policies = empty.Policies,
            Services = empty.Services,
            FirstLineSchedule = null,
            TriageRules = [],
            Integrations = empty.Integrations,
            IntegrationsByKey = empty.IntegrationsByKey,
            FormerPeople = former.ToFrozenDictionary(),
            PeopleByPhone = empty.PeopleByPhone,
        };
    }
}
