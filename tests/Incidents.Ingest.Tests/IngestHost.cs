using System.Net;
using System.Text;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Persistence.Bus;
using Incidents.Persistence.Storage;
using Incidents.Persistence;
using Incidents.TestKit;
using Incidents.Tests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Incidents.Ingest.Tests;

/// <summary>The webhooks behind a real server on a real SQLite file; nothing consumes the rows, so that a test can read them.</summary>
internal sealed class IngestHost : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly TemporaryFolder folder;

    private IngestHost(WebApplication app, TemporaryFolder folder)
    {
        this.app = app;
        this.folder = folder;
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public HttpClient Client { get; }

    public FakeTimeProvider Time => (FakeTimeProvider)app.Services.GetRequiredService<TimeProvider>();

    /// <param name="away">The database does not answer, and the organisation cannot be read anew.</param>
    public static async Task<IngestHost> StartAsync(Dictionary<string, string?>? settings = null, bool away = false)
    {
        var place = new TemporaryFolder();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, FreePort.Take()));
        builder.Configuration.AddInMemoryCollection(settings ?? []);
        builder.Services.AddSingleton<TimeProvider>(new FakeTimeProvider());
        builder.Services.Configure<StorageOptions>(o => o.CorrectClock = false);
        builder.Services.AddSingleton<IOrganisation>(new Fixed(away));
        builder.Services.AddIngest(builder.Configuration);
        builder.Services.AddPersistence(
            away ? StorageProvider.Postgres : StorageProvider.Sqlite,
            away ? $"Host=127.0.0.1;Port={FreePort.Take()};Username=nobody;Timeout=2" : "Data Source=" + place.PathTo("incidents.db"),
            new BusOptions());
        var built = builder.Build();
        built.MapIngest();
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
        using var connection = new SqliteConnection("Data Source=" + folder.PathTo("incidents.db") + ";Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "select cast(body as text) from platform_messages where endpoint = 'triage' and type = 'triage.alert-accepted' order by seq";
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(reader.GetString(0));
        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
        folder.Dispose();
    }

    private sealed class Fixed(bool away) : IOrganisation
    {
        public OrganisationSnapshot Current => Sample.Organisation;
        public ValueTask<OrganisationSnapshot> Fresh(CancellationToken cancellationToken) => away ? throw new TimeoutException("The database is away.") : new(Sample.Organisation);
        public ValueTask<OrganisationSnapshot> AtLeast(long version, CancellationToken cancellationToken) => Fresh(cancellationToken);
    }
}
