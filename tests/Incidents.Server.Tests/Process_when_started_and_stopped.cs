using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Incidents.Server.Tests;

public sealed class Process_when_started_and_stopped(SharedServer server)
{
    [Fact]
    public async Task Says_where_it_is_ready_with_the_token_and_the_phones()
    {
        await Eventually.True(() => server.Process.Log.Any(l => l.StartsWith("  Try it:", StringComparison.Ordinal)), "the last line is printed", cancel: TestContext.Current.CancellationToken);
        var url = server.Process.Url.ToString().TrimEnd('/');

        Assert.Contains($"Incidents is ready on {url}", server.Process.Log);
        Assert.Contains($"  API token:  {ServerProcess.AdminToken}", server.Process.Log);
        Assert.Contains($"  Phones:     {url}/simulator", server.Process.Log);
    }

    [Fact]
    public async Task Prints_a_generated_token_that_works_and_stays()
    {
        using var folder = new TemporaryFolder();
        var settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["DataDirectory"] = folder.Path, ["Access:BootstrapToken"] = "" };
        await using var fresh = await ServerProcess.StartAsync(settings, "--empty");
        var line = await Eventually.Get(() => Task.FromResult(fresh.Log.FirstOrDefault(l => l.Contains("API token:", StringComparison.Ordinal))), "the token is printed", cancel: TestContext.Current.CancellationToken);
        var token = Regex.Replace(line, @"^\s*API token:\s*", "", RegexOptions.None, TimeSpan.FromSeconds(1));

        fresh.Client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        using var before = await fresh.Client.Ask("/api/v1/me");
        await fresh.TermAsync();
        await fresh.StartAgainAsync();
        using var after = await fresh.Client.Ask("/api/v1/me");

        Assert.Equal(200, (int)before.StatusCode);
        Assert.Equal(200, (int)after.StatusCode);
    }

    [Fact]
    public async Task Loses_nothing_that_it_answered_when_it_stops_under_load()
    {
        await using var loaded = await ServerProcess.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal));
        var path = await loaded.Client.GenericPath();
        var accepted = new ConcurrentBag<string>();
        var posting = Enumerable.Range(0, 8).Select(n => Post(loaded, path, n, accepted)).ToList();
        await Eventually.True(() => accepted.Count >= 150, "the load runs", cancel: TestContext.Current.CancellationToken);

        var code = await loaded.TermAsync();
        await Task.WhenAll(posting);
        await loaded.StartAgainAsync();

        Assert.Equal(0, code);
        await Eventually.True(async () => accepted.ToHashSet(StringComparer.Ordinal).IsSubsetOf(await Titles(loaded)), "every accepted alert has its incident", TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }

    private static async Task Post(ServerProcess server, string path, int poster, ConcurrentBag<string> accepted)
    {
        for (var i = 0; i < 100_000; i++)
        {
            var title = $"Load {poster}-{i}";
            try
            {
                using var answer = await server.Client.Send(path, new { summary = title, dedupKey = title });
                if (answer.IsSuccessStatusCode)
                    accepted.Add(title);
                else if ((int)answer.StatusCode != 503)
                    throw new InvalidOperationException($"Answered {(int)answer.StatusCode}.");
            }
            catch (HttpRequestException)
            {
                return;
            }
        }
    }

    private static async Task<HashSet<string>> Titles(ServerProcess server)
    {
        var titles = new HashSet<string>(StringComparer.Ordinal);
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await server.Client.Json("/api/v1/incidents?limit=1000" + (cursor.Length > 0 ? "&cursor=" + cursor : ""));
            foreach (var item in page.GetProperty("items").EnumerateArray())
                titles.Add(item.GetProperty("title").GetString()!);
            cursor = page.GetProperty("nextCursor").GetString();
        }
        return titles;
    }
}
