using Incidents.Contracts.Messages;
using Incidents.Contracts.Seams;
using Incidents.Escalation;
using Incidents.Kernel;
using Incidents.Persistence;
using Incidents.Persistence.Bus;
using Incidents.Persistence.Incidents;
using Incidents.Persistence.Messages;
using Incidents.Persistence.Storage;
using Incidents.Persistence.Transactions;
using Incidents.Scheduling;
using Incidents.TestKit;
using Incidents.Tests;
using Incidents.Triage.Alerts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TestDatabase = Incidents.TestKit.Database;

namespace Incidents.Triage.Tests;

/// <summary>Triage and escalation on a real database, with a clock that the test moves. Nothing runs by itself: a test feeds the consumer.</summary>
internal sealed class TriageGround : IAsyncDisposable
{
    private readonly TestShape shape;
    private readonly ServiceProvider services;
    private long seq;

    private TriageGround(TestShape shape, ServiceProvider services)
    {
        this.shape = shape;
        this.services = services;
        Time = (FakeTimeProvider)services.GetRequiredService<TimeProvider>();
    }

    public FakeTimeProvider Time { get; }
    public Instant Now => services.GetRequiredService<Clock>().Now;

    public static async Task<TriageGround> PrepareAsync(TestDatabase database, OrganisationSnapshot? organisation = null)
    {
        var place = await TestShape.CreateAsync(database);
        var collection = new ServiceCollection();
        collection.AddLogging();
        collection.AddMetrics();
        collection.AddOptions();
        collection.AddSingleton<TimeProvider>(new FakeTimeProvider(Sample.Evening.ToDateTimeOffset()));
        collection.AddSingleton<IOrganisation>(new Fixed(organisation ?? Sample.Organisation));
        collection.AddSingleton<IModelPart, ConfigurationTable>();
        collection.AddScheduling();
        collection.AddEscalation(consumes: false);
        collection.AddTriage(consumes: false);
        collection.AddScoped<TriageConsumer>();
        collection.AddPersistence(database == TestDatabase.Postgres ? StorageProvider.Postgres : StorageProvider.Sqlite, place.ConnectionString, new BusOptions());
        var ground = new TriageGround(place, collection.BuildServiceProvider());
        await using var db = ground.Open();
        await Tables.CreateAsync(db.Database.GetDbConnection(), "triage", db.Database.GenerateCreateScript);
        return ground;
    }

    public IncidentsDbContext Open() => services.GetRequiredService<Persistence.Storage.Database>().CreateContext();

    /// <summary>One transaction of triage over these alerts, in this order; returns their ids.</summary>
    public async Task<IReadOnlyList<Guid>> Take(params AlertAccepted[] alerts)
    {
        var received = alerts.Select(a => new Received(a, Interlocked.Increment(ref seq), Guid.NewGuid(), Now)).ToList();
        await Run((consumer, work) => consumer.Consume(received, work, default));
        return [.. received.Select(r => r.Id)];
    }

    public Task<IReadOnlyDictionary<Guid, AlertOutcome>> Outcomes(params IEnumerable<Guid> alerts) => services.GetRequiredService<IAlertOutcomes>().Of([.. alerts], default);

    /// <summary>Takes one that was parked under this id before.</summary>
    public Task Take(Guid id, AlertAccepted alert) => Run((consumer, work) => consumer.Consume([new Received(alert, Interlocked.Increment(ref seq), id, Now)], work, default));

    public async Task<Guid> Park(AlertAccepted alert)
    {
        var id = Guid.NewGuid();
        await Run((consumer, work) => consumer.Parked(new Received(alert, 0, id, Now), "Exception: no", work, default));
        return id;
    }

    public async Task Resolve(Guid incident)
        => Assert.True((await services.GetRequiredService<IIncidentActions>().Act(incident, new IncidentAction(IncidentVerb.Resolve, "ana", "web"), default)).IsOk);

    public AlertAccepted Alert(string key, bool firing = true, Instant? startsAt = null, string? dedup = null, bool given = true, Dictionary<string, string>? labels = null, string integration = "prometheus") => new(
        integration, key, firing, $"Alert {key}", labels ?? [], new Dictionary<string, string>(), startsAt ?? Sample.Evening, firing ? null : Now, Now, dedup, StartsAtGiven: given);

    public async Task<List<Incident>> Incidents()
    {
        await using var db = Open();
        return await db.Incidents.AsNoTracking().OrderBy(i => i.Number).ToListAsync();
    }

    public async Task<Incident> Single() => Assert.Single(await Incidents());

    public async Task<List<string>> Timeline(long incident)
    {
        await using var db = Open();
        return await db.Timeline.AsNoTracking().Where(t => t.Incident == incident).OrderBy(t => t.Id).Select(t => t.Kind).ToListAsync();
    }

    public async Task<IReadOnlyList<AlertView>> Alerts(long incident) => [.. (await services.GetRequiredService<IAlerts>().Of([incident], default))[incident]];

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await shape.DisposeAsync();
    }

    private async Task Run(Func<TriageConsumer, Work, Task> body)
    {
        await using var scope = services.CreateAsyncScope();
        var consumer = scope.ServiceProvider.GetRequiredService<TriageConsumer>();
        await services.GetRequiredService<WorkRunner>().Run(work => body(consumer, work), default);
    }

    private sealed class Fixed(OrganisationSnapshot organisation) : IOrganisation
    {
        public OrganisationSnapshot Current => organisation;
        public ValueTask<OrganisationSnapshot> Fresh(CancellationToken cancellationToken) => new(organisation);
        public ValueTask<OrganisationSnapshot> AtLeast(long version, CancellationToken cancellationToken) => new(organisation);
    }

    /// <summary>The one table of Configuration that every transaction reads.</summary>
    private sealed class ConfigurationTable : IModelPart
    {
        public void Configure(ModelBuilder model, Modelling modelling) => modelling.Table(model.Entity<State>(), "config", "state");

        private sealed class State
        {
            public int Id { get; set; }
            public long Version { get; set; }
        }
    }
}
