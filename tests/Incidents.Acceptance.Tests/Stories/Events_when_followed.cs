using Incidents.Acceptance.Tests.Stage;
using Incidents.Client;
using Incidents.TestKit;

namespace Incidents.Acceptance.Tests.Stories;

public class Events_when_followed(Theatre theatre)
{
    private sealed record Event(string Id, string Kind, string Data);

    [Theory, BothShapes]
    public async Task arrive_live_and_resume_where_the_reader_was(Shape shape)
    {
        var it = await theatre.SharedAsync(shape);
        var crew = it.NextCrew();

        Event seen;
        Incident incident;
        await using (var live = await ListenAsync(it, null))
        {
            incident = await it.Api.OpenIncident(new NewIncident("Followed", crew.Calm));
            seen = await live.NextAsync(e => About(e, incident));
        }

        // While nobody listens.
        await it.Api.Acknowledge(incident.Id.ToString());
        await using var again = await ListenAsync(it, seen.Id);
        var missed = await again.NextAsync(e => About(e, incident));
        await it.Api.AddNote(incident.Id.ToString(), "Still here.");
        var fresh = await again.NextAsync(e => About(e, incident) && e.Id != missed.Id);

        Assert.NotEqual(seen.Id, missed.Id);
        Assert.NotEqual(missed.Id, fresh.Id);
    }

    private static bool About(Event e, Incident incident) => e.Data.Contains(incident.Id.ToString(), StringComparison.Ordinal) || e.Data.Contains($":{incident.Number},", StringComparison.Ordinal) || e.Data.Contains($":{incident.Number}}}", StringComparison.Ordinal);

    private static async Task<Stream> ListenAsync(Installation it, string? after)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/events");
        if (after is not null) request.Headers.Add("Last-Event-ID", after);
        var response = await it.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        return new Stream(response, new StreamReader(await response.Content.ReadAsStreamAsync()));
    }

    private sealed class Stream(HttpResponseMessage response, StreamReader reader) : IAsyncDisposable
    {
        public async Task<Event> NextAsync(Func<Event, bool> which)
        {
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            deadline.CancelAfter(Eventually.DefaultDeadline);
            string id = "", kind = "", data = "";
            while (true)
            {
                var line = await reader.ReadLineAsync(deadline.Token) ?? throw new InvalidOperationException("The stream ended.");
                if (line.StartsWith("id: ", StringComparison.Ordinal)) id = line[4..];
                else if (line.StartsWith("event: ", StringComparison.Ordinal)) kind = line[7..];
                else if (line.StartsWith("data: ", StringComparison.Ordinal)) data = line[6..];
                else if (line.Length == 0 && id.Length > 0)
                {
                    var found = new Event(id, kind, data);
                    (id, kind, data) = ("", "", "");
                    if (which(found)) return found;
                }
            }
        }

        public ValueTask DisposeAsync()
        {
            reader.Dispose();
            response.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
