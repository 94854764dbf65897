using System.Net.Http.Headers;
using System.Text.Json;

namespace Incidents.Server.Tests;

public sealed class Events_when_resumed(SharedServer server)
{
    [Fact]
    public async Task Go_on_behind_the_last_one_that_was_seen()
    {
        string seen;
        long first;
        await using (var live = await Reader.Open(server.Client, lastEventId: null))
        {
            first = await Declare("Seen live");
            seen = await live.Until(first);
        }
        var second = await Declare("Missed");
        var third = await Declare("Missed too");

        await using var resumed = await Reader.Open(server.Client, seen);
        await resumed.Until(third);

        var numbers = resumed.Numbers.Where(n => n >= first).ToList();
        Assert.Contains(second, numbers);
        Assert.Contains(third, numbers);
        Assert.Equal(resumed.Ids.Count, resumed.Ids.Distinct(StringComparer.Ordinal).Count());
        Assert.DoesNotContain(seen, resumed.Ids);
    }

    private async Task<long> Declare(string title)
    {
        var service = (await server.Client.Json("/api/v1/services")).GetProperty("items")[0].GetProperty("name").GetString();
        using var answer = await server.Client.Send("/api/v1/incidents", new { title, service });
        Assert.Equal(201, (int)answer.StatusCode);
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return body.RootElement.GetProperty("number").GetInt64();
    }

    /// <summary>Reads a stream of server-sent events.</summary>
    private sealed class Reader(HttpResponseMessage answer, StreamReader lines) : IAsyncDisposable
    {
        public List<string> Ids { get; } = [];
        public List<long> Numbers { get; } = [];

        public static async Task<Reader> Open(HttpClient client, string? lastEventId)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/api/v1/events", UriKind.Relative));
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
            if (lastEventId is not null)
                request.Headers.Add("Last-Event-ID", lastEventId);
            var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
            Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
            var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
            Assert.Equal("retry: 1000", await lines.ReadLineAsync(TestContext.Current.CancellationToken));
            return new Reader(answer, lines);
        }

        /// <summary>Reads up to an event of this incident; its id.</summary>
        public async Task<string> Until(long number)
        {
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            deadline.CancelAfter(TimeSpan.FromSeconds(20));
            while (await lines.ReadLineAsync(deadline.Token) is { } line)
            {
                if (line.StartsWith("id: ", StringComparison.Ordinal))
                    Ids.Add(line[4..]);
                if (!line.StartsWith("data: ", StringComparison.Ordinal))
                    continue;
                using var data = JsonDocument.Parse(line[6..]);
                if (!data.RootElement.TryGetProperty("number", out var n))
                    continue;
                Numbers.Add(n.GetInt64());
                if (n.GetInt64() == number)
                    return Ids[^1];
            }
            throw new InvalidOperationException("The stream ended.");
        }

        public ValueTask DisposeAsync()
        {
            lines.Dispose();
            answer.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
