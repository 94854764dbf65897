using System.Text.Json;
using Incidents.Contracts.Organisation;
using Incidents.TestKit;

namespace Incidents.Configuration.Tests;

public sealed class Audit_when_read
{
    private static async Task<List<string>> Lines(HttpClient client, string query = "")
        => [.. (await client.Read("audit" + query)).GetProperty("items").EnumerateArray().Select(i => $"{i.Text("version")} {i.Text("actor")} {i.Text("action")} {i.Text("kind")} {i.Text("name")}")];

    [Theory]
    [EveryDatabase]
    public async Task tells_who_changed_what_and_how_it_was(Database database)
    {
        await using var installation = await Installation.Create(database);
        await installation.Apply(Sample.Yaml);
        using var ana = await installation.Client(Role.Manager, "ana");
        using var juri = await installation.Client(Role.Manager, "juri");
        installation.Time.Advance(TimeSpan.FromHours(1));
        await juri.Put("teams/kitchen", """{"lead": "tiina", "calendar": "estonia", "members": ["juri", "tiina"]}""");
        await ana.Post("schedules/kitchen/overrides", """{"from": "2026-11-21T12:00:00Z", "to": "2026-11-22T12:00:00Z", "add": "tiina"}""");
        await ana.Post("people/juri/absences", """{"from": "2026-12-24", "to": "2026-12-25"}""");
        await juri.Delete("overrides/" + (await ana.Read("schedules/kitchen/overrides")).GetProperty("items")[0].Text("id"));
        await juri.Put("people/juri", (await juri.Get("people/juri?form=document")).Json.Replace("28", "29", StringComparison.Ordinal));

        Assert.Equal(
        [
            "6 juri update person juri", "5 juri delete override kitchen/2026-11-21T12:00:00Z/2026-11-22T12:00:00Z/add/tiina", "4 ana create absence juri/2026-12-23T22:00:00Z/2026-12-24T22:00:00Z",
            "3 ana create override kitchen/2026-11-21T12:00:00Z/2026-11-22T12:00:00Z/add/tiina", "2 juri update team kitchen",
        ], await Lines(ana, "?from=2026-11-21T13:00:00Z"));
        Assert.Equal(["4 ana create absence juri/2026-12-23T22:00:00Z/2026-12-24T22:00:00Z", "3 ana create override kitchen/2026-11-21T12:00:00Z/2026-11-22T12:00:00Z/add/tiina"], await Lines(ana, "?actor=ana&from=2026-11-21T13:00:00Z"));
        Assert.Equal(["2 juri update team kitchen", "1 ana create team kitchen"], await Lines(ana, "?kind=team&name=kitchen"));
        Assert.Equal(["5 juri delete", "3 ana create"], (await Lines(ana, "?kind=override&name=kitchen")).Select(l => string.Join(' ', l.Split(' ').Take(3))));
        Assert.Equal(36, (await Lines(ana, "?to=2026-11-21T13:00:00Z&limit=500")).Count);

        var team = (await ana.Read("audit?kind=team&name=kitchen")).GetProperty("items")[0];
        Assert.Equal(("2026-11-21T13:00:00Z", "api", "juri", "tiina", "lead"), (team.Text("at"), team.Text("via"), team.GetProperty("before").Text("lead"), team.GetProperty("after").Text("lead"), team.GetProperty("paths")[0].GetString()));
        var gone = (await ana.Read("audit?kind=override&name=kitchen&limit=1")).GetProperty("items")[0];
        Assert.Equal((JsonValueKind.Object, JsonValueKind.Null), (gone.GetProperty("before").ValueKind, gone.GetProperty("after").ValueKind));
    }

    [Fact]
    public async Task is_read_by_pages_without_secrets()
    {
        await using var installation = await Installation.Create();
        await installation.Apply(Sample.Yaml);
        using var manager = await installation.Client(Role.Manager);
        using var responder = await installation.Client(Role.Responder);
        using var observer = await installation.Client(Role.Observer);

        var seen = new List<string>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await manager.Read("audit?limit=10&cursor=" + cursor);
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(i => i.Text("kind") + i.Text("name")));
            cursor = page.GetProperty("nextCursor").GetString();
        }

        Assert.Equal(36, seen.Distinct().Count());
        Assert.Equal(36, seen.Count);
        Assert.DoesNotContain("demo-prometheus-key", (await manager.Get("audit?kind=integration")).Json, StringComparison.Ordinal);
        Assert.Contains("\"rate\":80", (await manager.Get("audit?kind=person")).Json, StringComparison.Ordinal);
        Assert.DoesNotContain("\"rate\"", (await responder.Get("audit?kind=person")).Json, StringComparison.Ordinal);
        Assert.Equal(403, (int)(await observer.GetAsync("/api/v1/audit", TestContext.Current.CancellationToken)).StatusCode);
        foreach (var wrong in new[] { "kind=people", "limit=0", "cursor=x", "from=monday" })
            Assert.Equal(422, (int)(await manager.GetAsync("/api/v1/audit?" + wrong, TestContext.Current.CancellationToken)).StatusCode);
    }
}
