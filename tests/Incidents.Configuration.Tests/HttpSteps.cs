using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Incidents.Configuration.Tests;

/// <summary>Requests and answers of the editing endpoints.</summary>
internal static class HttpSteps
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<(HttpResponseMessage Response, JsonElement Body)> Call(
        this HttpClient client, HttpMethod method, string path, string? json = null, string? ifMatch = null, bool create = false, string? idempotencyKey = null)
    {
        using var request = new HttpRequestMessage(method, "/api/v1/" + path);
        if (json is not null)
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        if (ifMatch is not null)
            request.Headers.IfMatch.Add(new EntityTagHeaderValue(ifMatch));
        if (create)
            request.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Any);
        if (idempotencyKey is not null)
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        var response = await client.SendAsync(request, Cancel);
        return (response, await response.Content.ReadFromJsonAsync<JsonElement>(Cancel));
    }

    public static async Task<(int Status, JsonElement Body)> Put(this HttpClient client, string path, string json, string? ifMatch = null, bool create = false)
    {
        var (response, body) = await client.Call(HttpMethod.Put, path, json, ifMatch, create);
        return ((int)response.StatusCode, body);
    }

    public static async Task<(int Status, JsonElement Body)> Post(this HttpClient client, string path, string json, string? key = null)
    {
        var (response, body) = await client.Call(HttpMethod.Post, path, json, idempotencyKey: key);
        return ((int)response.StatusCode, body);
    }

    public static async Task<(int Status, JsonElement Body)> Delete(this HttpClient client, string path, string? ifMatch = null)
    {
        var (response, body) = await client.Call(HttpMethod.Delete, path, ifMatch: ifMatch);
        return ((int)response.StatusCode, body);
    }

    public static async Task<(string Json, string Tag)> Get(this HttpClient client, string path)
    {
        var response = await client.GetAsync("/api/v1/" + path, Cancel);
        Assert.True(response.IsSuccessStatusCode, path + ": " + response.StatusCode);
        return (await response.Content.ReadAsStringAsync(Cancel), response.Headers.ETag?.Tag ?? "");
    }

    public static async Task<JsonElement> Read(this HttpClient client, string path) => JsonDocument.Parse((await client.Get(path)).Json).RootElement;

    /// <summary>"update schedule kitchen (layers[daily].turn); …"</summary>
    public static string Changes(this JsonElement answer) => string.Join("; ", answer.GetProperty("changes").EnumerateArray().Select(c =>
    {
        var paths = string.Join(", ", c.GetProperty("paths").EnumerateArray().Select(p => p.GetString()));
        return $"{c.Text("action")} {c.Text("kind")} {c.Text("name")}{(paths.Length == 0 ? "" : $" ({paths})")}";
    }));

    /// <summary>"path message; …"</summary>
    public static string Faults(this JsonElement problem) => string.Join("; ", problem.GetProperty("errors").EnumerateArray().Select(e => $"{e.Text("path")} {e.Text("message")}"));

    public static string Text(this JsonElement element, string property) => element.GetProperty(property).ToString();
}
