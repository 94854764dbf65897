using System.Net.Http.Json;
using System.Text.Json;

[assembly: AssemblyFixture(typeof(Incidents.Server.Tests.SharedServer))]

namespace Incidents.Server.Tests;

/// <summary>One server in its default shape with demo data, for all tests that only ask.</summary>
public sealed class SharedServer : IAsyncLifetime
{
    private ServerProcess? server;

    public ServerProcess Process => server ?? throw new InvalidOperationException("Not started.");

    public HttpClient Client => Process.Client;

    public async ValueTask InitializeAsync() => server = await ServerProcess.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal));

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
            await server.DisposeAsync();
    }
}

internal static class Asking
{
    public static Task<string> Text(this HttpClient client, string path) => client.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

    public static async Task<JsonElement> Json(this HttpClient client, string path) => JsonDocument.Parse(await client.Text(path)).RootElement;

    public static Task<HttpResponseMessage> Ask(this HttpClient client, string path) => client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

    public static Task<HttpResponseMessage> Send(this HttpClient client, string path, object? body = null)
        => client.PostAsync(new Uri(path, UriKind.Relative), JsonContent.Create(body ?? new { }), TestContext.Current.CancellationToken);

    /// <summary>The key of the demo's integration for the generic format.</summary>
    public static async Task<string> GenericPath(this HttpClient client)
    {
        var items = (await client.Json("/api/v1/integrations")).GetProperty("items");
        var url = items.EnumerateArray().First(i => i.GetProperty("kind").GetString() == "generic").GetProperty("url").GetString()!;
        return new Uri(url).PathAndQuery;
    }
}
