using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Incidents.Server.Description;

namespace Incidents.Server.Tests;

/// <summary>What the API document shows as a request works as it stands, on a server with the demo organisation.</summary>
public sealed partial class ApiExamples_when_sent
{
    /// <summary>What only a caller has: a code that was sent, a browser's session, an authenticator.</summary>
    private static readonly HashSet<string> OfTheMoment = new(StringComparer.Ordinal) { "confirmAccount", "setMyPassword", "turnOnMyTotp", "addPasskey", "verifyContact" };

    private readonly Dictionary<string, string> places = new(StringComparer.Ordinal)
    {
        ["/integrations/{key}/generic"] = "demo-generic-key", ["{key}"] = "demo-prometheus-key", ["{login}"] = "ana", ["{period}"] = "2026-11", ["{temporary}"] = "migration night",
        ["/people/{name}/absences"] = "ana", ["/people/{name}"] = "aino", ["/teams/{name}"] = "payments", ["/pools/{name}"] = "D", ["/policies/{name}"] = "lead first", ["/schedules/{name}"] = "payments",
        ["/calendars/{name}"] = "finland", ["/services/{name}"] = "refunds", ["/api/v1/integrations/{name}"] = "grafana", ["/webhooks/{name}"] = "status-page",
    };

    [Fact]
    public async Task Are_taken()
    {
        await using var server = await ServerProcess.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal));
        var paths = (await server.Client.Json("/openapi/v1.json")).GetProperty("paths").EnumerateObject()
            .SelectMany(p => p.Value.EnumerateObject().Select(o => (Path: p.Name, Method: o.Name, Operation: o.Value))).ToDictionary(o => o.Operation.GetProperty("operationId").GetString()!, StringComparer.Ordinal);
        var ana = (await Body(await server.Client.Send("/api/v1/keys", new { name = "ana's", person = "ana", role = "manager" }))).GetProperty("key").GetString();
        var refused = new List<string>();

        foreach (var (id, body) in RequestExamples.All.Where(r => !OfTheMoment.Contains(r.Operation)))
        {
            var (path, method, operation) = paths[id];
            using var request = new HttpRequestMessage(new HttpMethod(method.ToUpperInvariant()), new Uri(Filled(path), UriKind.Relative));
            request.Content = new StringContent(body, Encoding.UTF8, MediaTypeHeaderValue.Parse(operation.GetProperty("requestBody").GetProperty("content").EnumerateObject().First().Name));
            if (path.Contains("/me/", StringComparison.Ordinal))
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", ana);
            using var answer = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
            // The basis of a draft is that of the moment, too.
            if (!answer.IsSuccessStatusCode && (id, answer.StatusCode) != ("publishSchedule", HttpStatusCode.PreconditionFailed))
                refused.Add($"{id} {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
            if (id is "declareIncident" or "createSwap" && answer.IsSuccessStatusCode)
                places[id == "createSwap" ? "/swaps/{id}" : "/incidents/{id}"] = (await Body(answer)).GetProperty("id").GetString()!;
        }

        Assert.True(refused.Count == 0, string.Join("\n", refused));
    }

    private string Filled(string path)
        => Placeholder().Replace(path, found => Uri.EscapeDataString(places.Where(p => path.Contains(p.Key, StringComparison.Ordinal) && p.Key.Contains(found.Value, StringComparison.Ordinal)).MaxBy(p => p.Key.Length).Value ?? "x"));

    private static async Task<JsonElement> Body(HttpResponseMessage answer)
        => JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;

    [GeneratedRegex(@"\{\w+\}", RegexOptions.None, 5000)]
    private static partial Regex Placeholder();
}
