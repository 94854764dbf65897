using Incidents.Persistence.Messages;
using Incidents.Persistence.Storage;
using Incidents.TestKit;
using Microsoft.EntityFrameworkCore;
using TestDatabase = Incidents.TestKit.Database;

namespace Incidents.Persistence.Tests;

/// <summary>One virtual host for the tests of a class, which run one after another: what an earlier one left in its queues has no row, and is dropped.</summary>
public sealed class Broker : IAsyncLifetime
{
    private TestRabbit? rabbit;

    public async ValueTask InitializeAsync()
    {
        await Infrastructure.RabbitAsync();
        rabbit = await TestRabbit.CreateAsync();
    }

    public Uri Uri => rabbit!.Uri;

    public async ValueTask DisposeAsync()
    {
        if (rabbit is not null) await rabbit.DisposeAsync();
    }
}

[CollectionDefinition(Name)]
public sealed class BrokerCollection : ICollectionFixture<Broker>
{
    public const string Name = "broker";
}

/// <summary>A fresh database with the tables of this module, and the processes that work on it; all of it is gone on disposal.</summary>
internal sealed class Ground : IAsyncDisposable
{
    private readonly TestShape shape;
    private readonly List<Node> nodes = [];

    private Ground(TestShape shape, Transport transport, Uri? bus)
    {
        this.shape = shape;
        Transport = transport;
        Bus = bus;
    }

    public Transport Transport { get; }
    public Uri? Bus { get; }
    public string ConnectionString => shape.ConnectionString;
    public StorageProvider Provider => shape.Database == TestDatabase.Postgres ? StorageProvider.Postgres : StorageProvider.Sqlite;

    public static async Task<Ground> PrepareAsync(TestDatabase database, Transport transport = Transport.InMemory, Uri? bus = null)
    {
        var ground = new Ground(await TestShape.CreateAsync(database), transport, bus);
        await using var storage = ground.Open();
        await using var db = storage.CreateContext();
        await Tables.CreateAsync(db.Database.GetDbConnection(), "persistence", db.Database.GenerateCreateScript);
        return ground;
    }

    public Storage.Database Open() => new(Provider, ConnectionString, new ModelParts([]));

    public async Task<Node> StartAsync(Action<NodeSettings>? change = null)
    {
        var settings = new NodeSettings();
        change?.Invoke(settings);
        var node = await Node.StartAsync(this, settings);
        nodes.Add(node);
        return node;
    }

    public async Task<List<MessageRow>> Rows()
    {
        await using var storage = Open();
        await using var db = storage.CreateContext();
        return await db.Messages.AsNoTracking().OrderBy(m => m.Seq).ToListAsync();
    }

    /// <summary>No row is left, and whoever consumed one has said so.</summary>
    public Task Empty(TimeSpan? within = null) => Eventually.True(async () => (await Rows()).Count == 0 && AllTold(), "no message row is left", within);

    private bool AllTold()
    {
        var rows = nodes.SelectMany(n => n.Script.Told).ToLookup(t => t.Key, t => t.Value);
        return rows.All(told => told.Contains(true));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in nodes) await node.DisposeAsync();
        await shape.DisposeAsync();
    }
}
