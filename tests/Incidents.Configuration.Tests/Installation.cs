using Database = Incidents.TestKit.Database;
using Incidents.Configuration.Edits;
using Incidents.Configuration.Plan;
using Incidents.Configuration.Storage;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Persistence.Bus;
using Incidents.Persistence.Storage;
using Incidents.Persistence;
using Incidents.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;
using Role = Incidents.Contracts.Organisation.Role;

namespace Incidents.Configuration.Tests;

/// <summary>The module on a real database, its clock in the test's hand, the way it is used by a process; a second process can share the database.</summary>
internal sealed class Installation : IAsyncDisposable
{
    private readonly TestShape? shape;
    private readonly List<WebApplication> webs = [];

    private Installation(TestShape shape, FakeTimeProvider time, bool owner)
    {
        this.shape = owner ? shape : null;
        Time = time;
        Shape = shape;
        var services = new ServiceCollection();
        Register(services);
        Services = services.BuildServiceProvider();
    }

    public TestShape Shape { get; }
    public FakeTimeProvider Time { get; }

    /// <summary>Limits that every change is asked about.</summary>
    public TestGuard Guard { get; } = new();

    public ServiceProvider Services { get; }
    public OrganisationCache Cache => Services.GetRequiredService<OrganisationCache>();
    public OrganisationSnapshot Now => Cache.Current;

    public static async Task<Installation> Create(Database database = Database.Sqlite)
    {
        var installation = On(await TestShape.CreateAsync(database));
        await using var db = installation.Services.GetRequiredService<Persistence.Storage.Database>().CreateContext();
        await Tables.CreateAsync(db.Database.GetDbConnection(), "configuration", db.Database.GenerateCreateScript);
        return installation;
    }

    /// <summary>On a database as it is, which is disposed of with this.</summary>
    public static Installation On(TestShape shape) => new(shape, new FakeTimeProvider(new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero)), owner: true);

    /// <summary>Another process on the same database.</summary>
    public Installation Other() => new(Shape, Time, owner: false);

    private void Register(IServiceCollection services)
    {
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection([new("PublicUrl", "https://incidents.example.com/")]).Build());
        services.AddLogging(l => l.ClearProviders());
        services.AddMetrics();
        services.AddOptions();
        services.AddSingleton<TimeProvider>(Time);
        services.AddPersistence(Shape.Database == Database.Postgres ? StorageProvider.Postgres : StorageProvider.Sqlite, Shape.ConnectionString, new BusOptions());
        services.AddSingleton<IOrganisationGuard>(Guard);
        services.AddConfiguration();
    }

    public Task<Result<ApplyOutcome>> Try(string yaml, bool dryRun = false, Instant? effective = null, long? expected = null)
        => Services.GetRequiredService<Applying>().Apply(new ApplyRequest(yaml, dryRun, new ChangeTerms(new Actor("ana", Role.Admin, "api"), effective, expected)), TestContext.Current.CancellationToken);

    public async Task<ChangePlan> Apply(string yaml, Instant? effective = null)
    {
        var outcome = await Try(yaml, effective: effective);
        Assert.True(outcome.IsOk, outcome.Error?.Title + string.Join('\n', outcome.Error?.Faults ?? []));
        return outcome.Value.Plan;
    }

    /// <summary>A client of the module's endpoints whose caller has a role, for some teams if any are named; null: no caller.</summary>
    public async Task<HttpClient> Client(Role? role, string login = "ana", params string[] teams)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(k => k.Listen(System.Net.IPAddress.Loopback, 0));
        Register(builder.Services);
        foreach (var hosted in builder.Services.Where(d => d.ServiceType == typeof(Microsoft.Extensions.Hosting.IHostedService)).ToList())
            builder.Services.Remove(hosted);
        builder.Services.ConfigureHttpJsonOptions(o => Json.Configure(o.SerializerOptions));
        var web = builder.Build();
        webs.Add(web);
        web.Use((context, next) =>
        {
            if (role is { } given)
                context.SetActor(new Actor(login, given, "api") { Teams = teams.Length == 0 ? null : teams });
            return next(context);
        });
        web.MapConfiguration();
        await web.StartAsync(TestContext.Current.CancellationToken);
        await web.Services.GetRequiredService<IOrganisation>().Fresh(TestContext.Current.CancellationToken);
        return new HttpClient { BaseAddress = new Uri(web.Urls.First()) };
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var web in webs)
            await web.DisposeAsync();
        await Services.DisposeAsync();
        if (shape is not null)
            await shape.DisposeAsync();
    }
}

/// <summary>A guard whose rule the test sets.</summary>
internal sealed class TestGuard : IOrganisationGuard
{
    public Func<OrganisationSnapshot, OrganisationSnapshot, IReadOnlyList<Fault>> Rule { get; set; } = (_, _) => [];

    public ValueTask<IReadOnlyList<Fault>> Check(OrganisationSnapshot before, OrganisationSnapshot after, Instant now, CancellationToken cancellationToken) => new(Rule(before, after));
}
