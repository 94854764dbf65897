using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Json;
using Incidents.Client;
using Incidents.TestKit;
using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

[assembly: AssemblyFixture(typeof(Incidents.Slack.Tests.Stage.Theatre))]

namespace Incidents.Slack.Tests.Stage;

/// <summary>The two shapes in which the product is used.</summary>
public enum Shape
{
    /// <summary>One process, SQLite, in-memory transport.</summary>
    TryIt,

    /// <summary>PostgreSQL and RabbitMQ.</summary>
    RelyOnIt,
}

/// <summary>Runs a theory <c>(Shape)</c> in both shapes.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BothShapesAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        ValueTask.FromResult<IReadOnlyCollection<ITheoryDataRow>>([.. Enum.GetValues<Shape>().Select(shape => new TheoryDataRow(shape))]);

    public override bool SupportsDiscoveryEnumeration() => true;
}

/// <summary>A server of one shape with the simulated workspace, and an organisation of four whom Slack knows in different ways.</summary>
public sealed class Installation : IAsyncDisposable
{
    public const string SigningSecret = "simulator-signing-secret";

    private readonly TestShape storage;

    private Installation(TestShape storage, ServerProcess server)
    {
        this.storage = storage;
        Server = server;
        Api = new IncidentsClient(server.Client);
    }

    public ServerProcess Server { get; }

    public IncidentsClient Api { get; }

    public HttpClient Http => Server.Client;

    /// <summary>A responder with a Slack contact, who is paged by direct message.</summary>
    internal Chat Ana => new(Http, "U00000ANA");

    /// <summary>A manager with a Slack contact.</summary>
    internal Chat Mara => new(Http, "U0000MARA");

    /// <summary>An observer with a Slack contact.</summary>
    internal Chat Otto => new(Http, "U0000OTTO");

    /// <summary>A responder whom only the e-mail address links.</summary>
    internal async Task<Chat> BrunoAsync() => new(Http, await IdAsync("bruno"));

    /// <summary>A member of the workspace whom nothing links.</summary>
    internal async Task<Chat> StrangerAsync() => new(Http, await IdAsync("stray"));

    public static async Task<Installation> StartAsync(Shape shape, params (string Key, string Value)[] more)
    {
        ServerProcess? server = null;
        var fresh = shape == Shape.TryIt ? await TestShape.CreateAsync(Database.Sqlite, Transport.InMemory) : await TestShape.CreateAsync(Database.Postgres, Transport.RabbitMq);
        try
        {
            var settings = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["Simulator:Enabled"] = "true",
                ["Simulator:CarrierLatency"] = "00:00:00",
                // A machine that runs other tests beside this one may take longer than the vendor would wait.
                ["Simulator:SlackPatience"] = "00:00:20",
                ["Simulator:CharactersPerSecond"] = "0",
                ["Paging:Slack:MessageInterval"] = "00:00:00.020",
            };
            foreach (var (key, value) in more) settings[key] = value;
            server = await ServerProcess.StartAsync(fresh, settings);
            var installation = new Installation(fresh, server);
            await installation.Api.ApplyConfig(Document);
            await Eventually.True(async () => (await installation.Ana.RoomsAsync()).Count >= 2 && (await installation.BrunoAsync()).Member.Length > 0, "the workspace has its members");
            return installation;
        }
        catch
        {
            if (server is not null) await server.DisposeAsync();
            await fresh.DisposeAsync();
            throw;
        }
    }

    /// <summary>Opens an incident that pages ana, an hour a level.</summary>
    public Task<Incident> OpenAsync(string title, string service = "checkout") => Api.OpenIncident(new NewIncident(title, service, "SEV2"));

    public Task<IReadOnlyList<TimelineEntry>> TimelineAsync(Incident incident) => Api.GetTimeline(incident.Id.ToString());

    public Task<TimelineEntry> UntilTimelineAsync(Incident incident, Func<TimelineEntry, bool> so, string what)
        => Eventually.Get(async () => (await TimelineAsync(incident)).FirstOrDefault(so), what);

    /// <summary>A counter of this name, summed over the series that carry the label text.</summary>
    public async Task<double> MeterAsync(string name, string label)
    {
        var text = await Http.GetStringAsync("/metrics");
        return text.Split('\n').Where(l => l.StartsWith(name, StringComparison.Ordinal) && l.Contains(label, StringComparison.Ordinal))
            .Sum(l => double.Parse(l[(l.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
    }

    /// <summary>Requests that the simulated vendors have refused since they started.</summary>
    public async Task<int> RefusedAsync() => (int)(await Http.GetFromJsonAsync<System.Text.Json.Nodes.JsonObject>("/simulator/api/stats"))!["refused"]!;

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await storage.DisposeAsync();
    }

    private async Task<string> IdAsync(string login)
    {
        var state = await Http.GetFromJsonAsync<System.Text.Json.Nodes.JsonObject>("/simulator/api/slack/state");
        return (string)state!["members"]!.AsArray().Single(m => (string?)m!["login"] == login)!["id"]!;
    }

    private const string Document = """
        version: 1
        people:
          - { login: ana, name: Ana Souza, email: ana@example.com, zone: America/Sao_Paulo, role: responder, contacts: [{ name: chat, kind: slack, address: U00000ANA }, { name: text, kind: sms, address: "+15550001001" }], notify: { high: [{ contact: chat }] } }
          - { login: bruno, name: Bruno Lima, email: bruno@example.com, role: responder, contacts: [{ name: text, kind: sms, address: "+15550001002" }], notify: { high: [{ contact: text }] } }
          - { login: carla, name: Carla Dias, email: carla@example.com, role: responder, contacts: [{ name: chat, kind: slack, address: U000CARLA }, { name: text, kind: sms, address: "+15550001003" }], notify: { high: [{ contact: chat }, { contact: text }] } }
          - { login: mara, name: Mara Tamm, email: mara@example.com, role: manager, contacts: [{ name: chat, kind: slack, address: U0000MARA }], notify: { high: [{ contact: chat }] } }
          - { login: otto, name: Otto Saar, email: otto@example.com, role: observer, contacts: [{ name: chat, kind: slack, address: U0000OTTO }] }
          - { login: stray, name: Stray Cat, role: observer }
        teams:
          - { name: payments, lead: mara, members: [ana, bruno, carla, mara] }
        pools:
          - { name: A, rank: 1, mtta: 5m, levelTimeout: 2m, slo: 99.99, coverage: always }
        schedules:
          - { name: payments, team: payments, pool: A, zone: Etc/UTC, layers: [{ name: all, position: primary, start: 2026-01-05T00:00, turn: 1w, slots: [[ana], [bruno]] }] }
        policies:
          - { name: ana-first, levels: [{ page: [{ person: ana }], timeout: 1h }, { page: [{ person: mara }], timeout: 1h }], repeat: 0, lastResort: { page: [{ person: ana }], every: 1h } }
          - { name: carla-first, levels: [{ page: [{ person: carla }], timeout: 1h }], repeat: 0, lastResort: { page: [{ person: carla }], every: 1h } }
        services:
          - { name: checkout, team: payments, pool: A, schedule: payments, policy: ana-first }
          - { name: ledger, team: payments, pool: A, schedule: payments, policy: carla-first }
        """;
}

/// <summary>One shared installation a shape, with a channel for every incident, and one for the stories that break things, without; started when the first story needs it.</summary>
public sealed class Theatre : IAsyncLifetime
{
    private readonly ConcurrentDictionary<(Shape Shape, bool Troubled), Lazy<Task<Installation>>> started = new();

    public Task<Installation> SharedAsync(Shape shape) => Get(shape, troubled: false, ("Paging:Slack:ChannelPerIncident", "true"));

    /// <summary>Whoever takes it sets its faults and is alone with it.</summary>
    public Task<Installation> TroubledAsync(Shape shape) => Get(shape, troubled: true, ("Paging:Slack:MessageInterval", "00:00:00"), ("Paging:Slack:Timeout", "00:00:01"));

    private Task<Installation> Get(Shape shape, bool troubled, params (string, string)[] settings)
        => started.GetOrAdd((shape, troubled), _ => new Lazy<Task<Installation>>(() => Installation.StartAsync(shape, settings))).Value;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(started.Values.Where(s => s.Value.IsCompletedSuccessfully).Select(async s => await (await s.Value).DisposeAsync()));
    }
}
