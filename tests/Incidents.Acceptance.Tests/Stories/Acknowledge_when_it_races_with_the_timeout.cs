using System.Globalization;
using Incidents.Acceptance.Tests.Stage;
using Incidents.Client;
using Incidents.TestKit;

namespace Incidents.Acceptance.Tests.Stories;

/// <summary>For stories whose subject is time: nothing else of this project runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ByThemselves
{
    public const string Name = "by themselves";
}

/// <summary>Acknowledge wins: nothing is claimed after its commit, and the carrier's record trails by at most 2 s.</summary>
[Collection(ByThemselves.Name)]
public class Acknowledge_when_it_races_with_the_timeout
{
    private const int Lines = 64;
    private const int Batches = 3;
    private const int MostBatches = 6;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Trail = TimeSpan.FromSeconds(2);

    [Theory, BothShapes]
    public async Task lets_nothing_be_sent_afterwards(Shape shape)
    {
        await using var it = await Installation.StartAsync(shape, Lines, quick: "1s");
        var acknowledged = new List<(Crew Crew, Incident Incident)>();

        var overtaken = 0;
        for (var batch = 0; batch < Batches || (overtaken == 0 && batch < MostBatches); batch++)
        {
            // The acknowledges spread over 300 ms either side of the first level's end; where timers come late, later from batch to batch.
            var raced = await Task.WhenAll(it.Crews.Select(async (crew, i) => (crew, await RaceAsync(it, crew, batch, TimeSpan.FromMilliseconds(600.0 * i / Lines - 300 + (overtaken == 0 && batch > 0 ? 250 << batch : 0))))));
            overtaken += raced.Count(r => r.Item2.Level > 1);
            acknowledged.AddRange(raced);
        }

        var end = acknowledged.Max(a => a.Incident.AcknowledgedAt!.Value) + Trail;
        await Eventually.True(() => TimeProvider.System.GetUtcNow() > end, "the last acknowledge is 2 s old");
        var calls = (await it.Phones.AllCallsAsync()).ToLookup(c => c.To);
        foreach (var (crew, incident) in acknowledged)
        {
            var at = incident.AcknowledgedAt!.Value;
            var levels = (await it.TimelineAsync(incident)).Where(e => e.Kind == "levelStarted").ToList();
            var pages = (await it.PagesAsync(incident)).Where(p => p.Kind == "page").ToList();

            Assert.All(levels, e => Assert.True(e.At <= at, $"#{incident.Number}: {e.Text} at {e.At:O}, acknowledged at {at:O}"));
            Assert.DoesNotContain(pages, p => p.State is "waiting" or "sending");
            var next = acknowledged.Where(a => a.Crew == crew && a.Incident.Number > incident.Number).Select(a => a.Incident.OpenedAt).DefaultIfEmpty(DateTimeOffset.MaxValue).Min();
            foreach (var member in crew.Everybody) Assert.All(calls[member.Number].Where(c => c.ReceivedAt >= incident.OpenedAt && c.ReceivedAt < next), c => Assert.True(c.ReceivedAt <= at + Trail, $"#{incident.Number}: {member.Login} called at {c.ReceivedAt:O}, acknowledged at {at:O}"));
        }

        Assert.True(overtaken > 0 && overtaken < acknowledged.Count, $"Both sides of the race were won: the timeout came first in {overtaken} of {acknowledged.Count}.");
    }

    private static async Task<Incident> RaceAsync(Installation it, Crew crew, int batch, TimeSpan early)
    {
        var incident = await it.Api.OpenIncident(new NewIncident(string.Create(CultureInfo.InvariantCulture, $"Race {batch}"), crew.Canary));
        var wait = incident.OpenedAt + Timeout + early - TimeProvider.System.GetUtcNow();
        if (wait > TimeSpan.Zero) await Task.Delay(wait, TimeProvider.System);
        return await it.Api.Acknowledge(incident.Id.ToString());
    }
}
