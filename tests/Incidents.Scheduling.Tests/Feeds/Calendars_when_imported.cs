using System.Net;
using System.Text.Json;
using Incidents.Scheduling.Feeds.Import;
using Incidents.TestKit;

namespace Incidents.Scheduling.Tests.Feeds;

public sealed class Calendars_when_imported
{
    private static string Calendar(params string[] events) => "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + string.Concat(events.Select(e => "BEGIN:VEVENT\r\nUID:x\r\n" + e.ReplaceLineEndings("\r\n") + "\r\nEND:VEVENT\r\n")) + "END:VCALENDAR\r\n";

    private static string[] Told(string zone, string text, string before = "2027-01-01T00:00Z")
    {
        var found = Occurrences.Expand(CalendarReader.Read(text).Value, DateTimeZoneProviders.Tzdb[zone], Given.At(before));
        return found.Error is { } error ? [.. error.Faults.Select(f => f.Path + ": " + f.Message)] : [.. found.Value.Select(o => $"{Given.Show(o.From, zone)} {Given.Show(o.To, zone)}")];
    }

    public static TheoryData<string, string> Times { get; } = new()
    {
        { "DTSTART:20260302T090000Z\nDTEND:20260302T170000Z", "2026-03-02T11:00+02 2026-03-02T19:00+02" },
        { "DTSTART;TZID=America/Sao_Paulo:20260302T090000\nDTEND;TZID=America/Sao_Paulo:20260302T170000", "2026-03-02T14:00+02 2026-03-02T22:00+02" },
        { "DTSTART;TZID=\"FLE Standard Time\":20260302T090000\nDURATION:PT8H", "2026-03-02T09:00+02 2026-03-02T17:00+02" },
        { "DTSTART:20260302T090000\nDTEND:20260302T170000", "2026-03-02T09:00+02 2026-03-02T17:00+02" },
        { "DTSTART;VALUE=DATE:20260302\nDTEND;VALUE=DATE:20260304", "2026-03-02T00:00+02 2026-03-04T00:00+02" },
        { "DTSTART;VALUE=DATE:20260302", "2026-03-02T00:00+02 2026-03-03T00:00+02" },
        { "DTSTART:20260302T0\n 90000\nDTEND:20260302T17\n\t0000", "2026-03-02T09:00+02 2026-03-02T17:00+02" },
        { "STATUS:CANCELLED\nDTSTART:20260302T090000\nDTEND:20260302T170000", "" },
        { "DTSTART:20260328T090000\nDTEND:20260329T090000\nRRULE:FREQ=DAILY;COUNT=2", "2026-03-28T09:00+02 2026-03-29T09:00+03|2026-03-29T09:00+03 2026-03-30T09:00+03" },
        { "DTSTART:20260302T090000\nDTEND:20260302T100000\nRRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;UNTIL=20260318", "2026-03-02T09:00+02 2026-03-02T10:00+02|2026-03-04T09:00+02 2026-03-04T10:00+02|2026-03-16T09:00+02 2026-03-16T10:00+02|2026-03-18T09:00+02 2026-03-18T10:00+02" },
        { "DTSTART:20260131T090000\nDTEND:20260131T100000\nRRULE:FREQ=MONTHLY;COUNT=3", "2026-01-31T09:00+02 2026-01-31T10:00+02|2026-03-31T09:00+03 2026-03-31T10:00+03|2026-05-31T09:00+03 2026-05-31T10:00+03" },
        { "DTSTART:20260227T090000\nDTEND:20260227T100000\nRRULE:FREQ=MONTHLY;BYDAY=-1FR;COUNT=2", "2026-02-27T09:00+02 2026-02-27T10:00+02|2026-03-27T09:00+02 2026-03-27T10:00+02" },
        { "DTSTART:20260302T090000\nDTEND:20260302T100000\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE:20260303T090000", "2026-03-02T09:00+02 2026-03-02T10:00+02|2026-03-04T09:00+02 2026-03-04T10:00+02" },
        { "DTSTART:20260302T090000\nDTEND:20260302T090000", "events[0].dtend: Ends before, or when, it begins." },
        { "DTSTART:20260302T090000\nDTEND:20260302T100000\nRRULE:FREQ=YEARLY", "events[0].rrule: FREQ=YEARLY is not read: DAILY, WEEKLY and MONTHLY with INTERVAL, COUNT, UNTIL, BYDAY and WKST are." },
    };

    [Theory, MemberData(nameof(Times))]
    public void mean_what_the_format_says(string one, string occurrences) => Assert.Equal(occurrences, string.Join('|', Told("Europe/Tallinn", Calendar(one))));

    [Fact]
    public void put_a_moved_occurrence_where_it_was_moved_to()
        => Assert.Equal(
            ["2026-03-02T09:00+02 2026-03-02T10:00+02", "2026-03-03T15:00+02 2026-03-03T16:00+02"],
            Told("Europe/Tallinn", Calendar("DTSTART:20260302T090000\nDTEND:20260302T100000\nRRULE:FREQ=DAILY;COUNT=2", "RECURRENCE-ID:20260303T090000\nDTSTART:20260303T150000\nDTEND:20260303T160000")));

    [Theory]
    [InlineData("hello", "malformed")]
    [InlineData("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:yesterday\nEND:VEVENT\nEND:VCALENDAR", "invalid")]
    [InlineData("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;TZID=Mars/Olympus:20260302T090000\nEND:VEVENT\nEND:VCALENDAR", "invalid")]
    public void are_refused_when_they_are_none(string text, string code) => Assert.Equal(code, CalendarReader.Read(text).Error?.Code);

    [Theory, EveryDatabase]
    public async Task become_overrides_once_every_event_is_matched(Database database)
    {
        await using var office = await Office.Start(database);
        var calendar = Calendar(
            "SUMMARY:On call\nATTENDEE;CN=\"Lima, Bruno\":mailto:BRUNO@example.com\nDTSTART:20260304T090000Z\nDTEND:20260305T210000Z",
            "SUMMARY:Primary - Dora\nDTSTART:20260306T090000Z\nDTEND:20260306T120000Z",
            "SUMMARY:The new one\nDTSTART:20260306T120000Z\nDTEND:20260306T150000Z",
            "SUMMARY:ana\nDTSTART:20260201T090000Z\nDTEND:20260202T090000Z");
        const string Path = "/api/v1/schedules/payments/overrides/import";

        var refused = await office.Post(Path, "mara", calendar, "text/calendar");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal("events[2]", Assert.Single(refused.Body.GetProperty("errors").EnumerateArray()).GetProperty("path").GetString());
        Assert.Equal("ana", await office.OnCall("2026-03-04T12:00:00Z"));
        var dry = await office.Post(Path + "?dryRun=true&map=The%20new%20one=eve", "mara", calendar, "text/calendar");
        Assert.False(dry.Body.GetProperty("applied").GetBoolean(), dry.Body.ToString());
        Assert.Equal("ana", await office.OnCall("2026-03-04T12:00:00Z"));
        Assert.Equal(HttpStatusCode.Forbidden, (await office.Post(Path, "ana", calendar, "text/calendar")).Status);

        var done = await office.Post(Path + "?map=The%20new%20one=eve", "mara", calendar, "text/calendar");
        var again = await office.Post(Path + "?map=The%20new%20one=eve", "mara", calendar, "text/calendar");

        Assert.True(done.Status == HttpStatusCode.OK, done.Body.ToString());
        // bruno's own day needs nothing; the last half day of his event is his too.
        Assert.Equal(["bruno replace ana", "bruno none ", "dora replace carla", "eve replace carla"],
            done.Body.GetProperty("items").EnumerateArray().Select(i => $"{i.GetProperty("person").GetString()} {i.GetProperty("action").GetString()} {i.GetProperty("replaces").GetString()}"));
        Assert.Equal(1, done.Body.GetProperty("past").GetInt32());
        Assert.Equal(("bruno", "dora", "eve"), (await office.OnCall("2026-03-04T12:00:00Z"), await office.OnCall("2026-03-06T10:00:00Z"), await office.OnCall("2026-03-06T13:00:00Z")));
        Assert.Equal(0, again.Body.GetProperty("changes").GetInt32());
    }

    [Theory, EveryDatabase]
    public async Task leave_out_what_is_not_matched_when_told_to(Database database)
    {
        await using var office = await Office.Start(database);
        var calendar = Calendar("SUMMARY:Somebody\nDTSTART:20260304T090000Z\nDTEND:20260304T100000Z", "SUMMARY:dora\nDTSTART:20260304T120000Z\nDTEND:20260304T130000Z", "SUMMARY:eve\nDTSTART:20260304T123000Z\nDTEND:20260304T140000Z");

        var (status, body) = await office.Post("/api/v1/schedules/payments/overrides/import?skipUnmatched=true", "mara", calendar, "text/calendar");

        Assert.True(status == HttpStatusCode.OK, body.ToString());
        Assert.Equal(["events[0] names nobody: map it to a login", "events[2] overlaps events[1], which is dora's"],
            body.GetProperty("unmatched").EnumerateArray().Select(u => $"{u.GetProperty("path").GetString()} {u.GetProperty("why").GetString()}"));
        Assert.Equal(("ana", "dora"), (await office.OnCall("2026-03-04T09:30:00Z"), await office.OnCall("2026-03-04T12:30:00Z")));
    }

    [Theory, EveryDatabase]
    public async Task become_absences(Database database)
    {
        await using var office = await Office.Start(database);
        var vacation = Calendar("SUMMARY:Vacation\\, far away\nDTSTART;VALUE=DATE:20260710\nDTEND;VALUE=DATE:20260725");

        var ics = await office.Post("/api/v1/people/ana/absences/import", "ana", vacation, "text/calendar");
        var again = await office.Post("/api/v1/people/ana/absences/import", "ana", vacation, "text/calendar");
        var csv = await office.Post("/api/v1/people/ana/absences/import", "mara", "person,from,to,reason\nbruno,2026-08-01,2026-08-08,\"Hiking, \"\"alone\"\"\"\n,2026-09-01T10:00:00Z,2026-09-02T10:00:00Z,\n", "text/csv");
        var others = await office.Post("/api/v1/people/ana/absences/import", "ana", "person,from,to\nbruno,2026-10-01,2026-10-02\n", "text/csv");
        var wrong = await office.Post("/api/v1/people/ana/absences/import", "ana", "from,to\n2026-10-01,\n", "text/csv");
        var dry = await office.Post("/api/v1/people/ana/absences/import?dryRun=true", "ana", "from,to\n2026-10-01,2026-10-02\n", "text/csv");

        Assert.True(ics.Status == HttpStatusCode.OK, ics.Body.ToString());
        // Midnights of Tallinn, where ana is in summer.
        Assert.Equal("2026-07-09T21:00:00Z 2026-07-24T21:00:00Z Vacation, far away", Show(ics.Body.GetProperty("items")[0]));
        Assert.Equal((1, 0), (ics.Body.GetProperty("changes").GetInt32(), again.Body.GetProperty("changes").GetInt32()));
        Assert.True(csv.Status == HttpStatusCode.OK, csv.Body.ToString());
        Assert.Equal(["bruno", "ana"], csv.Body.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("person").GetString()));
        Assert.Equal("2026-08-01 2026-08-08 Hiking, \"alone\"", Show(csv.Body.GetProperty("items")[0]));
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.UnprocessableEntity), (others.Status, wrong.Status));
        Assert.False(dry.Body.GetProperty("applied").GetBoolean());
    }

    private static string Show(JsonElement item) => $"{item.GetProperty("from").GetString()} {item.GetProperty("to").GetString()} {item.GetProperty("reason").GetString()}";
}
