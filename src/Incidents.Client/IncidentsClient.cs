using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Incidents.Client;

/// <summary>
/// Typed access to an Incidents server. Every method throws <see cref="ApiException"/> when the server refuses, <see cref="HttpRequestException"/> when it
/// cannot be reached. Safe for concurrent use; the caller owns the <see cref="HttpClient"/>.
/// </summary>
public sealed class IncidentsClient(HttpClient http)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <param name="server">The server's address, without <c>/api</c>.</param>
    /// <param name="token">An API key; null: send none.</param>
    public static IncidentsClient Connect(Uri server, string? token, HttpMessageHandler? handler = null)
    {
        var http = handler is null ? new HttpClient() : new HttpClient(handler);
        http.BaseAddress = new Uri(server.AbsoluteUri.TrimEnd('/') + "/");
        if (token is not null)
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return new IncidentsClient(http);
    }

    /// <summary>Puts a document in force, or with <paramref name="dryRun"/> only plans it.</summary>
    /// <param name="effective">From when changed schedules hold; null: at once.</param>
    /// <param name="ifMatch">The <c>ETag</c> of the export that the document was made from: refused with 412 if somebody else applied since.</param>
    public async Task<ConfigResult> ApplyConfig(string yaml, bool dryRun = false, DateTimeOffset? effective = null, string? ifMatch = null, CancellationToken cancellationToken = default)
    {
        var path = "api/v1/config" + Query(("dryRun", dryRun ? "true" : null), ("effective", Text(effective)));
        using var request = new HttpRequestMessage(HttpMethod.Put, path) { Content = new StringContent(yaml, Encoding.UTF8, "application/yaml") };
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return await Send<ConfigResult>(request, cancellationToken);
    }

    public async Task<ConfigDocument> ExportConfig(CancellationToken cancellationToken = default)
    {
        using var response = await http.GetAsync("api/v1/config", cancellationToken);
        await Check(response, cancellationToken);
        return new ConfigDocument(await response.Content.ReadAsStringAsync(cancellationToken), response.Headers.ETag?.ToString());
    }

    /// <summary>What loading the demo organisation, and what removing it, would do now; takes an admin.</summary>
    public async Task<DemoPlans> PlanDemo(CancellationToken cancellationToken = default)
    {
        using var response = await http.GetAsync("api/v1/demo", cancellationToken);
        var plans = await Read<DemoPlans>(response, cancellationToken);
        return plans with { ETag = response.Headers.ETag?.ToString() };
    }

    /// <summary>Loads the demo organisation beside what is there: nothing that is there is touched.</summary>
    /// <param name="etag">Of the plan that is to be carried out: refused with 412 if something changed since.</param>
    public Task<DemoResult> LoadDemo(string etag, CancellationToken cancellationToken = default) => Demo(HttpMethod.Post, etag, cancellationToken);

    /// <summary>Removes of the demo organisation what nobody changed and nothing else needs.</summary>
    /// <inheritdoc cref="LoadDemo" path="/param"/>
    public Task<DemoResult> RemoveDemo(string etag, CancellationToken cancellationToken = default) => Demo(HttpMethod.Delete, etag, cancellationToken);

    /// <summary>Newest first. Each filter null: not filtered.</summary>
    public Task<Page<Incident>> ListIncidents(
        string? status = null, string? service = null, string? pool = null, int? limit = null, string? cursor = null, CancellationToken cancellationToken = default)
        => Get<Page<Incident>>("api/v1/incidents" + Query(
            ("status", status), ("service", service), ("pool", pool), ("limit", limit?.ToString(CultureInfo.InvariantCulture)), ("cursor", cursor)), cancellationToken);

    /// <param name="id">UUID or number.</param>
    public Task<Incident> GetIncident(string id, CancellationToken cancellationToken = default) => Get<Incident>($"api/v1/incidents/{Uri.EscapeDataString(id)}", cancellationToken);

    public async Task<IReadOnlyList<TimelineEntry>> GetTimeline(string id, CancellationToken cancellationToken = default)
        => (await Get<Page<TimelineEntry>>($"api/v1/incidents/{Uri.EscapeDataString(id)}/timeline", cancellationToken)).Items;

    /// <param name="idempotencyKey">The same key again within 24 h answers with the same incident.</param>
    public async Task<Incident> OpenIncident(NewIncident incident, string? idempotencyKey = null, CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/incidents") { Content = JsonContent.Create(incident, options: Json) };
        if (idempotencyKey is not null)
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        return await Send<Incident>(request, cancellationToken);
    }

    public Task<Incident> Acknowledge(string id, ActionOptions? options = null, CancellationToken cancellationToken = default) => Act(id, "acknowledge", options, cancellationToken);

    public Task<Incident> Resolve(string id, ActionOptions? options = null, CancellationToken cancellationToken = default) => Act(id, "resolve", options, cancellationToken);

    public Task<Incident> Escalate(string id, ActionOptions? options = null, CancellationToken cancellationToken = default) => Act(id, "escalate", options, cancellationToken);

    public Task<Incident> Snooze(string id, DateTimeOffset until, ActionOptions? options = null, CancellationToken cancellationToken = default)
        => Act(id, "snooze", (options ?? new ActionOptions()) with { Until = until }, cancellationToken);

    public Task<Incident> AddNote(string id, string note, ActionOptions? options = null, CancellationToken cancellationToken = default)
        => Act(id, "notes", (options ?? new ActionOptions()) with { Note = note }, cancellationToken);

    /// <param name="at">Null: now.</param>
    public async Task<IReadOnlyList<Shift>> OnCall(
        DateTimeOffset? at = null, string? pool = null, string? schedule = null, string? service = null, CancellationToken cancellationToken = default)
        => (await Get<Page<Shift>>("api/v1/oncall" + Query(("at", Text(at)), ("pool", pool), ("schedule", schedule), ("service", service)), cancellationToken)).Items;

    /// <summary>Shifts and gaps that touch <c>[from, to)</c>.</summary>
    public async Task<IReadOnlyList<Shift>> Shifts(string schedule, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken = default)
        => (await Get<Page<Shift>>($"api/v1/schedules/{Uri.EscapeDataString(schedule)}/shifts" + Query(("from", Text(from)), ("to", Text(to))), cancellationToken)).Items;

    private async Task<Incident> Act(string id, string verb, ActionOptions? options, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/v1/incidents/{Uri.EscapeDataString(id)}/{verb}") { Content = JsonContent.Create(options ?? new ActionOptions(), options: Json) };
        return await Send<Incident>(request, cancellationToken);
    }

    private async Task<DemoResult> Demo(HttpMethod method, string etag, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, "api/v1/demo");
        request.Headers.TryAddWithoutValidation("If-Match", etag);
        return await Send<DemoResult>(request, cancellationToken);
    }

    private async Task<T> Get<T>(string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await Send<T>(request, cancellationToken);
    }

    private async Task<T> Send<T>(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var response = await http.SendAsync(request, cancellationToken);
        return await Read<T>(response, cancellationToken);
    }

    private static async Task<T> Read<T>(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await Check(response, cancellationToken);
        try
        {
            return await response.Content.ReadFromJsonAsync<T>(Json, cancellationToken) ?? throw NotOurs(response);
        }
        catch (JsonException)
        {
            throw NotOurs(response);
        }
    }

    private static ApiException NotOurs(HttpResponseMessage response)
        => new(response.StatusCode, type: null, $"The answer of {response.RequestMessage?.RequestUri} is not that of an Incidents server.", []);

    private static async Task Check(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.IsSuccessStatusCode)
            return;
        Problem? problem = null;
        if (response.Content.Headers.ContentType?.MediaType is "application/problem+json" or "application/json")
        {
            try
            {
                problem = await response.Content.ReadFromJsonAsync<Problem>(Json, cancellationToken);
            }
            catch (JsonException)
            {
                // Somebody else's page under a JSON content type: the status has to do.
                problem = null;
            }
        }
        var title = problem?.Title ?? $"{(int)response.StatusCode} {response.ReasonPhrase}";
        throw new ApiException(response.StatusCode, problem?.Type, title, problem?.Errors ?? []);
    }

    private static string? Text(DateTimeOffset? instant) => instant?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);

    private static string Query(params (string Key, string? Value)[] values)
    {
        var given = string.Join('&', values.Where(v => v.Value is not null).Select(v => $"{v.Key}={Uri.EscapeDataString(v.Value!)}"));
        return given.Length == 0 ? "" : "?" + given;
    }

    private sealed record Problem(string? Type, string? Title, IReadOnlyList<ApiFault>? Errors);
}
