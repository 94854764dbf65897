using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Persistence;
using Incidents.Persistence.Bus;
using Incidents.Persistence.Incidents;
using Incidents.Persistence.Storage;
using Incidents.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Incidents.Scheduling.Tests.Limits;

/// <summary>The module behind a real listener on a fresh database; the header <c>X-Role</c> says who asks, a manager by default.</summary>
internal sealed class LimitsHost : IAsyncDisposable, IOrganisation, IOrganisationEditor
{
    private readonly TestShape shape;
    private readonly WebApplication app;

    private LimitsHost(TestShape shape, OrganisationSnapshot organisation, string now)
    {
        this.shape = shape;
        Current = organisation;
        Time = new FakeTimeProvider(Given.At(now).ToDateTimeOffset());
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.Services.AddSingleton<IOrganisation>(this);
        builder.Services.AddSingleton<IOrganisationEditor>(this);
        builder.Services.AddScheduling();
        builder.Services.AddTransient<Scheduling.Limits.Nightly.NightlyLint>();
        builder.Services.AddPersistence(shape.Database == TestKit.Database.Sqlite ? StorageProvider.Sqlite : StorageProvider.Postgres, shape.ConnectionString, new BusOptions());
        // What runs by itself is called by the tests.
        foreach (var hosted in builder.Services.Where(s => s.ServiceType == typeof(Microsoft.Extensions.Hosting.IHostedService) && s.ImplementationType?.FullName?.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) != true).ToList())
            builder.Services.Remove(hosted);
        app = builder.Build();
        app.Use((context, next) =>
        {
            var role = Enum.Parse<Role>(context.Request.Headers["X-Role"].FirstOrDefault() ?? "Manager");
            context.SetActor(new Actor("lead", role, "api"));
            return next(context);
        });
        app.MapScheduling();
    }

    public FakeTimeProvider Time { get; }

    public OrganisationSnapshot Current { get; set; }

    /// <summary>What a draft answers.</summary>
    public OrganisationSnapshot? Drafted { get; set; }

    public JsonObject? Draft { get; private set; }

    /// <summary>What an edit answers; none is expected where this is null.</summary>
    public Func<OrganisationEdit, Result<EditOutcome>>? Edited { get; set; }

    public HttpClient Client { get; private set; } = null!;

    public IServiceProvider Services => app.Services;

    public static async Task<LimitsHost> Start(TestKit.Database database, OrganisationSnapshot organisation, string now)
    {
        var host = new LimitsHost(await TestShape.CreateAsync(database), organisation, now);
        await using (var db = host.Context())
            await Tables.CreateAsync(db.Database.GetDbConnection(), "limits", db.Database.GenerateCreateScript);
        await host.app.StartAsync(TestContext.Current.CancellationToken);
        host.Client = new HttpClient { BaseAddress = new Uri(host.app.Urls.Single()) };
        return host;
    }

    public IncidentsDbContext Context() => Services.GetRequiredService<Persistence.Storage.Database>().CreateContext();

    public async Task<JsonElement> Get(string path, int status = 200)
    {
        using var answer = await Client.GetAsync(path, TestContext.Current.CancellationToken);
        return await Read(answer, status);
    }

    public async Task<JsonElement> Send(HttpMethod method, string path, object? body, int status, string role = "Manager")
    {
        using var request = new HttpRequestMessage(method, path) { Headers = { { "X-Role", role } }, Content = body is null ? null : JsonContent.Create(body, options: Json.Options) };
        using var answer = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        return await Read(answer, status);
    }

    /// <summary>An incident with timeline lines <c>(kind, person, at)</c>.</summary>
    public async Task<long> Incident(string openedAt, params (string Kind, string Person, string At)[] lines)
    {
        await using var db = Context();
        var incident = new Incident
        {
            Id = Guid.NewGuid(), Title = "x", Service = "checkout", Pool = "A", Snapshot = "{}", Status = IncidentStatus.Triggered, Severity = Severity.Sev1,
            OpenedAt = Given.At(openedAt), PagingStartsAt = Given.At(openedAt), LastActivityAt = Given.At(openedAt), Version = 1,
        };
        db.Incidents.Add(incident);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        foreach (var (kind, person, at) in lines)
            db.Timeline.Add(new TimelineEntry { Incident = incident.Number, At = Given.At(at), Kind = kind, Actor = kind == TimelineKinds.Acknowledged ? person : "system", Person = kind == TimelineKinds.Acknowledged ? null : person, Text = "" });
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        return incident.Number;
    }

    /// <summary>Bodies of the notices that were sent and not consumed.</summary>
    public async Task<IReadOnlyList<Contracts.Messages.NoticeRequested>> Notices()
    {
        await using var db = Context();
        var bodies = await db.Database.SqlQueryRaw<byte[]>(shape.Database == TestKit.Database.Sqlite
            ? "select body as \"Value\" from platform_messages where type = 'paging.notice-requested' order by seq"
            : "select body as \"Value\" from platform.messages where type = 'paging.notice-requested' order by seq").ToListAsync(TestContext.Current.CancellationToken);
        return [.. bodies.Select(b => JsonSerializer.Deserialize<Contracts.Messages.NoticeRequested>(b, Json.Options)!)];
    }

    public ValueTask<OrganisationSnapshot> Fresh(CancellationToken cancellationToken) => new(Current);

    public ValueTask<OrganisationSnapshot> AtLeast(long version, CancellationToken cancellationToken) => new(Current);

    Task<Result<EditOutcome>> IOrganisationEditor.Edit(OrganisationEdit edit, CancellationToken cancellationToken)
        => Task.FromResult((Edited ?? throw new InvalidOperationException("A preview edits nothing."))(edit));

    Task<Result<EditOutcome>> IOrganisationEditor.EditWithin(object work, OrganisationEdit edit, CancellationToken cancellationToken) => throw new InvalidOperationException("A preview edits nothing.");

    Task<Result<OrganisationSnapshot>> IOrganisationEditor.Draft(OrganisationEdit edit, CancellationToken cancellationToken)
    {
        Draft = edit.Body;
        return Task.FromResult<Result<OrganisationSnapshot>>(Drafted is { } drafted ? drafted : Error.Invalid("schedules[0].zone", "is required."));
    }

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        await app.DisposeAsync();
        await shape.DisposeAsync();
    }

    private static async Task<JsonElement> Read(HttpResponseMessage answer, int status)
    {
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True((int)answer.StatusCode == status, $"{(int)answer.StatusCode}: {text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }
}
