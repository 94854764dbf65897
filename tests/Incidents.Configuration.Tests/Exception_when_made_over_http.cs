using Incidents.Contracts.Organisation;
using Incidents.TestKit;
using NodaTime;

namespace Incidents.Configuration.Tests;

public sealed class Exception_when_made_over_http
{
    private const string Bruno = """{"from": "2026-11-21T12:00:00Z", "to": "2026-11-22T12:00:00Z", "replace": "bruno", "with": "ana"}""";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [EveryDatabase]
    public async Task is_taken_away_and_made_again(Database database)
    {
        await using var installation = await Installation.Create(database);
        await installation.Apply(Sample.Yaml);
        using var client = await installation.Client(Role.Responder, "bruno");

        var (made, answer) = await client.Call(HttpMethod.Post, "schedules/payments/overrides", Bruno, idempotencyKey: "once");
        var id = answer.Text("id");
        Assert.Equal((201, $"/api/v1/overrides/{id}"), ((int)made.StatusCode, made.Headers.Location?.ToString()));
        var again = await client.Post("schedules/payments/overrides", Bruno, key: "once");
        Assert.Equal((201, id, answer.ToString()), (again.Status, again.Body.Text("id"), again.Body.ToString()));
        Assert.Equal(422, (await client.Post("schedules/payments/overrides", Bruno.Replace("ana", "maarja", StringComparison.Ordinal), key: "once")).Status);
        Assert.Equal((200, ""), (await client.Post("schedules/payments/overrides", Bruno)) is var (status, body) ? (status, body.Changes()) : default);

        var listed = (await client.Read("schedules/payments/overrides")).GetProperty("items");
        Assert.Equal([id, "maarja"], [listed[0].Text("id"), listed[1].Text("person")]);
        Assert.Equal(1, (await client.Read("schedules/payments/overrides?from=2026-11-23T00:00:00Z")).GetProperty("items").GetArrayLength());
        Assert.Equal(1, (await client.Read("schedules/payments/overrides?to=2026-12-01T00:00:00Z")).GetProperty("items").GetArrayLength());
        Assert.Equal(("bruno", "ana", "bruno"), await client.Read("overrides/" + id) is var one ? (one.Text("person"), one.Text("with"), one.Text("author")) : default);

        installation.Time.Advance(TimeSpan.FromHours(2));
        var deleted = await client.Delete("overrides/" + id);
        Assert.Equal(200, deleted.Status);
        Assert.Equal(404, (await client.Delete("overrides/" + id)).Status);
        Assert.Equal(Instant.FromUtc(2026, 11, 21, 14, 0), (await installation.Cache.Fresh(Cancel)).Overrides["payments"].Single(o => o.Person == "bruno").To);

        // The answer is what undoes it; two hours later a manager is asked, for the beginning is past.
        var item = deleted.Body.GetProperty("item").ToString();
        Assert.Equal(403, (await client.Post("schedules/payments/overrides", item)).Status);
        using var lead = await installation.Client(Role.Manager, "ana");
        Assert.Equal(201, (await lead.Post("schedules/payments/overrides", item)).Status);
        Assert.Equal(Instant.FromUtc(2026, 11, 22, 12, 0), (await installation.Cache.Fresh(Cancel)).Overrides["payments"].Where(o => o.Person == "bruno").Max(o => o.To));
    }

    [Theory]
    [InlineData("bruno", """{"from": "2026-11-21T12:00:00Z", "to": "2026-11-22T12:00:00Z", "replace": "maarja", "with": "bruno"}""", "may only have themself replaced")]
    [InlineData("bruno", """{"from": "2026-11-21T12:00:00Z", "to": "2026-11-22T12:00:00Z", "add": "bruno"}""", "may only have themself replaced")]
    [InlineData("bruno", """{"from": "2026-11-21T12:00:00Z", "to": "2026-11-22T12:00:00Z", "remove": "bruno"}""", "may only have themself replaced")]
    [InlineData("bruno", """{"from": "2026-11-21T11:54:00Z", "to": "2026-11-22T12:00:00Z", "replace": "bruno", "with": "ana"}""", "corrected by a manager")]
    [InlineData("bruno", """{"from": "2026-11-21T12:00:00Z", "to": "2026-11-22T12:00:00Z", "replace": "bruno", "with": "ana", "swap": "0198c0de-0000-7000-8000-000000000001"}""", "belongs to a swap")]
    public async Task is_for_a_responder_only_about_themself(string login, string json, string refusal)
    {
        await using var installation = await Installation.Create();
        await installation.Apply(Sample.Yaml);
        using var client = await installation.Client(Role.Responder, login);
        using var lead = await installation.Client(Role.Manager, "ana");

        var refused = await client.Post("schedules/payments/overrides", json);

        Assert.Equal(403, refused.Status);
        Assert.Contains(refusal, refused.Body.Text("title"), StringComparison.Ordinal);
        Assert.Equal(201, (await lead.Post("schedules/payments/overrides", json)).Status);
    }

    [Fact]
    public async Task is_left_to_who_made_it_and_to_managers()
    {
        await using var installation = await Installation.Create();
        await installation.Apply(Sample.Yaml);
        using var bruno = await installation.Client(Role.Responder, "bruno");
        using var maarja = await installation.Client(Role.Responder, "maarja");
        using var observer = await installation.Client(Role.Observer, "olaf");
        using var lead = await installation.Client(Role.Manager, "ana");
        var id = (await lead.Post("schedules/payments/overrides", Bruno)).Body.Text("id");

        Assert.Equal(403, (await bruno.Delete("overrides/" + id)).Status);
        Assert.Equal(403, (await maarja.Delete("overrides/" + id)).Status);
        Assert.Equal(403, (await observer.Delete("overrides/" + id)).Status);
        Assert.Equal(200, (await lead.Delete("overrides/" + id)).Status);
        Assert.Equal(404, (await lead.Post("schedules/none/overrides", Bruno)).Status);
        Assert.Equal("overrides[0].with there is no person 'anna'. Did you mean 'ana'?", (await lead.Post("schedules/payments/overrides", Bruno.Replace("\"ana\"", "\"anna\"", StringComparison.Ordinal))).Body.Faults());
        Assert.Equal("schedule must be 'payments' as in the address, or left out.", (await lead.Post("schedules/payments/overrides", Bruno.Replace("{\"from\"", "{\"schedule\": \"kitchen\", \"from\"", StringComparison.Ordinal))).Body.Faults());
    }

    [Fact]
    public async Task may_be_an_absence_in_whole_days()
    {
        await using var installation = await Installation.Create();
        await installation.Apply(Sample.Yaml);
        using var bruno = await installation.Client(Role.Responder, "bruno");
        using var lead = await installation.Client(Role.Manager, "ana");
        const string Carnival = """{"from": "2027-02-08", "to": "2027-02-11", "reason": "carnival"}""";

        var made = await bruno.Post("people/bruno/absences", Carnival);
        Assert.Equal(201, made.Status);
        Assert.Equal(("2027-02-08T03:00:00Z", "2027-02-11T03:00:00Z"), (made.Body.GetProperty("item").Text("from"), made.Body.GetProperty("item").Text("to")));
        var same = await bruno.Post("people/bruno/absences", Carnival);
        Assert.Equal((200, "", made.Body.Text("id")), (same.Status, same.Body.Changes(), same.Body.Text("id")));
        Assert.Equal(403, (await bruno.Post("people/ana/absences", Carnival)).Status);
        Assert.Equal(201, (await lead.Post("people/maarja/absences", Carnival)).Status);
        Assert.Equal(404, (await lead.Post("people/none/absences", Carnival)).Status);

        var listed = (await bruno.Read("people/bruno/absences")).GetProperty("items");
        Assert.Equal(["vacation", "carnival"], listed.EnumerateArray().Select(a => a.Text("reason")));
        Assert.Equal(made.Body.Text("id"), listed[1].Text("id"));
        Assert.Equal(0, (await bruno.Read("people/bruno/absences?from=2027-02-11T03:00:00Z")).GetProperty("items").GetArrayLength());
        Assert.Equal("bruno", (await bruno.Read("absences/" + made.Body.Text("id"))).Text("person"));
        Assert.Equal(200, (await bruno.Delete("absences/" + made.Body.Text("id"))).Status);
        Assert.Equal(404, (await bruno.Delete("absences/" + made.Body.Text("id"))).Status);
    }

    [Fact]
    public async Task may_be_a_temporary_schedule()
    {
        await using var installation = await Installation.Create();
        await installation.Apply(Sample.Yaml);
        using var lead = await installation.Client(Role.Manager, "juri");
        using var responder = await installation.Client(Role.Responder, "tiina");
        const string Fair = """{"from": "2026-12-01T00:00:00Z", "to": "2026-12-03T00:00:00Z", "reason": "fair", "shifts": [{"from": "2026-12-01T06:00:00Z", "to": "2026-12-01T18:00:00Z", "people": ["tiina"]}, {"from": "2026-12-01T06:00:00Z", "to": "2026-12-01T18:00:00Z", "position": "secondary", "people": ["juri"]}]}""";

        Assert.Equal(403, (await responder.Put("schedules/kitchen/temporary/fair", Fair)).Status);
        Assert.Equal(404, (await lead.Put("schedules/none/temporary/fair", Fair)).Status);
        var (made, answer) = await lead.Call(HttpMethod.Put, "schedules/kitchen/temporary/fair", Fair);
        Assert.Equal((201, "/api/v1/schedules/kitchen/temporary/fair"), ((int)made.StatusCode, made.Headers.Location?.ToString()));
        var (got, tag) = await responder.Get("schedules/kitchen/temporary/fair");
        Assert.Equal(made.Headers.ETag!.Tag, tag);
        Assert.Contains("\"position\":\"secondary\"", got, StringComparison.Ordinal);
        Assert.Equal("fair", (await responder.Read("schedules/kitchen/temporary")).GetProperty("items")[0].Text("name"));
        Assert.Equal(2, (await responder.Read("schedules/kitchen/temporary")).GetProperty("items").GetArrayLength());
        Assert.Equal(409, (await lead.Put("schedules/payments/temporary/fair", Fair)).Status);
        Assert.Equal(412, (await lead.Put("schedules/kitchen/temporary/fair", Fair, ifMatch: "\"1\"")).Status);
        Assert.Equal((200, ""), await lead.Put("schedules/kitchen/temporary/fair", answer.GetProperty("item").ToString(), ifMatch: tag) is var (status, body) ? (status, body.Changes()) : default);

        Assert.Equal(404, (await lead.Delete("schedules/payments/temporary/fair")).Status);
        Assert.Equal(200, (await lead.Delete("schedules/kitchen/temporary/fair")).Status);
        Assert.Equal(1, (await responder.Read("schedules/kitchen/temporary")).GetProperty("items").GetArrayLength());
    }
}
