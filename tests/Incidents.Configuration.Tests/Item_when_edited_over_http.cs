using System.Text.Json;
using Incidents.Contracts.Organisation;
using Incidents.Kernel;
using Incidents.TestKit;
using NodaTime;

namespace Incidents.Configuration.Tests;

public sealed class Item_when_edited_over_http
{
    private static string Kitchen(string turn = "2d") => $$"""{"team": "kitchen", "pool": "B", "zone": "Europe/Tallinn", "layers": [{"name": "daily", "start": "2026-01-05T09:00", "turn": "{{turn}}", "slots": [["juri"], ["tiina"]]}]}""";

    [Theory]
    [EveryDatabase]
    public async Task tells_the_second_of_two_editors_who_was_faster(Database database)
    {
        await using var installation = await Installation.Create(database);
        await installation.Apply(Sample.Yaml);
        using var ana = await installation.Client(Role.Manager);
        using var juri = await installation.Client(Role.Manager, "juri");
        var (_, seen) = await ana.Get("schedules/kitchen");
        Assert.Equal(seen, (await juri.Get("schedules/kitchen")).Tag);

        var first = await juri.Put("schedules/kitchen", Kitchen("2d"), ifMatch: seen);
        var (second, problem) = await ana.Call(HttpMethod.Put, "schedules/kitchen", Kitchen("3d"), ifMatch: seen);

        Assert.Equal((200, "update schedule kitchen (layers[daily].turn)"), (first.Status, first.Body.Changes()));
        Assert.Equal(412, (int)second.StatusCode);
        Assert.Equal("The schedule 'kitchen' has changed meanwhile: by juri at 2026-11-21T12:00:00Z.", problem.Text("title"));
        Assert.Equal(("juri", "2026-11-21T12:00:00Z"), (problem.Text("changedBy"), problem.Text("changedAt")));
        Assert.Equal("2d", problem.GetProperty("current").GetProperty("layers")[0].Text("turn"));
        Assert.Equal(second.Headers.ETag!.Tag, problem.Text("etag"));
        Assert.Equal("2d", (await ana.Read("schedules/kitchen")).GetProperty("layers")[0].Text("turn"));
        Assert.Equal(200, (await ana.Put("schedules/kitchen", Kitchen("3d"), ifMatch: problem.Text("etag"))).Status);
        Assert.Equal("3d", (await ana.Read("schedules/kitchen")).GetProperty("layers")[0].Text("turn"));

        // Another item's change does not get in the way.
        var (_, now) = await ana.Get("schedules/kitchen");
        await juri.Put("teams/kitchen", """{"lead": "tiina", "members": ["juri", "tiina"]}""");
        Assert.Equal(now, (await ana.Get("schedules/kitchen")).Tag);
        Assert.Equal(200, (await ana.Put("schedules/kitchen", Kitchen("4d"), ifMatch: now)).Status);
    }

    [Theory]
    [EveryDatabase]
    public async Task lets_one_of_many_through_when_they_race(Database database)
    {
        await using var installation = await Installation.Create(database);
        await installation.Apply(Sample.Yaml);
        using var client = await installation.Client(Role.Manager);
        var (_, seen) = await client.Get("schedules/kitchen");

        var answers = await Task.WhenAll(Enumerable.Range(2, 8).Select(i => client.Put("schedules/kitchen", Kitchen($"{i}d"), ifMatch: seen)));

        var winner = Assert.Single(answers, a => a.Status == 200);
        Assert.Equal(7, answers.Count(a => a.Status == 412));
        Assert.Equal(winner.Body.GetProperty("item").GetProperty("layers")[0].Text("turn"), (await client.Read("schedules/kitchen")).GetProperty("layers")[0].Text("turn"));
    }

    [Fact]
    public async Task creates_changes_and_archives()
    {
        await using var installation = await Installation.Create();
        await installation.Apply(Sample.Yaml);
        using var client = await installation.Client(Role.Manager);
        const string Night = """{"pool": "B", "zone": "UTC", "layers": [{"name": "l", "start": "2026-01-05T09:00", "turn": "1d", "slots": [["juri"]]}]}""";

        Assert.Equal(412, (await client.Put("schedules/kitchen", Kitchen(), create: true)).Status);
        Assert.Equal("create schedule night", (await client.Put("schedules/night?dryRun=true", Night, create: true)).Body.Changes());
        Assert.Equal(404, (await client.Delete("schedules/night")).Status);
        var (created, body) = await client.Call(HttpMethod.Put, "schedules/night", Night, create: true);
        Assert.Equal((201, "/api/v1/schedules/night"), ((int)created.StatusCode, created.Headers.Location?.ToString()));
        Assert.True(body.GetProperty("applied").GetBoolean());
        Assert.Equal("night", body.GetProperty("item").Text("name"));
        Assert.Equal(created.Headers.ETag!.Tag, (await client.Get("schedules/night")).Tag);

        var same = await client.Put("schedules/night", Night);
        Assert.Equal((200, "", body.Text("id")), (same.Status, same.Body.Changes(), same.Body.Text("id")));

        Assert.Equal("name must be 'night' as in the address, or left out; to rename, put the new name with 'formerly'.", (await client.Put("schedules/night", Night.Replace("{\"pool\"", "{\"name\": \"day\", \"pool\"", StringComparison.Ordinal))).Body.Faults());
        Assert.Equal("schedules[night].zone must be an IANA zone such as Europe/Tallinn, not 'UTD'. Did you mean 'UTC'?", (await client.Put("schedules/night", Night.Replace("\"UTC\"", "\"UTD\"", StringComparison.Ordinal))).Body.Faults());
        Assert.Equal(400, (await client.Put("schedules/night", "{")).Status);
        Assert.Equal(400, (await client.Put("schedules/night", "[]")).Status);
        Assert.Equal(422, (await client.Put("schedules/night?effective=yesterday", Night)).Status);
        Assert.Equal("effective", (await client.Put("schedules/night?effective=2026-11-20T00:00:00Z", Night)).Body.GetProperty("errors")[0].Text("path"));

        var renamed = await client.Put("schedules/nights", Night.Replace("{\"pool\"", "{\"formerly\": \"night\", \"pool\"", StringComparison.Ordinal));
        Assert.Equal((200, "update schedule nights (name)", body.Text("id")), (renamed.Status, renamed.Body.Changes(), renamed.Body.Text("id")));
        var stale = await client.Delete("schedules/nights", ifMatch: "\"1\"");
        Assert.Equal(412, stale.Status);
        var deleted = await client.Delete("schedules/nights");
        Assert.Equal((200, "delete schedule nights", "nights"), (deleted.Status, deleted.Body.Changes(), deleted.Body.GetProperty("item").Text("name")));
        Assert.Equal(404, (await client.Delete("schedules/nights")).Status);
        Assert.Equal("services[order-board].schedule schedule 'kitchen' would be removed, but is still named here.; services[reports].schedule schedule 'kitchen' would be removed, but is still named here.", (await client.Delete("schedules/kitchen")).Body.Faults());
    }

    [Fact]
    public async Task changes_nothing_when_put_back_as_it_was_got()
    {
        await using var installation = await Installation.Create();
        await installation.Apply(Sample.Yaml);
        using var client = await installation.Client(Role.Admin);
        var seen = 0;

        foreach (var section in new[] { "schedules", "people", "teams", "services", "pools", "policies", "calendars", "integrations" })
        {
            foreach (var item in (await client.Read(section)).GetProperty("items").EnumerateArray())
            {
                var path = $"{section}/{Uri.EscapeDataString(section == "people" ? item.Text("login") : item.Text("name"))}";
                foreach (var form in section == "schedules" ? new[] { "?form=document", "" } : ["?form=document"])
                {
                    var (json, tag) = await client.Get(path + form);
                    var again = await client.Put(path, json, ifMatch: tag);
                    Assert.True(again is { Status: 200 } && again.Body.Changes().Length == 0, $"{path}{form}: {again.Status} {again.Body}");
                    seen++;
                }
            }
        }

        Assert.Equal(30, seen);
    }

    [Fact]
    public async Task is_refused_by_a_guard_unless_there_is_a_reason()
    {
        await using var installation = await Installation.Create();
        await installation.Apply(Sample.Yaml);
        using var client = await installation.Client(Role.Manager);
        installation.Guard.Rule = (before, after) => before.Schedules["kitchen"].Layers[0].Slots.Count > after.Schedules["kitchen"].Layers[0].Slots.Count ? [new Fault("schedules[kitchen]", "too few people.")] : [];
        var alone = Kitchen("1d").Replace(", [\"tiina\"]", "", StringComparison.Ordinal);

        var refused = await client.Put("schedules/kitchen", alone);
        Assert.Equal((422, "schedules[kitchen] too few people."), (refused.Status, refused.Body.Faults()));
        Assert.EndsWith("/limits", refused.Body.Text("type"), StringComparison.Ordinal);
        Assert.Equal(422, (await client.Put("schedules/kitchen?dryRun=true", alone)).Status);
        using var document = new StringContent(Sample.Yaml.Replace("slots: [[juri], [tiina]]", "slots: [[juri]]", StringComparison.Ordinal));
        Assert.Equal(422, (int)(await client.PutAsync("/api/v1/config", document, TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(2, (await client.Read("schedules/kitchen")).GetProperty("layers")[0].GetProperty("slots").GetArrayLength());

        var waived = await client.Put("schedules/kitchen", alone.Replace("{\"team\"", "{\"waiver\": \"Tiina is ill\", \"team\"", StringComparison.Ordinal));
        Assert.Equal(200, waived.Status);
        var audit = (await client.Read("audit?kind=schedule&name=kitchen&limit=1")).GetProperty("items")[0];
        Assert.Equal(("Tiina is ill", "too few people."), (audit.GetProperty("waiver").Text("reason"), audit.GetProperty("waiver").GetProperty("faults")[0].Text("message")));
        Assert.Equal(("ana", "api"), (audit.Text("actor"), audit.Text("via")));

        await client.Put("schedules/kitchen", Kitchen("1d"));
        using var again = new StringContent(Sample.Yaml.Replace("slots: [[juri], [tiina]]", "slots: [[juri]]", StringComparison.Ordinal));
        Assert.Equal(200, (int)(await client.PutAsync("/api/v1/config?waiver=still%20ill", again, TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal("still ill", (await client.Read("audit?kind=schedule&name=kitchen&limit=1")).GetProperty("items")[0].GetProperty("waiver").Text("reason"));
        Assert.Equal(422, (await client.Put("schedules/kitchen?waiver=" + new string('x', 1001), Kitchen())).Status);
    }

    [Fact]
    public async Task keeps_admins_and_roles_as_a_document_does()
    {
        await using var installation = await Installation.Create();
        await installation.Apply(Sample.Yaml);
        using var manager = await installation.Client(Role.Manager);
        using var responder = await installation.Client(Role.Responder);
        using var observer = await installation.Client(Role.Observer);

        Assert.Equal(403, (await manager.Put("people/eve", """{"role": "admin"}""")).Status);
        Assert.Equal(201, (await manager.Put("people/eve", """{"role": "manager"}""")).Status);
        Assert.Equal(403, (await responder.Put("schedules/kitchen", Kitchen())).Status);
        Assert.Equal(403, (await responder.Delete("people/eve")).Status);
        Assert.Equal(403, (int)(await observer.GetAsync("/api/v1/people/ana?form=document", TestContext.Current.CancellationToken)).StatusCode);
        Assert.DoesNotContain("80", (await responder.Get("people/ana?form=document")).Json, StringComparison.Ordinal);
        Assert.Contains("80", (await manager.Get("people/ana?form=document")).Json, StringComparison.Ordinal);
        Assert.Contains("\"***\"", (await manager.Get("integrations/scripts?form=document")).Json, StringComparison.Ordinal);

        var made = await manager.Put("integrations/new", """{"kind": "generic", "service": {"default": "checkout"}}""");
        Assert.Matches("^[A-Za-z0-9_-]{32}$", made.Body.GetProperty("generatedKeys")[0].Text("key"));
        Assert.Equal("***", made.Body.GetProperty("item").Text("key"));
    }

    [Fact]
    public async Task takes_effect_when_it_is_asked_to_and_never_earlier()
    {
        await using var installation = await Installation.Create();
        await installation.Apply(Sample.Yaml);
        using var client = await installation.Client(Role.Manager);

        await client.Put("schedules/kitchen?effective=2026-12-01T00:00:00%2B02:00", Kitchen("2d").Replace("Europe/Tallinn", "America/New_York", StringComparison.Ordinal));

        var history = (await installation.Cache.Fresh(TestContext.Current.CancellationToken)).ScheduleHistory["kitchen"];
        Assert.Equal([("Europe/Tallinn", Instant.FromUtc(2026, 11, 30, 22, 0)), ("America/New_York", (Instant?)null)], history.Select(v => (v.Schedule.Zone, v.To)));
    }
}
