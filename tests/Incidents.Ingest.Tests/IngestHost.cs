using System.Net;
using System.Text;
using System.Text.Json;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Persistence.Bus;
using Incidents.Persistence.Storage;
using Incidents.Persistence;
using Incidents.TestKit;
using Incidents.Tests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TestDatabase = Incidents.TestKit.Database;

namespace Incidents.Ingest.Tests;

/// <summary>The webhooks behind a real server on a real database, a SQLite file unless said otherwise; nothing consumes the rows, so that a test can read them.</summary>
internal sealed class IngestHost : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly TestShape shape;

    private IngestHost(WebApplication app, TestShape shape)
    {
        this.app = app;
        this.shape = shape;
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public HttpClient Client { get; }

    public FakeTimeProvider Time => (FakeTimeProvider)app.Services.GetRequiredService<TimeProvider>();

    /// <param name="away">The database does not answer, and the organisation cannot be read anew.</param>
    public static async Task<IngestHost> StartAsync(Dictionary<string, string?>? settings = null, bool away = false, TestDatabase database = TestDatabase.Sqlite)
    {
        var place = await TestShape.CreateAsync(database);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, FreePort.Take()));
        builder.Configuration.AddInMemoryCollection(settings ?? []);
        builder.Services.AddSingleton<TimeProvider>(new FakeTimeProvider());
        builder.Services.Configure<StorageOptions>(o => o.CorrectClock = false);
        builder.Services.AddSingleton<IOrganisation>(new Fixed(away));
        builder.Services.AddSingleton<IAlertOutcomes>(new Nothing());
        builder.Services.AddIngest(builder.Configuration);
        builder.Services.AddPersistence(
            away || database == TestDatabase.Postgres ? StorageProvider.Postgres : StorageProvider.Sqlite,
            away ? $"Host=127.0.0.1;Port={FreePort.Take()};Username=nobody;Timeout=2" : place.ConnectionString,
            new BusOptions());
        var built = builder.Build();
        built.Use((http, next) =>
        {
            http.SetActor(new Actor("ana", Role.Responder, "web"));
            return next(http);
        });
        built.MapIngest();
        built.MapPayloads();
        if (!away)
        {
            await using var db = built.Services.GetRequiredService<Persistence.Storage.Database>().CreateContext();
            await Tables.CreateAsync(db.Database.GetDbConnection(), "ingest", db.Database.GenerateCreateScript);
        }
        await built.StartAsync();
        return new IngestHost(built, place);
    }

    public Task<HttpResponseMessage> Post(string path, string body, string? idempotencyKey = null, bool chunked = false)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (idempotencyKey is not null)
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        if (chunked)
            request.Headers.TransferEncodingChunked = true;
        return Client.SendAsync(request);
    }

    /// <summary>Bodies of the message rows that stand, in the order of acceptance, read past the server.</summary>
    public List<string> Rows()
    {
        using var db = app.Services.GetRequiredService<Persistence.Storage.Database>().CreateContext();
        using var connection = db.Database.GetDbConnection();
        connection.Open();
        using var command = connection.CreateCommand();
        var (body, table) = shape.Database == TestDatabase.Postgres ? ("convert_from(body, 'utf8')", "platform.messages") : ("cast(body as text)", "platform_messages");
        command.CommandText = $"select {body} from {table} where endpoint = 'triage' and type = 'triage.alert-accepted' order by seq";
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(reader.GetString(0));
        return rows;
    }

    /// <summary>Keys of the alerts of whose end triage shall tell.</summary>
    public List<string> Followed()
        => [.. Rows().Select(r => JsonDocument.Parse(r).RootElement).Where(r => r.GetProperty("followed").GetBoolean()).Select(r => r.GetProperty("key").GetString()!)];

    /// <summary>What is kept of an integration's requests, newest first, once it is as many as that.</summary>
    public Task<List<JsonElement>> Payloads(string integration, int count) => Payloads(integration, kept => kept.Count == count, $"{count} requests of '{integration}' are kept");

    /// <summary>Waits until requests with these in their bodies are kept.</summary>
    public Task Written(string integration, params string[] bodies)
        => Payloads(integration, kept => bodies.All(b => kept.Any(p => p.GetProperty("body").GetString()!.Contains(b, StringComparison.Ordinal))), string.Join(" and ", bodies) + " are kept");

    private Task<List<JsonElement>> Payloads(string integration, Func<List<JsonElement>, bool> enough, string what) => Eventually.Get(async () =>
    {
        // What is kept is written once a second.
        Time.Advance(TimeSpan.FromSeconds(1));
        using var answer = JsonDocument.Parse(await Client.GetStringAsync(new Uri($"/api/v1/integrations/{integration}/payloads", UriKind.Relative)));
        List<JsonElement> kept = [.. answer.RootElement.GetProperty("items").EnumerateArray().Select(e => e.Clone())];
        return enough(kept) ? kept : null;
    }, what);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
        await shape.DisposeAsync();
    }

    /// <summary>Nobody takes the alerts here.</summary>
    private sealed class Nothing : IAlertOutcomes
    {
        public Task<IReadOnlyDictionary<Guid, AlertOutcome>> Of(IReadOnlyCollection<Guid> alerts, CancellationToken cancellationToken)
            => Task.FromResult<IReadOnlyDictionary<Guid, AlertOutcome>>(new Dictionary<Guid, AlertOutcome>());
    }

    private sealed class Fixed(bool away) : IOrganisation
    {
        public OrganisationSnapshot Current => Sample.Organisation;
        public ValueTask<OrganisationSnapshot> Fresh(CancellationToken cancellationToken) => away ? throw new TimeoutException("The database is away.") : new(Sample.Organisation);
        public ValueTask<OrganisationSnapshot> AtLeast(long version, CancellationToken cancellationToken) => Fresh(cancellationToken);
    }
}
