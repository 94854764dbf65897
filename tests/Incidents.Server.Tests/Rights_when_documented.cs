using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Incidents.Server.Tests;

/// <summary>docs/access.md says who may do what; here every endpoint is asked by everybody.</summary>
public sealed class Rights_when_documented(SharedServer server)
{
    /// <summary>A person is one whose rights are for a team.</summary>
    private static readonly (string Role, string? Person)[] Roles = [("observer", null), ("responder", "team-responder"), ("responder", null), ("manager", "team-manager"), ("manager", null), ("admin", null)];
    private static readonly string[] Scopes = ["read", "incidents", "schedules", "config", "pay"];

    [Fact]
    public async Task Are_those_that_every_endpoint_grants()
    {
        var table = new StringBuilder("| endpoint | operation | anybody | observer | responder of a team | responder | manager of a team | manager | admin | scopes |\n|---|---|---|---|---|---|---|---|---|---|\n");
        var callers = await Callers();
        var narrowed = await Narrowed();

        foreach (var (method, path, id, media) in Operations(JsonNode.Parse(await server.Client.Text("/openapi/v1.json"))!))
        {
            table.Append(CultureInfo.InvariantCulture, $"| `{method} {path}` | {id} |");
            var may = false;
            foreach (var caller in callers)
            {
                may = !await Refused(caller, method, path, media);
                table.Append(may ? " yes |" : "  |");
            }
            table.Append(CultureInfo.InvariantCulture, $" {(may ? await ScopesOf(narrowed, path, method, media) : "")} |\n");
        }

        foreach (var (_, person) in Roles.Where(r => r.Person is not null))
            (await server.Client.DeleteAsync(new Uri($"/api/v1/people/{person}", UriKind.Relative), TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        Documented.Section("rights", table.ToString(), "access.md");
    }

    /// <summary>One client without a key and one for each role.</summary>
    private async Task<List<HttpClient>> Callers()
    {
        var callers = new List<HttpClient> { With(null) };
        foreach (var (role, person) in Roles)
        {
            if (person is not null)
            {
                using var body = new StringContent($$"""{"role": "{{role}}", "scope": ["kitchen"]}""", Encoding.UTF8, "application/json");
                (await server.Client.PutAsync(new Uri($"/api/v1/people/{person}", UriKind.Relative), body, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
            }
            var answer = await server.Client.Send("/api/v1/keys", new { name = $"rights of {person ?? role}", role, person });
            answer.EnsureSuccessStatusCode();
            callers.Add(With(JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement.GetProperty("key").GetString()));
        }
        return callers;
    }

    /// <summary>One admin's key for each scope.</summary>
    private async Task<List<(string Scope, HttpClient Client)>> Narrowed()
    {
        var callers = new List<(string, HttpClient)>();
        foreach (var scope in Scopes)
        {
            var answer = await server.Client.Send("/api/v1/keys", new { name = $"scope {scope}", role = "admin", scopes = new[] { scope } });
            answer.EnsureSuccessStatusCode();
            callers.Add((scope, With(JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement.GetProperty("key").GetString())));
        }
        return callers;
    }

    private static async Task<string> ScopesOf(List<(string Scope, HttpClient Client)> narrowed, string path, string method, string? media)
    {
        if (!path.StartsWith("/api/", StringComparison.Ordinal))
            return "";
        var enough = new List<string>();
        foreach (var (scope, client) in narrowed)
        {
            if (!await Refused(client, method, path, media))
                enough.Add(scope);
        }
        return enough.Count == Scopes.Length ? "any" : enough.Count == 0 ? "none" : string.Join(' ', enough);
    }

    private HttpClient With(string? key)
    {
        var client = new HttpClient { BaseAddress = server.Client.BaseAddress, Timeout = TimeSpan.FromSeconds(30) };
        client.DefaultRequestHeaders.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    /// <summary>Only 401 and 403 refuse: that nothing has such a name, or that a body is missing, is said to those who may.</summary>
    private static async Task<bool> Refused(HttpClient caller, string method, string path, string? media)
    {
        var address = Regex.Replace(path.Replace("{number}", "1", StringComparison.Ordinal), @"\{[^}]+\}", "00000000-0000-0000-0000-000000000000", RegexOptions.None, TimeSpan.FromSeconds(1));
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(address, UriKind.Relative));
        if (media is not null)
            request.Content = new StringContent(media.EndsWith("json", StringComparison.Ordinal) ? "{}" : "", Encoding.UTF8, media);
        using var answer = await caller.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        return answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden;
    }

    private static IEnumerable<(string Method, string Path, string Id, string? Media)> Operations(JsonNode document)
        => document["paths"]!.AsObject().SelectMany(p => p.Value!.AsObject().Select(o => (o.Key.ToUpperInvariant(), p.Key, (string)o.Value!["operationId"]!,
            o.Value["requestBody"]?["content"]?.AsObject().First().Key)));
}
