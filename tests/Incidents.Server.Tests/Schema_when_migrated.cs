using Incidents.Persistence;
using Incidents.Persistence.Storage;
using Incidents.Server.Composition;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using StoreIn = Incidents.TestKit.Database;
using Store = Incidents.Persistence.Storage.Database;

namespace Incidents.Server.Tests;

public sealed class Schema_when_migrated
{
    [Theory]
    [EveryDatabase]
    public async Task Is_that_of_the_model_as_the_server_composes_it(StoreIn kind)
    {
        await using var shape = await TestShape.CreateAsync(kind);
        await using var app = Compose(shape);
        await using var context = app.Services.GetRequiredService<Store>().CreateContext();

        Assert.False(context.Database.HasPendingModelChanges(), "The model has changed: add a migration (docs/operations.md, A new migration).");
    }

    [Theory]
    [EveryDatabase]
    public async Task Comes_to_an_empty_database_and_stays_when_there_is_nothing_to_do(StoreIn kind)
    {
        await using var shape = await TestShape.CreateAsync(kind);
        await using var app = Compose(shape);
        var store = app.Services.GetRequiredService<Store>();

        await Migrating.Apply(store, NullLogger.Instance, TimeProvider.System, TestContext.Current.CancellationToken);
        await Migrating.Apply(store, NullLogger.Instance, TimeProvider.System, TestContext.Current.CancellationToken);

        await using var context = store.CreateContext();
        Assert.Empty(await context.Database.GetPendingMigrationsAsync(TestContext.Current.CancellationToken));
        Assert.Equal(0, await context.Incidents.CountAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Comes_once_when_several_processes_start_at_once()
    {
        await using var shape = await TestShape.CreateAsync(StoreIn.Postgres);
        var stores = new List<Store>();
        await using var app = Compose(shape);
        var parts = app.Services.GetRequiredService<ModelParts>();
        for (var i = 0; i < 4; i++)
            stores.Add(new Store(StorageProvider.Postgres, shape.ConnectionString, parts));

        await Task.WhenAll(stores.Select(s => Migrating.Apply(s, NullLogger.Instance, TimeProvider.System, TestContext.Current.CancellationToken)));

        await using (var context = stores[0].CreateContext())
            Assert.Equal(context.Database.GetMigrations(), await context.Database.GetAppliedMigrationsAsync(TestContext.Current.CancellationToken));
        foreach (var store in stores)
            await store.DisposeAsync();
    }

    [Fact]
    public async Task Has_PostgreSQL_vacuum_message_rows_by_number()
    {
        await using var postgres = await TestPostgres.CreateAsync(TestContext.Current.CancellationToken);
        await using var app = Compose(new Dictionary<string, string>(StringComparer.Ordinal) { ["Storage:Provider"] = "Postgres", ["Storage:ConnectionString"] = postgres.ConnectionString });
        await Migrating.Apply(app.Services.GetRequiredService<Store>(), NullLogger.Instance, TimeProvider.System, TestContext.Current.CancellationToken);

        var options = (string[])(await postgres.ScalarAsync("select reloptions from pg_class where oid = 'platform.messages'::regclass", TestContext.Current.CancellationToken))!;

        Assert.Contains("autovacuum_vacuum_scale_factor=0", options);
        Assert.Contains("autovacuum_vacuum_threshold=1000", options);
    }

    private static WebApplication Compose(TestShape shape) => Compose(shape.Settings);

    /// <summary>The server as it is composed, not started.</summary>
    internal static WebApplication Compose(IReadOnlyDictionary<string, string> settings)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddConfiguration(Configured.By([.. settings.Select(s => $"{s.Key}={s.Value}")]));
        var (options, faults) = SettingsCheck.Read(builder.Configuration);
        Assert.Empty(faults);
        builder.AddIncidents(options!);
        return builder.Build();
    }
}
