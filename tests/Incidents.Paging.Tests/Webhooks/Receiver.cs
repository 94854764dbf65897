using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Incidents.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Incidents.Paging.Tests.Webhooks;

/// <summary>One request as it arrived.</summary>
internal sealed record Posted(IReadOnlyDictionary<string, string> Headers, string Body)
{
    public JsonElement Event => JsonDocument.Parse(Body).RootElement.GetProperty("event");
    public string Type => Event.GetProperty("type").GetString()!;
    public long Number => Event.GetProperty("data").GetProperty("incident").GetProperty("number").GetInt64();
    public string Id => Event.GetProperty("id").GetString()!;
    public string Delivery => Headers["X-Incidents-Delivery"];
}

/// <summary>Somebody who takes webhooks, over real HTTP.</summary>
internal sealed partial class Receiver : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<Posted> posted = new();

    private Receiver(WebApplication app) => this.app = app;

    public string Url => app.Urls.First() + "/hook";

    /// <summary>Everything that arrived, whatever was answered.</summary>
    public IReadOnlyList<Posted> All => [.. posted];

    public Func<Posted, HttpResponse, Task> Answer { get; set; } = (_, response) => response.WriteAsync("thank you");

    public void Says(int status) => Answer = (_, response) =>
    {
        response.StatusCode = status;
        return response.WriteAsync($"it is {status}");
    };

    public static async Task<Receiver> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, FreePort.Take()));
        var receiver = new Receiver(builder.Build());
        receiver.app.Run(async http =>
        {
            using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
            var one = new Posted(http.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase), await reader.ReadToEndAsync());
            receiver.posted.Enqueue(one);
            await receiver.Answer(one, http.Response);
        });
        await receiver.app.StartAsync();
        return receiver;
    }

    /// <summary>Verifies with the code that docs/webhooks.md gives to receivers, run by node as it stands there.</summary>
    public static async Task<bool> IsSigned(Posted one, string secret, DateTimeOffset now)
    {
        using var folder = new TemporaryFolder();
        var snippet = Snippet().Match(await File.ReadAllTextAsync(RepositoryFolder.PathTo("docs", "webhooks.md"), TestContext.Current.CancellationToken)).Groups["code"].Value;
        await File.WriteAllTextAsync(folder.PathTo("verify.mjs"), snippet + """

            const given = JSON.parse(process.argv[2]);
            console.log(verify(given.secret, given.headers, Buffer.from(given.body, 'base64'), given.now) ? 'good' : 'bad');
            """, TestContext.Current.CancellationToken);
        var given = JsonSerializer.Serialize(new { secret, now = now.ToUnixTimeSeconds(), headers = one.Headers.ToDictionary(h => h.Key.ToLowerInvariant(), h => h.Value), body = Convert.ToBase64String(Encoding.UTF8.GetBytes(one.Body)) });
        using var node = Process.Start(new ProcessStartInfo("node", [folder.PathTo("verify.mjs"), given]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, errors) = (node.StandardOutput.ReadToEndAsync(), node.StandardError.ReadToEndAsync());
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(node.ExitCode == 0, await errors);
        return (await output).Trim() == "good";
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [GeneratedRegex("```js\n(?<code>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Snippet();
}
