using Incidents.Kernel;
using Incidents.Persistence;
using Incidents.Persistence.Incidents;
using Incidents.Persistence.Storage;
using Incidents.Server.Composition;
using Incidents.Server.Maintenance;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using NodaTime;
using StoreIn = Incidents.TestKit.Database;
using Store = Incidents.Persistence.Storage.Database;

namespace Incidents.Server.Tests;

public sealed class Retention_when_run
{
    [Theory]
    [EveryDatabase]
    public async Task Removes_old_resolved_incidents_with_their_timelines_and_nothing_else(StoreIn kind)
    {
        await using var shape = await TestShape.CreateAsync(kind);
        await using var app = Schema_when_migrated.Compose(shape.Settings);
        var store = app.Services.GetRequiredService<Store>();
        await Migrating.Apply(store, NullLogger.Instance, TimeProvider.System, TestContext.Current.CancellationToken);
        var time = new FakeTimeProvider();
        var now = Instant.FromDateTimeOffset(time.GetUtcNow());
        await using (var db = store.CreateContext())
        {
            Add(db, 1, IncidentStatus.Resolved, now - Duration.FromDays(401));
            Add(db, 2, IncidentStatus.Resolved, now - Duration.FromDays(399));
            Add(db, 3, IncidentStatus.Triggered, resolved: null, opened: now - Duration.FromDays(900));
            for (var i = 0; i < 450; i++)
                Add(db, 10 + i, IncidentStatus.Resolved, now - Duration.FromDays(500));
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        await Run(store, time, days: 400);

        await using var left = store.CreateContext();
        Assert.Equal([2, 3], await left.Incidents.OrderBy(i => i.Number).Select(i => i.Number).ToListAsync(TestContext.Current.CancellationToken));
        Assert.Equal([2, 3], await left.Timeline.OrderBy(t => t.Incident).Select(t => t.Incident).ToListAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Bodies of a source's requests are nobody's archive: the days to keep incidents have no part in it.</summary>
    [Theory]
    [EveryDatabase]
    public async Task Removes_what_integrations_received_after_a_week(StoreIn kind)
    {
        await using var shape = await TestShape.CreateAsync(kind);
        await using var app = Schema_when_migrated.Compose(shape.Settings);
        var store = app.Services.GetRequiredService<Store>();
        await Migrating.Apply(store, NullLogger.Instance, TimeProvider.System, TestContext.Current.CancellationToken);
        var time = new FakeTimeProvider();
        var now = Instant.FromDateTimeOffset(time.GetUtcNow());
        var (payloads, outcomes) = (store.Table("ingest", "payloads"), store.Table("triage", "outcomes"));
        await using (var db = store.CreateContext())
        {
            foreach (var at in new[] { now - Duration.FromDays(8), now - Duration.FromDays(6) })
            {
                object stored = store.IsSqlite ? Instants.ToMicroseconds(at) : at.ToDateTimeUtc();
#pragma warning disable EF1002 // The tables' names are our own.
                await db.Database.ExecuteSqlRawAsync($"insert into {payloads} (integration, received_at, source, status, refused, faults, body, body_cut, alert_count, alerts) values ('i', {{0}}, 'generic', 202, {{1}}, '[]', '', {{1}}, 0, '[]')", [stored, false], TestContext.Current.CancellationToken);
                await db.Database.ExecuteSqlRawAsync($"insert into {outcomes} (alert, at, outcome) values ({{0}}, {{1}}, 'opened')", [Guid.NewGuid(), stored], TestContext.Current.CancellationToken);
#pragma warning restore EF1002
            }
        }

        await Run(store, time, days: 0);

        await using var left = store.CreateContext();
        foreach (var table in new[] { payloads, outcomes })
#pragma warning disable EF1002
            Assert.Equal(1, await left.Database.SqlQueryRaw<int>($"select cast(count(*) as int) as \"Value\" from {table}").SingleAsync(TestContext.Current.CancellationToken));
#pragma warning restore EF1002
    }

    [Fact]
    public async Task Keeps_everything_with_zero_days()
    {
        await using var shape = await TestShape.CreateAsync(StoreIn.Sqlite);
        await using var app = Schema_when_migrated.Compose(shape.Settings);
        var store = app.Services.GetRequiredService<Store>();
        await Migrating.Apply(store, NullLogger.Instance, TimeProvider.System, TestContext.Current.CancellationToken);
        await using (var db = store.CreateContext())
        {
            Add(db, 1, IncidentStatus.Resolved, Instant.FromUtc(2001, 1, 1, 0, 0));
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        await Run(store, new FakeTimeProvider(), days: 0);

        await using var left = store.CreateContext();
        Assert.Equal(1, await left.Incidents.CountAsync(TestContext.Current.CancellationToken));
    }

    private static async Task Run(Store store, TimeProvider time, int days)
        => await new Retention(store, new Clock(time), Options.Create(new StorageOptions { RetentionDays = days }), NullLogger<Retention>.Instance).Execute(null!, TestContext.Current.CancellationToken);

    private static void Add(IncidentsDbContext db, long number, IncidentStatus status, Instant? resolved, Instant? opened = null)
    {
        var at = opened ?? resolved ?? default;
        db.Incidents.Add(new Incident { Id = Guid.CreateVersion7(), Number = number, Title = "Old", Status = status, Severity = Severity.Sev3, Service = "s", Pool = "A", Integration = "api", OpenedAt = at, PagingStartsAt = at, ResolvedAt = resolved });
        db.Timeline.Add(new TimelineEntry { Incident = number, At = at, Kind = TimelineKinds.Opened, Text = "Opened." });
    }
}
