using System.Reflection;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace Incidents.TestKit;

public enum Database { Sqlite, Postgres }

public enum Transport { InMemory, RabbitMq }

/// <summary>Runs a theory <c>(Database, Transport)</c> on all four combinations.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EveryShapeAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        ValueTask.FromResult<IReadOnlyCollection<ITheoryDataRow>>(
            [.. from database in Enum.GetValues<Database>() from transport in Enum.GetValues<Transport>() select new TheoryDataRow(database, transport)]);

    public override bool SupportsDiscoveryEnumeration() => true;
}

/// <summary>Runs a theory <c>(Database)</c> on both databases.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EveryDatabaseAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        ValueTask.FromResult<IReadOnlyCollection<ITheoryDataRow>>([.. Enum.GetValues<Database>().Select(database => new TheoryDataRow(database))]);

    public override bool SupportsDiscoveryEnumeration() => true;
}

/// <summary>Fresh storage and bus of one combination, with the server's settings for it. Everything is removed on disposal.</summary>
public sealed class TestShape : IAsyncDisposable
{
    private readonly TestPostgres? postgres;
    private readonly TestRabbit? rabbit;

    private TestShape(Database database, Transport transport, TestPostgres? postgres, TestRabbit? rabbit)
    {
        this.postgres = postgres;
        this.rabbit = rabbit;
        Database = database;
        Transport = transport;
        ConnectionString = postgres?.ConnectionString ?? "Data Source=" + Folder.PathTo("incidents.db");
    }

    public Database Database { get; }

    public Transport Transport { get; }

    /// <summary>Of the fresh database; a file in <see cref="Folder"/> for SQLite.</summary>
    public string ConnectionString { get; }

    /// <summary>Null for the in-memory transport.</summary>
    public Uri? BusUri => rabbit?.Uri;

    /// <summary>For whatever files the test needs; also where the SQLite file is.</summary>
    public TemporaryFolder Folder { get; } = new();

    /// <summary>The settings in the form of configuration keys (<c>Storage:Provider</c>, ...).</summary>
    public IReadOnlyDictionary<string, string> Settings
    {
        get
        {
            var settings = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["DataDirectory"] = Folder.Path,
                ["Storage:Provider"] = Database.ToString(),
                ["Storage:ConnectionString"] = ConnectionString,
                ["Bus:Transport"] = Transport.ToString(),
            };
            if (BusUri is { } uri) settings["Bus:Uri"] = uri.ToString();
            return settings;
        }
    }

    public static async Task<TestShape> CreateAsync(Database database, Transport transport = Transport.InMemory)
    {
        var fresh = database == Database.Postgres ? await TestPostgres.CreateAsync() : null;
        var host = transport == Transport.RabbitMq ? await TestRabbit.CreateAsync() : null;
        return new TestShape(database, transport, fresh, host);
    }

    public async ValueTask DisposeAsync()
    {
        if (postgres is not null) await postgres.DisposeAsync();
        if (rabbit is not null) await rabbit.DisposeAsync();
        Folder.Dispose();
    }
}
