using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Incidents.TestKit;

namespace Incidents.Scheduling.Tests.Feeds;

public sealed class Calendar_when_subscribed
{
    private static string PathOf(JsonElement body) => new Uri(body.GetProperty("url").GetString()!).AbsolutePath;

    private static async Task<HttpResponseMessage> Fetch(Office office, string path, string? tag = null, HttpMethod? method = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, path);
        if (tag is not null)
            request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        return await office.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>By ical.js, which is not ours.</summary>
    private static async Task<JsonElement> ReadElsewhere(string calendar)
    {
        var reader = RepositoryFolder.PathTo("tests", "Incidents.Scheduling.Tests", "Feeds", "reader");
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.PathTo("calendar.ics"), calendar, TestContext.Current.CancellationToken);
        if (!Directory.Exists(Path.Combine(reader, "node_modules", "ical.js")))
            await Run(reader, "npm", "ci", "--no-audit", "--no-fund", "--loglevel=error");
        return JsonDocument.Parse(await Run(reader, "node", "read.mjs", folder.PathTo("calendar.ics"))).RootElement;
    }

    private static async Task<string> Run(string folder, string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"{program}: {await errors}");
        return await output;
    }

    [Theory, EveryDatabase]
    public async Task tells_another_parser_the_same_shifts_as_the_api(Database database)
    {
        await using var office = await Office.Start(database, Office.Document.Replace("[carla]]", "[carla, \"dora\"], []]", StringComparison.Ordinal)
            + "\noverrides: [{ schedule: payments, from: 2026-03-10T12:00:00Z, to: 2026-03-10T15:00:00Z, add: mara, reason: 'long; \"odd\", reason \\ õ' }]\n");
        var (status, body) = await office.Post("/api/v1/schedules/payments/calendar", "eve");
        Assert.Equal(HttpStatusCode.OK, status);

        using var answer = await Fetch(office, PathOf(body) + "?gaps=true");
        var read = await ReadElsewhere(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        // The whole window; what reaches over its edges is told whole, so the API is asked for a little less.
        const string From = "2026-02-02T09:00:00Z", To = "2026-08-27T09:00:00Z";
        var shifts = (await office.Get($"/api/v1/schedules/payments/shifts?from={From}&to={To}")).Body.GetProperty("items").EnumerateArray()
            .Select(s => $"{s.GetProperty("from").GetDateTimeOffset():u} {s.GetProperty("until").GetDateTimeOffset():u} {s.GetProperty("people").GetArrayLength() == 0}").ToList();
        var events = read.GetProperty("events").EnumerateArray().ToList();
        var told = events.Where(e => e.GetProperty("from").GetDateTimeOffset() >= DateTimeOffset.Parse(From, null) && e.GetProperty("to").GetDateTimeOffset() <= DateTimeOffset.Parse(To, null))
            .Select(e => $"{e.GetProperty("from").GetDateTimeOffset():u} {e.GetProperty("to").GetDateTimeOffset():u} {e.GetProperty("summary").GetString()!.StartsWith("Nobody", StringComparison.Ordinal)}");
        Assert.True(shifts.Count > 200);
        Assert.Equal(shifts.Order(), told.Order());
        Assert.Equal(events.Count, events.Select(e => e.GetProperty("uid").GetString()).Distinct().Count());
        Assert.Equal("On call: payments", read.GetProperty("name").GetString());
        Assert.Contains(events, e => e.GetProperty("description").GetString()!.Contains("override, long; \"odd\", reason \\ õ", StringComparison.Ordinal));
    }

    [Theory, EveryDatabase]
    public async Task is_conditional_and_tells_changes_by_a_higher_revision(Database database)
    {
        await using var office = await Office.Start(database);
        var path = PathOf((await office.Post("/api/v1/me/calendar", "ana")).Body);

        using var first = await Fetch(office, path);
        var tag = first.Headers.ETag!.ToString();
        using var same = await Fetch(office, path, tag);
        using var head = await Fetch(office, path, method: HttpMethod.Head);
        office.Time.Advance(TimeSpan.FromMinutes(1));
        await office.Apply(Office.Document + "\noverrides: [{ schedule: payments, from: 2026-03-04T09:00:00Z, to: 2026-03-05T09:00:00Z, replace: ana, with: bruno }]\n");
        using var changed = await Fetch(office, path, tag);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotModified, HttpStatusCode.OK, HttpStatusCode.OK), (first.StatusCode, same.StatusCode, head.StatusCode, changed.StatusCode));
        Assert.Equal("text/calendar; charset=utf-8", first.Content.Headers.ContentType!.ToString());
        Assert.Equal(tag, head.Headers.ETag!.ToString());
        Assert.NotEqual(tag, changed.Headers.ETag!.ToString());
        Assert.True(changed.Content.Headers.LastModified > first.Content.Headers.LastModified);
        var (before, after) = (await first.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), await changed.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Contains("SEQUENCE:0\r\n", before, StringComparison.Ordinal);
        Assert.Contains("SEQUENCE:1\r\n", after, StringComparison.Ordinal);
        Assert.Contains("DTSTART:20260304T090000Z", before, StringComparison.Ordinal);
        Assert.DoesNotContain("DTSTART:20260304T090000Z", after, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task is_dead_after_a_reset_a_removal_and_when_its_owner_leaves(Database database)
    {
        await using var office = await Office.Start(database);
        var old = PathOf((await office.Post("/api/v1/schedules/payments/calendar", "eve")).Body);
        var others = PathOf((await office.Post("/api/v1/schedules/payments/calendar", "ana")).Body);
        var fresh = PathOf((await office.Post("/api/v1/schedules/payments/calendar", "eve")).Body);

        async Task<HttpStatusCode[]> Statuses()
        {
            var statuses = new List<HttpStatusCode>();
            foreach (var path in new[] { old, fresh, others, "/calendars/guess.ics" })
            {
                using var answer = await Fetch(office, path);
                statuses.Add(answer.StatusCode);
            }
            return [.. statuses];
        }

        Assert.Equal([HttpStatusCode.NotFound, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.NotFound], await Statuses());
        await office.Apply(Office.Document.Replace("  - { login: eve, name: Eve, role: responder }\n", "", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.NoContent, (await office.Send(HttpMethod.Delete, "/api/v1/schedules/payments/calendar", "ana")).Status);
        Assert.Equal([HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound], await Statuses());
        var none = await office.Get("/api/v1/schedules/payments/calendar", "ana");
        Assert.Equal((HttpStatusCode.OK, JsonValueKind.Null), (none.Status, none.Body.ValueKind));
        Assert.Equal(JsonValueKind.Null, (await office.Get("/api/v1/me/calendar", "ana")).Body.ValueKind);
        Assert.Equal(HttpStatusCode.NotFound, (await office.Post("/api/v1/schedules/nowhere/calendar", "ana")).Status);
    }
}
