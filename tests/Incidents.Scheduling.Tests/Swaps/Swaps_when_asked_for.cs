using System.Net;
using System.Text.Json;
using Incidents.TestKit;

namespace Incidents.Scheduling.Tests.Swaps;

/// <summary>ana's day is 2026-03-04T09:00Z to 05T09:00Z, carla's the one before, bruno's the one after.</summary>
public sealed class Swaps_when_asked_for
{
    private const string From = "2026-03-04T09:00:00Z";
    private const string Noon = "2026-03-04T21:00:00Z";
    private const string To = "2026-03-05T09:00:00Z";

    private static async Task<string> Ask(Office office, object? offerTo = null, string login = "ana", string? expiresAt = null)
    {
        var (status, body) = await office.Post("/api/v1/schedules/payments/swaps", login,
            new { person = "ana", from = From, to = To, offerTo = offerTo ?? new { people = new[] { "bruno", "dora" } }, reason = "dentist", expiresAt });
        Assert.True(status == HttpStatusCode.Created, body.ToString());
        return body.GetProperty("id").GetString()!;
    }

    private static string Code((HttpStatusCode Status, JsonElement Body) answer) => $"{(int)answer.Status} {answer.Body.GetProperty("type").GetString()!.Split('/')[^1]}";

    private static string Status((HttpStatusCode Status, JsonElement Body) answer)
    {
        Assert.True(answer.Status is HttpStatusCode.OK or HttpStatusCode.Created, answer.Body.ToString());
        return answer.Body.GetProperty("status").GetString()!;
    }

    [Theory, EveryDatabase]
    public async Task are_taken_in_parts_and_written_as_overrides(Database database)
    {
        await using var office = await Office.Start(database);
        var id = await Ask(office);

        var part = await office.Post($"/api/v1/swaps/{id}/accept", "bruno", new { from = From, to = Noon });
        Assert.Equal("open", Status(part));
        Assert.Equal(Noon, part.Body.GetProperty("open")[0].GetProperty("from").GetString());
        Assert.Equal("accepted", Status(await office.Post($"/api/v1/swaps/{id}/accept", "dora")));

        Assert.Equal(("bruno", "dora", "bruno"), (await office.OnCall("2026-03-04T12:00:00Z"), await office.OnCall("2026-03-05T08:59:59Z"), await office.OnCall("2026-03-05T09:00:00Z")));
        var shifts = (await office.Get($"/api/v1/schedules/payments/shifts?from={From}&to={To}")).Body.GetProperty("items");
        Assert.All(shifts.EnumerateArray(), s => Assert.Equal("swap", s.GetProperty("why").GetProperty("kind").GetString()));
        Assert.Equal("409 swap-taken", Code(await office.Post($"/api/v1/swaps/{id}/decline", "bruno")));
        Assert.Equal("accepted", Status(await office.Post($"/api/v1/swaps/{id}/accept", "dora")));
        var told = (await office.Notices()).Select(n => n.Person + ": " + n.Subject).ToList();
        Assert.Equal(
            [
                "bruno: ana asks for cover: payments", "dora: ana asks for cover: payments",
                "ana: bruno takes your duty: payments", "bruno: You take ana's duty: payments",
                "ana: dora takes your duty: payments", "dora: You take ana's duty: payments",
            ], told);
    }

    [Theory, EveryDatabase]
    public async Task are_made_once_for_an_idempotency_key(Database database)
    {
        await using var office = await Office.Start(database);
        Task<(HttpStatusCode Status, JsonElement Body)> Again(string? key, string reason) => office.Send(HttpMethod.Post, "/api/v1/schedules/payments/swaps", "ana",
            new { person = "ana", from = From, to = To, offerTo = new { people = new[] { "bruno" } }, reason }, key: key);

        var answers = await Task.WhenAll(Again("k1", "dentist"), Again("k1", "dentist"));
        var third = await Again("k1", "dentist");

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Created, a.Status));
        Assert.Single(answers.Append(third).Select(a => a.Body.GetProperty("id").GetString()).Distinct(StringComparer.Ordinal));
        Assert.Single(await office.Notices(), n => n.Person == "bruno");
        Assert.Equal("422 invalid", Code(await Again("k1", "school")));
        Assert.Equal("409 swap-exists", Code(await Again(null, "dentist")));
    }

    [Theory, EveryDatabase]
    public async Task have_one_winner_when_two_accept_at_once(Database database)
    {
        await using var office = await Office.Start(database);
        var id = await Ask(office);

        var answers = await Task.WhenAll(office.Post($"/api/v1/swaps/{id}/accept", "bruno"), office.Post($"/api/v1/swaps/{id}/accept", "dora"));

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Conflict], answers.Select(a => a.Status).Order());
        Assert.Equal("409 swap-taken", Code(answers.Single(a => a.Status == HttpStatusCode.Conflict)));
        Assert.Single((await office.Get($"/api/v1/swaps/{id}")).Body.GetProperty("covers").EnumerateArray());
    }

    [Theory, EveryDatabase]
    public async Task are_withdrawn_after_they_were_accepted_and_both_are_told(Database database)
    {
        await using var office = await Office.Start(database);
        var id = await Ask(office);
        await office.Post($"/api/v1/swaps/{id}/accept", "bruno");

        Assert.Equal("403 forbidden", Code(await office.Post($"/api/v1/swaps/{id}/withdraw", "bruno")));
        Assert.Equal("withdrawn", Status(await office.Post($"/api/v1/swaps/{id}/withdraw", "ana")));

        Assert.Equal("ana", await office.OnCall("2026-03-04T12:00:00Z"));
        Assert.Equal(["ana", "bruno"], (await office.Notices()).Where(n => n.Subject == "Swap withdrawn: payments").Select(n => n.Person).Order());
        Assert.Equal("withdrawn", Status(await office.Post($"/api/v1/swaps/{id}/withdraw", "mara")));
        Assert.Equal("409 swap-closed", Code(await office.Post($"/api/v1/swaps/{id}/accept", "dora")));
    }

    [Theory, EveryDatabase]
    public async Task keep_what_was_worked_when_withdrawn_after_the_start(Database database)
    {
        await using var office = await Office.Start(database);
        var id = await Ask(office);
        await office.Post($"/api/v1/swaps/{id}/accept", "bruno");
        office.Time.AdvanceTo(new DateTimeOffset(2026, 3, 4, 15, 0, 0, TimeSpan.Zero));

        Assert.Equal("withdrawn", Status(await office.Post($"/api/v1/swaps/{id}/withdraw", "ana")));

        Assert.Equal(("bruno", "ana"), (await office.OnCall("2026-03-04T14:59:59Z"), await office.OnCall("2026-03-04T15:00:01Z")));
    }

    [Theory, EveryDatabase]
    public async Task conflict_when_the_schedule_has_changed_meanwhile(Database database)
    {
        await using var office = await Office.Start(database);
        var id = await Ask(office);
        await office.Apply(Office.Document.Replace("[[ana], [bruno], [carla]]", "[[dora], [bruno], [carla]]", StringComparison.Ordinal));

        Assert.Equal("409 not-on-call", Code(await office.Post($"/api/v1/swaps/{id}/accept", "bruno")));

        Assert.Equal("open", (await office.Get($"/api/v1/swaps/{id}")).Body.GetProperty("status").GetString());
        Assert.Equal("dora", await office.OnCall("2026-03-04T12:00:00Z"));
    }

    [Theory, EveryDatabase]
    public async Task remind_and_lapse_in_time_and_only_while_open(Database database)
    {
        await using var office = await Office.Start(database);
        var settled = await Ask(office);
        await office.Post($"/api/v1/swaps/{settled}/withdraw", "ana");
        var id = await Ask(office, new { anyone = true });

        await office.Drive(TimeSpan.FromHours(3), async () => (await office.Get($"/api/v1/swaps/{id}")).Body.GetProperty("settledAt").ValueKind != JsonValueKind.Null);

        var notices = (await office.Notices()).Where(n => n.Key.StartsWith(id, StringComparison.Ordinal)).Select(n => n.Person + n.Key[id.Length..]).ToList();
        // 45 hours are left at the beginning: the first two reminders lie behind.
        Assert.Equal(
            [
                "bruno offered", "carla offered", "dora offered", "bruno reminder 1d", "carla reminder 1d", "dora reminder 1d", "bruno reminder 12h", "carla reminder 12h", "dora reminder 12h",
                "ana expired", "mara expired",
            ], notices);
        Assert.DoesNotContain(await office.Notices(), n => n.Key.StartsWith(settled, StringComparison.Ordinal) && n.Key.Contains("reminder", StringComparison.Ordinal));
        Assert.Equal("expired", (await office.Get($"/api/v1/swaps/{id}")).Body.GetProperty("status").GetString());
        Assert.Equal("409 swap-expired", Code(await office.Post($"/api/v1/swaps/{id}/accept", "bruno")));
    }

    [Theory, EveryDatabase]
    public async Task are_exchanged_when_the_requester_agrees_to_an_offer(Database database)
    {
        await using var office = await Office.Start(database);
        var id = await Ask(office);
        var exchange = new { from = "2026-03-05T09:00:00Z", to = "2026-03-06T09:00:00Z" };

        Assert.Equal("422 invalid", Code(await office.Post($"/api/v1/swaps/{id}/counter", "dora", new { exchange })));
        Assert.Equal("open", Status(await office.Post($"/api/v1/swaps/{id}/counter", "bruno", new { exchange, note = "mine for yours" })));
        Assert.Equal("403 forbidden", Code(await office.Post($"/api/v1/swaps/{id}/counters/1/accept", "dora")));
        Assert.Equal("accepted", Status(await office.Post($"/api/v1/swaps/{id}/counters/1/accept", "ana")));

        Assert.Equal(("bruno", "ana"), (await office.OnCall("2026-03-04T12:00:00Z"), await office.OnCall("2026-03-05T12:00:00Z")));
        await office.Post($"/api/v1/swaps/{id}/withdraw", "ana");
        Assert.Equal(("ana", "bruno"), (await office.OnCall("2026-03-04T12:00:00Z"), await office.OnCall("2026-03-05T12:00:00Z")));
    }

    [Theory, EveryDatabase]
    public async Task are_listed_by_person_schedule_and_state(Database database)
    {
        await using var office = await Office.Start(database);
        var first = await Ask(office);
        await office.Post($"/api/v1/swaps/{first}/withdraw", "ana");
        var second = await Ask(office, new { anyone = true }, login: "mara");

        async Task<string[]> Ids(string query) => [.. (await office.Get("/api/v1/swaps?" + query)).Body.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetString()!)];

        Assert.Equal([second, first], await Ids("schedule=payments"));
        Assert.Equal([second], await Ids("status=open,accepted"));
        Assert.Equal([second, first], await Ids("person=dora"));
        Assert.Equal([second], await Ids("person=carla"));
        Assert.Empty(await Ids("person=eve"));
        Assert.Equal([second], await Ids("limit=1"));
        Assert.Equal([first], await Ids("limit=1&cursor=" + (await office.Get("/api/v1/swaps?limit=1")).Body.GetProperty("nextCursor").GetString()));
        Assert.Equal("422 invalid", Code(await office.Get("/api/v1/swaps?status=done&limit=0")));
        Assert.Equal("404 not-found", Code(await office.Get("/api/v1/swaps/999")));
    }

    [Theory]
    [InlineData("""{"from":"2026-03-04T09:00:00Z","to":"2026-03-05T09:00:00Z"}""", "ana", "422 offerTo")]
    [InlineData("""{"from":"2026-03-04T09:00:00Z","to":"2026-03-05T09:00:00Z","offerTo":{"people":["ana","nobody"]}}""", "ana", "422 offerTo.people[0] offerTo.people[1]")]
    [InlineData("""{"from":"2026-03-04T09:00:00Z","to":"2026-03-05T09:00:00Z","offerTo":{"anyone":true,"people":["bruno"]}}""", "ana", "422 offerTo")]
    [InlineData("""{"from":"2026-03-05T09:00:00Z","to":"2026-03-04T09:00:00Z","offerTo":{"anyone":true}}""", "ana", "422 to")]
    [InlineData("""{"from":"2026-03-01T09:00:00Z","to":"2026-03-05T09:00:00Z","offerTo":{"anyone":true}}""", "ana", "422 from")]
    [InlineData("""{"from":"2026-03-04T09:00:00Z","to":"2026-03-06T09:00:00Z","offerTo":{"anyone":true}}""", "ana", "422 from")]
    [InlineData("""{"from":"2026-03-04T09:00:00Z","to":"2026-03-05T09:00:00Z","offerTo":{"anyone":true},"expiresAt":"2026-03-04T09:00:01Z"}""", "ana", "422 expiresAt")]
    [InlineData("""{"person":"ana","from":"2026-03-04T09:00:00Z","to":"2026-03-05T09:00:00Z","offerTo":{"anyone":true}}""", "bruno", "403 ")]
    [InlineData("""{"offerTo":{"anyone":true}}""", "ana", "422 from to")]
    public async Task name_what_is_wrong_and_change_nothing(string body, string login, string wrong)
    {
        await using var office = await Office.Start(Database.Sqlite);

        var (status, problem) = await office.Post("/api/v1/schedules/payments/swaps", login, body);

        Assert.Equal(wrong, $"{(int)status} {string.Join(' ', problem.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("path").GetString()).Distinct())}");
        Assert.Empty((await office.Get("/api/v1/swaps")).Body.GetProperty("items").EnumerateArray());
    }
}
