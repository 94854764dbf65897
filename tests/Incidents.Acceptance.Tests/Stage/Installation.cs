using System.Net.Http.Json;
using System.Text.Json;
using Incidents.Client;
using Incidents.TestKit;

namespace Incidents.Acceptance.Tests.Stage;

public sealed record PageLine(string Person, string Channel, string Kind, string State, string? Reason, DateTimeOffset DueAt, DateTimeOffset? SentAt, int Level, Guid Attempt);

public sealed record FailedPage(FailedPage.Of Incident, string Person, string? Channel, string Reason)
{
    public sealed record Of(Guid Id, long Number, string Title);
}

/// <summary>A server of one shape with its simulated carrier and its organisation.</summary>
public sealed class Installation : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private readonly TestShape storage;
    private int cast;

    private Installation(TestShape storage, ServerProcess server, IReadOnlyList<Crew> crews)
    {
        this.storage = storage;
        Server = server;
        Crews = crews;
        Api = new IncidentsClient(server.Client);
        Phones = new Phones(server.Client);
    }

    public ServerProcess Server { get; }

    public IReadOnlyList<Crew> Crews { get; }

    /// <summary>With the bootstrap token.</summary>
    public IncidentsClient Api { get; }

    public HttpClient Http => Server.Client;

    public Phones Phones { get; }

    public static async Task<Installation> StartAsync(Shape shape, int crews, string quick = "2s", Dictionary<string, string>? settings = null)
    {
        var fresh = await shape.StorageAsync();
        try
        {
            var server = await ServerProcess.StartAsync(fresh, new Dictionary<string, string>(settings ?? [], StringComparer.Ordinal)
            {
                ["Simulator:Enabled"] = "true",
                ["Simulator:CarrierLatency"] = "00:00:00",
                ["Simulator:CharactersPerSecond"] = "0",
                ["Paging:Twilio:RatePerSecond"] = "1000",
            });
            var installation = new Installation(fresh, server, [.. Enumerable.Range(1, crews).Select(i => new Crew(i))]);
            await installation.ApplyAsync(quick);
            return installation;
        }
        catch
        {
            await fresh.DisposeAsync();
            throw;
        }
    }

    /// <summary>A crew that no other story has.</summary>
    public Crew NextCrew() => Crews[Interlocked.Increment(ref cast) - 1];

    public Task<ConfigResult> ApplyAsync(string quick = "2s") => Api.ApplyConfig(Organisation.Document(Crews, TimeProvider.System.GetUtcNow(), quick));

    /// <summary>Sends an alert as a script would; it is accepted when this returns.</summary>
    public async Task AlertAsync(string service, string summary, string? key = null)
    {
        await SendAsync($"/integrations/{Organisation.GenericKey}/generic", new { summary, service, dedupKey = key ?? summary, severity = "critical" });
    }

    /// <summary>Sends alerts as Alertmanager would.</summary>
    public async Task AlertmanagerAsync(params SourceAlert[] alerts)
    {
        await SendAsync($"/integrations/{Organisation.AlertmanagerKey}/alertmanager", new
        {
            version = "4",
            groupKey = "{}:{}",
            status = "firing",
            receiver = "incidents",
            groupLabels = new { },
            commonLabels = new { },
            commonAnnotations = new { },
            externalURL = "http://alertmanager.example.com",
            alerts = alerts.Select(a => new
            {
                status = a.Firing ? "firing" : "resolved",
                labels = new { alertname = a.Name, service = a.Service, severity = a.Severity },
                annotations = new { summary = a.Name },
                startsAt = a.StartsAt,
                endsAt = a.Firing ? DateTimeOffset.MinValue : a.StartsAt.AddMinutes(1),
                fingerprint = a.Name,
            }),
        });
    }

    /// <summary>As every source does, it sends again after a 503: a machine under load may take too long for one commit.</summary>
    private Task SendAsync(string path, object body) => Eventually.True(async () =>
    {
        using var answer = await Http.PostAsJsonAsync(path, body, Json);
        if (answer.StatusCode == System.Net.HttpStatusCode.ServiceUnavailable) return false;
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode}");
        return true;
    }, $"{path} accepts", TimeSpan.FromSeconds(40));

    /// <summary>Waits for the incident of this title.</summary>
    public Task<Incident> IncidentAsync(string service, string title) =>
        Eventually.Get(async () => (await Api.ListIncidents(service: service)).Items.FirstOrDefault(i => i.Title == title), $"an incident '{title}' of {service}");

    public Task<Incident> UntilAsync(Incident incident, Func<Incident, bool> so, string what) =>
        Eventually.Get(async () => await Api.GetIncident(incident.Id.ToString()) is { } now && so(now) ? now : null, $"#{incident.Number}: {what}");

    public Task<IReadOnlyList<TimelineEntry>> TimelineAsync(Incident incident) => Api.GetTimeline(incident.Id.ToString());

    public async Task<IReadOnlyList<PageLine>> PagesAsync(Incident incident) =>
        (await GetAsync<ItemsOf<PageLine>>($"/api/v1/incidents/{incident.Id}/pages")).Items;

    public async Task<IReadOnlyList<FailedPage>> FailedAsync(Incident incident) =>
        [.. (await GetAsync<ItemsOf<FailedPage>>("/api/v1/pages/failed")).Items.Where(f => f.Incident.Id == incident.Id)];

    public async Task<T> GetAsync<T>(string path) => (await Http.GetFromJsonAsync<T>(path, Json))!;

    /// <summary>A client with a key of its own role, or with none.</summary>
    public async Task<HttpClient> ClientAsync(string? role)
    {
        var client = new HttpClient { BaseAddress = Server.Url };
        if (role is null) return client;
        using var answer = await Http.PostAsJsonAsync("/api/v1/keys", new { name = "acceptance " + role, role }, Json);
        answer.EnsureSuccessStatusCode();
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        client.DefaultRequestHeaders.Authorization = new("Bearer", body.RootElement.GetProperty("key").GetString());
        return client;
    }

    /// <summary>A client signed in as this person.</summary>
    public async Task<HttpClient> PersonAsync(string login)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseCookies = true }) { BaseAddress = Server.Url };
        using var answer = await Http.PostAsJsonAsync("/api/v1/keys", new { name = "phone of " + login, person = login }, Json);
        answer.EnsureSuccessStatusCode();
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        client.DefaultRequestHeaders.Authorization = new("Bearer", body.RootElement.GetProperty("key").GetString());
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await storage.DisposeAsync();
    }

    private sealed record ItemsOf<T>(IReadOnlyList<T> Items);
}

/// <summary>One alert of an Alertmanager; its name is its fingerprint.</summary>
public sealed record SourceAlert(string Name, string Service, DateTimeOffset StartsAt, bool Firing = true, string Severity = "critical");
