using System.Text.Json;
using Incidents.TestKit;
using Role = Incidents.Contracts.Organisation.Role;

namespace Incidents.Configuration.Tests;

public class Demo_data_when_loaded_and_removed
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [EveryDatabase]
    public async Task leaves_an_empty_organisation_as_it_was(Database database)
    {
        await using var installation = await Installation.Create(database);
        using var client = await installation.Client(Role.Admin);

        var loaded = await Act(client, HttpMethod.Post);
        var again = await Act(client, HttpMethod.Post);
        var shown = await client.Read("demo");
        var removed = await Act(client, HttpMethod.Delete);

        var made = loaded.GetProperty("changes").GetArrayLength();
        Assert.True(made > 30);
        Assert.Equal(2, loaded.GetProperty("generatedKeys").GetArrayLength());
        Assert.Equal(0, again.GetProperty("changes").GetArrayLength());
        Assert.Equal(made, shown.GetProperty("remove").GetProperty("changes").GetArrayLength());
        Assert.Equal(made, removed.GetProperty("changes").GetArrayLength());
        Assert.Equal(0, removed.GetProperty("kept").GetArrayLength());
        Assert.Empty((await client.Read("people")).GetProperty("items").EnumerateArray());
        Assert.Empty((await client.Read("pools")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task has_no_key_that_is_published()
    {
        await using var installation = await Installation.Create();
        using var client = await installation.Client(Role.Admin);

        await Act(client, HttpMethod.Post);
        await installation.Cache.Fresh(Cancel);

        Assert.Equal(2, installation.Now.IntegrationsByKey.Count);
        Assert.False(DemoOrganisation.HasPublishedKeys(installation.Now));
    }

    [Fact]
    public async Task never_touches_what_was_there()
    {
        await using var installation = await Installation.Create();
        await installation.Apply("""
            version: 1
            policies: [{ name: default, levels: [{ page: [{ person: eva }], timeout: 1m }], repeat: 0 }]
            people: [{ login: eva, name: Eva Own, role: admin, contacts: [{ name: mobile, kind: voice, address: "+15550100001" }] }]
            pools: [{ name: A, rank: 1, mtta: 7m, policy: default }]
            """);
        using var client = await installation.Client(Role.Admin);
        var before = (await client.Read("pools/A?form=document")).ToString();

        var loaded = await Act(client, HttpMethod.Post);
        var between = (await client.Read("pools/A?form=document")).ToString();
        await Act(client, HttpMethod.Delete);

        Assert.Equal(["policy default present", "pool A present"], Kept(loaded).Order(StringComparer.Ordinal));
        Assert.Equal(before, between);
        Assert.Equal(before, (await client.Read("pools/A?form=document")).ToString());
        Assert.Equal(["eva"], Names(await client.Read("people"), "login"));
        Assert.Equal(["default"], Names(await client.Read("policies"), "name"));
    }

    [Fact]
    public async Task stays_where_somebody_changed_or_needs_it()
    {
        await using var installation = await Installation.Create();
        using var client = await installation.Client(Role.Admin);
        await Act(client, HttpMethod.Post);
        // Somebody's own service in the team of the demo, and a service of the demo that somebody changed.
        Assert.Equal(201, (await client.Put("services/website", """{ "team": "support", "pool": "C" }""")).Status);
        Assert.Equal(200, (await client.Put("services/reports", """{ "team": "kitchen", "pool": "C", "schedule": "kitchen", "runbook": "https://wiki.example.com/reports" }""")).Status);
        Assert.Equal(201, (await client.Post("schedules/payments/overrides", """{ "from": "2026-12-01T00:00:00Z", "to": "2026-12-02T00:00:00Z", "add": "bruno" }""")).Status);

        var removed = await Act(client, HttpMethod.Delete);

        Assert.Contains("service reports changed", Kept(removed));
        Assert.Contains("team support needed services[website].team", Kept(removed));
        Assert.Contains("person lena needed teams[support].lead", Kept(removed));
        Assert.Equal(["reports", "website"], Names(await client.Read("services"), "name").Order(StringComparer.Ordinal));
        // Kitchen and its people are needed by the service that was changed, first-line by whom it is about; payments, with what was made of it, is not.
        Assert.Equal(["first-line", "kitchen"], Names(await client.Read("schedules"), "name").Order(StringComparer.Ordinal));
        Assert.Equal(["juri", "lena", "tiina"], Names(await client.Read("people"), "login").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task is_done_only_as_it_was_planned()
    {
        await using var installation = await Installation.Create();
        using var client = await installation.Client(Role.Admin);
        using var manager = await installation.Client(Role.Manager);
        var (_, tag) = await client.Get("demo");
        await client.Put("calendars/mine", """{ "zone": "UTC", "businessHours": { "days": ["mon"], "from": "09:00", "to": "18:00" } }""");

        Assert.Equal(412, (int)(await client.Call(HttpMethod.Post, "demo", ifMatch: tag)).Response.StatusCode);
        Assert.Equal(422, (int)(await client.Call(HttpMethod.Post, "demo")).Response.StatusCode);
        Assert.Equal(403, (int)(await manager.Call(HttpMethod.Post, "demo", ifMatch: tag)).Response.StatusCode);
        Assert.Equal(403, (int)(await manager.Call(HttpMethod.Delete, "demo", ifMatch: tag)).Response.StatusCode);
        Assert.Empty((await client.Read("people")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task says_why_it_cannot_be_loaded()
    {
        await using var installation = await Installation.Create();
        await installation.Apply("""
            version: 1
            people: [{ login: eva, name: Eva Own, role: admin, contacts: [{ name: mobile, kind: voice, address: "+5511900000001" }] }]
            """);
        using var client = await installation.Client(Role.Admin);

        var plan = (await client.Read("demo")).GetProperty("load");

        Assert.Contains("already belongs to 'eva'", plan.GetProperty("refusal")[0].GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    /// <summary>Looks at the plan and carries it out.</summary>
    private static async Task<JsonElement> Act(HttpClient client, HttpMethod method)
    {
        var (_, tag) = await client.Get("demo");
        var (response, body) = await client.Call(method, "demo", ifMatch: tag);
        Assert.True(response.IsSuccessStatusCode, body.ToString());
        return body;
    }

    private static IEnumerable<string> Kept(JsonElement answer) => answer.GetProperty("kept").EnumerateArray()
        .Select(k => $"{k.Text("kind")} {k.Text("name")} {k.Text("reason")} {(k.GetProperty("where").ValueKind == JsonValueKind.Null ? "" : k.Text("where"))}".TrimEnd());

    private static IEnumerable<string> Names(JsonElement list, string key) => list.GetProperty("items").EnumerateArray().Select(i => i.Text(key));
}
