using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Incidents.Acceptance.Tests.Stage;

namespace Incidents.Acceptance.Tests.Stories;

public class Schedule_when_edited
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, BothShapes]
    public async Task keeps_what_was_worked_and_answers_with_the_new_from_now_on(Shape shape)
    {
        await using var it = await Installation.StartAsync(shape, 1);
        var crew = it.Crews[0];
        var (ana, bruno) = (crew.Ana.Login, crew.Bruno.Login);
        await Sent(it, HttpMethod.Put, "schedules/duty", Duty("Etc/UTC", ana), HttpStatusCode.Created);
        Assert.Equal([ana], await OnCall(it, "duty"));

        // Another person, in another zone, under the running shift.
        var changed = await Sent(it, HttpMethod.Put, "schedules/duty", Duty("Asia/Tokyo", bruno));
        Assert.Equal([bruno], await OnCall(it, "duty"));
        var worked = await Shifts(it, "duty");
        Assert.Equal([ana, bruno], worked.Select(s => s.Person));
        Assert.Equal(worked[0].Until, worked[1].From);
        Assert.InRange(worked[1].From!.Value, TimeProvider.System.GetUtcNow().AddMinutes(-1), TimeProvider.System.GetUtcNow());

        // An override, taken away again: what it did stays, what was under it counts.
        var made = await Sent(it, HttpMethod.Post, "schedules/duty/overrides", JsonSerializer.Serialize(new { from = TimeProvider.System.GetUtcNow().AddHours(-1), to = TimeProvider.System.GetUtcNow().AddHours(1), replace = bruno, with = crew.Carla.Login }), HttpStatusCode.Created);
        Assert.Equal([crew.Carla.Login], await OnCall(it, "duty"));
        await Sent(it, HttpMethod.Delete, $"overrides/{made.GetProperty("id").GetString()}");
        Assert.Equal([bruno], await OnCall(it, "duty"));
        Assert.Contains(crew.Carla.Login, (await Shifts(it, "duty")).Select(s => s.Person));

        // A temporary schedule replaces everything while it lasts.
        await Sent(it, HttpMethod.Put, "schedules/duty/temporary/fair", JsonSerializer.Serialize(new
        {
            from = TimeProvider.System.GetUtcNow().AddMinutes(-1), to = TimeProvider.System.GetUtcNow().AddHours(3), shifts = new[] { new { from = TimeProvider.System.GetUtcNow(), to = TimeProvider.System.GetUtcNow().AddHours(1), people = new[] { ana } } },
        }), HttpStatusCode.Created);
        Assert.Equal([ana], await OnCall(it, "duty"));
        await Sent(it, HttpMethod.Delete, "schedules/duty/temporary/fair");
        Assert.Equal([bruno], await OnCall(it, "duty"));

        // Deleted: the running shift ends, the past stays known.
        var since = TimeProvider.System.GetUtcNow().AddDays(-1);
        var before = await Shifts(it, "duty", since);
        await Sent(it, HttpMethod.Delete, "schedules/duty");
        var after = await Shifts(it, "duty", since);
        Assert.Equal(before.Where(s => s.Person.Length > 0).Select(s => (s.Person, s.From)), after.Where(s => s.Person.Length > 0).Select(s => (s.Person, s.From)));
        Assert.InRange(after.Last(s => s.Person.Length > 0).Until!.Value, TimeProvider.System.GetUtcNow().AddMinutes(-1), TimeProvider.System.GetUtcNow());
        Assert.Equal("update", changed.GetProperty("changes")[0].GetProperty("action").GetString());
        var audit = await it.GetAsync<JsonElement>("/api/v1/audit?kind=schedule&name=duty");
        Assert.Equal(["delete", "update", "create"], audit.GetProperty("items").EnumerateArray().Select(a => a.GetProperty("action").GetString()));
    }

    [Theory, BothShapes]
    public async Task answers_two_editors_and_the_removal_of_who_is_on_call_as_a_lead_would_expect(Shape shape)
    {
        await using var it = await Installation.StartAsync(shape, 1);
        var crew = it.Crews[0];
        using var manager = await it.ClientAsync("manager");
        var path = "/api/v1/schedules/" + crew.Line;
        var seen = (await it.Http.GetAsync(path, Cancel)).Headers.ETag!;

        using var first = Request(HttpMethod.Put, path, Duty("Etc/UTC", crew.Bruno.Login), seen);
        using var second = Request(HttpMethod.Put, path, Duty("Etc/UTC", crew.Carla.Login), seen);
        Assert.Equal(HttpStatusCode.OK, (await manager.SendAsync(first, Cancel)).StatusCode);
        using var refused = await it.Http.SendAsync(second, Cancel);
        using var problem = JsonDocument.Parse(await refused.Content.ReadAsStringAsync(Cancel));
        Assert.Equal(HttpStatusCode.PreconditionFailed, refused.StatusCode);
        Assert.Contains($"The schedule '{crew.Line}' has changed meanwhile: by ", problem.RootElement.GetProperty("title").GetString(), StringComparison.Ordinal);
        Assert.Equal(crew.Bruno.Login, problem.RootElement.GetProperty("current").GetProperty("layers")[0].GetProperty("slots")[0][0].GetString());
        Assert.Equal([crew.Bruno.Login], await OnCall(it, crew.Line));

        var removal = await Sent(it, HttpMethod.Delete, "people/" + crew.Bruno.Login, json: null, HttpStatusCode.UnprocessableEntity);
        var faults = removal.GetProperty("errors").EnumerateArray().Select(e => $"{e.GetProperty("path").GetString()} {e.GetProperty("message").GetString()}").ToList();
        Assert.Equal($"people[{crew.Bruno.Login}] is on call now: primary of '{crew.Line}'. Put somebody in their place first.", faults[0]);
        Assert.Contains($"schedules[{crew.Line}].layers[all].slots[0][0] person '{crew.Bruno.Login}' would be removed, but is still named here.", faults);
        Assert.Equal([crew.Bruno.Login], await OnCall(it, crew.Line));
    }

    private static string Duty(string zone, string person)
        => $$"""{"pool": "A", "zone": "{{zone}}", "layers": [{"name": "all", "start": "2026-01-05T00:00", "turn": "52w", "slots": [["{{person}}"]]}]}""";

    private static HttpRequestMessage Request(HttpMethod method, string path, string json, EntityTagHeaderValue seen)
        => new(method, path) { Content = new StringContent(json, Encoding.UTF8, "application/json"), Headers = { IfMatch = { seen } } };

    private static async Task<JsonElement> Sent(Installation it, HttpMethod method, string path, string? json = null, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var request = new HttpRequestMessage(method, "/api/v1/" + path);
        if (json is not null)
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await it.Http.SendAsync(request, Cancel);
        var text = await answer.Content.ReadAsStringAsync(Cancel);
        Assert.True(answer.StatusCode == expected, $"{path}: {answer.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    private static async Task<List<string>> OnCall(Installation it, string schedule)
        => [.. (await it.GetAsync<JsonElement>("/api/v1/oncall?schedule=" + schedule)).GetProperty("items").EnumerateArray()
            .Where(i => i.GetProperty("position").GetString() == "primary").SelectMany(i => i.GetProperty("people").EnumerateArray()).Select(p => p.GetString()!)];

    /// <summary>Of the primary, from yesterday on; without people: a gap.</summary>
    private static async Task<List<(string Person, DateTimeOffset? From, DateTimeOffset? Until)>> Shifts(Installation it, string schedule, DateTimeOffset? since = null)
    {
        var from = (since ?? TimeProvider.System.GetUtcNow().AddDays(-1)).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return [.. (await it.GetAsync<JsonElement>($"/api/v1/schedules/{schedule}/shifts?from={from}")).GetProperty("items").EnumerateArray()
            .Where(i => i.GetProperty("position").GetString() == "primary")
            .Select(i => (string.Join('+', i.GetProperty("people").EnumerateArray().Select(p => p.GetString())), At(i, "from"), At(i, "until")))];
    }

    private static DateTimeOffset? At(JsonElement item, string property)
        => item.GetProperty(property) is { ValueKind: JsonValueKind.String } text ? text.GetDateTimeOffset() : null;
}
