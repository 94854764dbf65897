using System.Net;
using System.Text.Json;
using Incidents.TestKit;

namespace Incidents.Scheduling.Tests;

/// <summary>mara is a manager for the kitchen only: what she may there, and of payments not.</summary>
public sealed class Team_rights_when_scoped : IAsyncLifetime
{
    private const string Kitchen = "mara@kitchen";
    private const string Payments = "mara@payments";
    private Office? started;

    private Office Office => started ?? throw new InvalidOperationException("Not started.");

    public async ValueTask InitializeAsync() => started = await Office.Start(Database.Sqlite, Office.Document
        .Replace("teams:\n", "teams:\n  - { name: kitchen, lead: dora, members: [eve] }\n", StringComparison.Ordinal)
        .Replace("pools:\n  - { name: A, rank: 1,", "pools:\n  - { name: A, rank: 1, pay: [{ from: 2026-01-01, standby: 1, work: 1, increment: 15m, minimum: 0s, classes: { business: 1, offHours: 1, night: 1, weekend: 1, holiday: 1 } }],", StringComparison.Ordinal)
        .Replace("role: responder }\n  - { login: dora", "role: responder, pay: [{ from: 2026-01-01, rate: 10, currency: EUR }] }\n  - { login: dora", StringComparison.Ordinal)
        .Replace("{ login: eve, name: Eve, role: responder }", "{ login: eve, name: Eve, role: responder, pay: [{ from: 2026-01-01, rate: 20, currency: EUR }] }", StringComparison.Ordinal)
        .Replace("services:\n", "  - { name: kitchen, team: kitchen, pool: A, zone: UTC, layers: [{ name: daily, position: primary, start: 2026-01-06T09:00, turn: 1d, slots: [[eve], [dora]] }] }\nservices:\n", StringComparison.Ordinal));

    public async ValueTask DisposeAsync() => await Office.DisposeAsync();

    private static void Refused((HttpStatusCode Status, JsonElement Body) answer, string team, string who = "'mara' is manager for 'kitchen' only")
    {
        Assert.True(answer.Status == HttpStatusCode.Forbidden, $"{answer.Status} {answer.Body}");
        var title = answer.Body.GetProperty("title").GetString()!;
        Assert.Contains($"'{team}'", title, StringComparison.Ordinal);
        Assert.Contains(who, title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task let_drafts_of_these_teams_be_published_and_anybodys_be_looked_at()
    {
        async Task<(HttpStatusCode Status, JsonElement Body)> Publish(string schedule, string turn, string slots)
        {
            var basis = (await Office.Get($"/api/v1/schedules/{schedule}/timeline")).Body.GetProperty("basis").GetString();
            return await Office.Post($"/api/v1/schedules/{schedule}/publish", Kitchen,
                $$"""{"basis": "{{basis}}", "schedules": [{"name": "{{schedule}}", "team": "{{schedule}}", "pool": "A", "zone": "UTC", "layers": [{"name": "daily", "position": "primary", "start": "2026-01-06T09:00", "turn": "{{turn}}", "slots": {{slots}} }]}]}""");
        }

        var own = await Publish("kitchen", "2d", """[["eve"], ["dora"]]""");
        Assert.True(own.Status == HttpStatusCode.OK, own.Body.ToString());
        Refused(await Publish("payments", "2d", """[["ana"], ["bruno"]]"""), "payments");

        const string draft = """{"schedules": [{"name": "payments", "team": "payments", "pool": "A", "zone": "UTC", "layers": [{"name": "daily", "position": "primary", "start": "2026-01-06T09:00", "turn": "3d", "slots": [["ana"], ["bruno"]]}]}]}""";
        var (status, seen) = await Office.Post("/api/v1/schedules/preview", Kitchen, draft);
        Assert.Equal(HttpStatusCode.OK, status);
        static bool HasCost(JsonElement answer) => answer.TryGetProperty("cost", out var cost) && cost.ValueKind == JsonValueKind.Object;
        Assert.False(HasCost(seen));
        // A draft may put anybody on a schedule of one's own team: what it costs would tell their rate.
        Assert.False(HasCost((await Office.Post("/api/v1/schedules/preview", Payments, draft)).Body));
        Assert.True(HasCost((await Office.Post("/api/v1/schedules/preview", "mara", draft)).Body));
        Assert.Equal(HttpStatusCode.OK, (await Office.Post("/api/v1/schedules/payments/timeline", Kitchen, draft)).Status);
    }

    [Fact]
    public async Task decide_swaps_for_people_on_schedules_of_these_teams_while_everybody_may_take_one()
    {
        var ask = new { person = "ana", from = "2026-03-04T09:00:00Z", to = "2026-03-05T09:00:00Z", offerTo = new { people = new[] { "bruno" } }, reason = "dentist" };
        Refused(await Office.Post("/api/v1/schedules/payments/swaps", Kitchen, ask), "payments");

        var (made, swap) = await Office.Post("/api/v1/schedules/payments/swaps", Payments, ask);
        Assert.Equal(HttpStatusCode.Created, made);
        var id = swap.GetProperty("id").GetString();
        // A person's own swap is theirs, whatever teams their rights are for.
        Assert.Equal(HttpStatusCode.OK, (await Office.Post($"/api/v1/swaps/{id}/accept", "bruno@kitchen")).Status);
        Refused(await Office.Post($"/api/v1/swaps/{id}/withdraw", Kitchen), "payments");
        Assert.Equal(HttpStatusCode.OK, (await Office.Post($"/api/v1/swaps/{id}/withdraw", Payments)).Status);
    }

    [Theory]
    [InlineData("uncovered", "schedule:kitchen", "schedule:payments")]
    [InlineData("onCallShare", "pool:A/person:eve", "pool:A/person:ana")]
    [InlineData("absence", "schedule:kitchen/person:ana", "schedule:payments/person:eve")]
    [InlineData("doublePrimary", null, "person:eve/schedules:kitchen+payments")]
    public async Task accept_breaches_of_these_teams(string rule, string? own, string other)
    {
        const string path = "/api/v1/limits/waivers";
        if (own is not null)
        {
            var (status, made) = await Office.Post(path, Kitchen, new { rule, subject = own, reason = "agreed" });
            Assert.True(status == HttpStatusCode.Created, made.ToString());
            Refused(await Office.Send(HttpMethod.Delete, $"{path}/{made.GetProperty("id").GetString()}", Payments), "kitchen", "'mara' is manager for 'payments' only");
            Assert.Equal(HttpStatusCode.NoContent, (await Office.Send(HttpMethod.Delete, $"{path}/{made.GetProperty("id").GetString()}", Kitchen)).Status);
        }
        Refused(await Office.Post(path, Kitchen, new { rule, subject = other, reason = "agreed" }), "payments");
        Assert.Equal(HttpStatusCode.Created, (await Office.Post(path, "mara@kitchen+payments", new { rule, subject = other, reason = "agreed" })).Status);
    }

    [Fact]
    public async Task know_whose_a_breach_is_that_is_named_by_its_fingerprint()
    {
        Assert.Equal(HttpStatusCode.Created, (await Office.Post("/api/v1/schedules/payments/overrides", "mara", new { from = "2026-03-04T09:00:00Z", to = "2026-03-05T09:00:00Z", remove = "ana" })).Status);
        var finding = (await Office.Get("/api/v1/limits/findings?schedule=payments&rule=uncovered")).Body.GetProperty("items")[0];
        var waiver = new { rule = "uncovered", subject = finding.GetProperty("fingerprint").GetString(), reason = "agreed" };

        Refused(await Office.Post("/api/v1/limits/waivers", Kitchen, waiver), "payments");
        Assert.Equal(HttpStatusCode.Created, (await Office.Post("/api/v1/limits/waivers", Payments, waiver)).Status);
        Refused(await Office.Post("/api/v1/limits/waivers", Kitchen, waiver with { subject = "0123456789abcdef" }), "0123456789abcdef");
    }

    [Fact]
    public async Task take_over_calendars_for_these_teams()
    {
        const string events = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//t//t//EN\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260301T000000Z\r\nDTSTART:20260304T090000Z\r\nDTEND:20260304T120000Z\r\nSUMMARY:dora\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        Refused(await Office.Post("/api/v1/schedules/payments/overrides/import?dryRun=true", Kitchen, events, "text/calendar"), "payments");
        Assert.Equal(HttpStatusCode.OK, (await Office.Post("/api/v1/schedules/kitchen/overrides/import", Kitchen, events, "text/calendar")).Status);
        Refused(await Office.Post("/api/v1/people/ana/absences/import?dryRun=true", Kitchen, "person,from,to\nana,2026-05-01,2026-05-02", "text/csv"), "payments");
        Assert.Equal(HttpStatusCode.OK, (await Office.Post("/api/v1/people/eve/absences/import", Kitchen, "person,from,to\neve,2026-05-01,2026-05-02", "text/csv")).Status);
        Assert.Equal(HttpStatusCode.OK, (await Office.Post("/api/v1/people/mara/absences/import", Kitchen, "person,from,to\nmara,2026-05-01,2026-05-02", "text/csv")).Status);
    }

    [Fact]
    public async Task show_the_pay_of_these_teams_people_and_approve_none()
    {
        const string period = "/api/v1/pay/periods/2026-02";
        static IEnumerable<string?> People(JsonElement view) => view.GetProperty("people").EnumerateArray().Select(p => p.GetProperty("login").GetString());

        Assert.Contains("carla", People((await Office.Get(period, "mara")).Body));
        var view = (await Office.Get(period, Kitchen)).Body;
        Assert.Equal(["dora", "eve"], People(view).Order(StringComparer.Ordinal));
        Assert.NotEqual((await Office.Get(period, "mara")).Body.GetProperty("totals").ToString(), view.GetProperty("totals").ToString());
        Assert.Equal(HttpStatusCode.OK, (await Office.Get(period + "/statements/eve", Kitchen)).Status);
        Refused(await Office.Get(period + "/statements/ana", Kitchen), "payments");
        Refused(await Office.Get(period + "/export.csv?login=ana", Kitchen), "payments");
        foreach (var verb in new[] { "approve", "export" })
            Refused(await Office.Post($"{period}/{verb}", Kitchen), "kitchen");
        Refused(await Office.Send(HttpMethod.Put, period, Kitchen, new { from = "2026-02-01", to = "2026-03-01" }), "kitchen");
        Assert.Equal(HttpStatusCode.OK, (await Office.Post($"{period}/approve", "mara")).Status);
    }
}
