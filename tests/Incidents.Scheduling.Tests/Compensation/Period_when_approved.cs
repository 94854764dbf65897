using Incidents.Persistence.Incidents;
using Incidents.Scheduling.Compensation;
using Incidents.TestKit;

namespace Incidents.Scheduling.Tests.Compensation;

public sealed class Period_when_approved
{
    /// <summary>Ana: two business hours in December (18.00) and an hour of work (60.00); an hour in January (9.00).</summary>
    private static PayScene Scene(string rate = "30.00 EUR") => new PayScene().Person("ana", "Etc/UTC", null, rate).Person("bruno", "Etc/UTC", null, "70.00 BRL").Person("novice", "America/Sao_Paulo", null)
        .Duty("payments", "ana", "2026-12-01T10:00Z", "2026-12-01T12:00Z")
        .Duty("payments", "novice", "2026-12-02T12:00Z", "2026-12-02T14:00Z")
        .Duty("payments", "ana", "2027-01-04T10:00Z", "2027-01-04T11:00Z")
        .Work("ana", "2026-12-03T10:00Z", "2026-12-03T11:00Z");

    [Theory, EveryDatabase]
    public async Task keeps_what_was_seen_for_good(Database database)
    {
        await using var office = await PayOffice.Open(database, Scene());
        var draft = await office.Get("/periods/2026-12");
        var hash = draft.GetProperty("hash").GetString()!;

        var approved = await office.Post("/periods/2026-12/approve", $"\"{hash}\"");
        office.Change(Scene("99.00 EUR").Duty("payments", "bruno", "2026-12-05T10:00Z", "2026-12-05T12:00Z"));
        var after = await office.Get("/periods/2026-12");

        Assert.Equal("draft", draft.GetProperty("status").GetString());
        Assert.Equal(["78.00 EUR"], PayOffice.Totals(draft));
        Assert.Equal("approved", approved.GetProperty("status").GetString());
        Assert.Equal("mia", approved.GetProperty("approvedBy").GetString());
        Assert.Equal(hash, approved.GetProperty("hash").GetString());
        Assert.Equal(approved.GetRawText(), after.GetRawText());
        Assert.Equal("[{\"login\":\"novice\",\"name\":\"novice\",\"hours\":\"2\",\"reasons\":[\"noRate\"]}]", after.GetProperty("unpaid").GetRawText());
        var sheet = await office.Book.Find("2026-12", TestContext.Current.CancellationToken);
        Assert.Equal(hash, PaySheet.HashOf(sheet!.Period, sheet.Contents.Select(c => c.Canonical)));
        Assert.All(sheet.Contents, c => Assert.Equal(c.Canonical, c.Statement.Canonical()));
    }

    [Theory, EveryDatabase]
    public async Task approves_only_what_was_seen_and_once(Database database)
    {
        await using var office = await PayOffice.Open(database, Scene());
        var seen = (await office.Get("/periods/2026-12")).GetProperty("hash").GetString()!;

        office.Change(Scene("31.00 EUR"));
        var stale = await office.StatusOf("POST", "/periods/2026-12/approve", ifMatch: $"\"{seen}\"");
        var now = (await office.Get("/periods/2026-12")).GetProperty("hash").GetString()!;
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => office.StatusOf("POST", "/periods/2026-12/approve", $"boss{i} manager", ifMatch: $"\"{now}\"")));
        var first = await office.Get("/periods/2026-12");
        office.Time.Advance(TimeSpan.FromHours(1));
        var again = await office.Post("/periods/2026-12/approve");

        Assert.Equal(412, stale);
        Assert.All(answers, status => Assert.Equal(200, status));
        Assert.Equal(first.GetRawText(), again.GetRawText());
        Assert.Equal(412, await office.StatusOf("POST", "/periods/2026-12/approve", ifMatch: $"\"{seen}\""));
        Assert.Equal(["80.60 EUR"], PayOffice.Totals(again));
    }

    [Theory, EveryDatabase]
    public async Task is_exported_once_and_not_before(Database database)
    {
        await using var office = await PayOffice.Open(database, Scene());

        var early = await office.StatusOf("POST", "/periods/2026-12/export");
        await office.Post("/periods/2026-12/approve");
        var exported = await office.Post("/periods/2026-12/export");
        office.Time.Advance(TimeSpan.FromDays(1));
        var again = await office.Post("/periods/2026-12/export");

        Assert.Equal(409, early);
        Assert.Equal(("exported", "mia"), (exported.GetProperty("status").GetString(), exported.GetProperty("exportedBy").GetString()));
        Assert.Equal(exported.GetRawText(), again.GetRawText());
        Assert.Equal(again.GetRawText(), (await office.Post("/periods/2026-12/approve")).GetRawText());
    }

    [Theory]
    [InlineData("2026-12-31T23:59Z", 409)]
    [InlineData("2027-01-01T02:59Z", 409)] // still December in São Paulo, where novice lives
    [InlineData("2027-01-01T03:00Z", 200)]
    public async Task must_be_over_for_everybody(string now, int status)
    {
        await using var office = await PayOffice.Open(Database.Sqlite, Scene(), now);

        Assert.Equal(status, await office.StatusOf("POST", "/periods/2026-12/approve"));
    }

    [Theory, EveryDatabase]
    public async Task is_corrected_in_the_next_period_line_by_line(Database database)
    {
        await using var office = await PayOffice.Open(database, Scene());
        await office.Post("/periods/2026-12/approve");

        // A rate from an earlier date, and an override in the past that gives an hour to Bruno.
        office.Change(Scene("36.00 EUR").Override(new Override(
            Guid.NewGuid(), "payments", Given.At("2026-12-01T11:00Z"), Given.At("2026-12-01T12:00Z"), Position.Primary, OverrideKind.Replace, "ana", "bruno", "swap", null, Instant.FromUnixTimeSeconds(99))));
        var ana = await office.Get("/periods/2027-01/statements/ana");
        var bruno = await office.Get("/periods/2027-01/statements/bruno");

        // 36.00 × 1.5 × 0.2 = 10.80 for the hour left to Ana, 18.00 paid; work 72.00, 60.00 paid. Bruno: 70.00 × 1.5 × 0.2 = 21.00.
        Assert.Equal(
            [
                "payments/primary/2027-01-04T10:00:00Z/business 10.80",
                "adjustment/2026-12/incident/41/2026-12-03T10:00:00Z/EUR 12.00",
                "adjustment/2026-12/payments/primary/2026-12-01T10:00:00Z/business/EUR -7.20",
            ],
            PayOffice.Lines(ana));
        Assert.Equal(["adjustment/2026-12/payments/primary/2026-12-01T11:00:00Z/business/BRL 21.00"], PayOffice.Lines(bruno));
        var mended = ana.GetProperty("statement").GetProperty("lines")[2];
        Assert.Equal(
            "{\"period\":\"2026-12\",\"line\":\"payments/primary/2026-12-01T10:00:00Z/business\",\"paid\":{\"amount\":\"18.00\",\"currency\":\"EUR\"},\"now\":{\"amount\":\"10.80\",\"currency\":\"EUR\"}}",
            mended.GetProperty("adjusts").GetRawText());

        office.Time.Advance(TimeSpan.FromDays(30));
        await office.Post("/periods/2027-01/approve");
        Assert.Empty(PayOffice.Totals(await office.Get("/periods/2027-02")));

        // Back to what it was: the corrections are corrected, each against all that was paid for its line.
        office.Change(Scene());
        Assert.Equal(["-21.00 BRL", "-6.60 EUR"], PayOffice.Totals(await office.Get("/periods/2027-02")));
    }

    [Theory, EveryDatabase]
    public async Task pays_work_that_ended_later_in_the_next_period(Database database)
    {
        var scene = new PayScene().Person("ana", "Etc/UTC", null, "30.00 EUR").Work("ana", "2026-12-31T22:00Z", to: null);
        await using var office = await PayOffice.Open(database, scene);
        Assert.Equal(1, (await office.Post("/periods/2026-12/approve")).GetProperty("open").GetInt32());
        var story = scene.Stories[0];

        await office.Happened(story with { Entries = [.. story.Entries, new StoryEntry(9, Given.At("2027-01-01T01:00Z"), TimelineKinds.Resolved, "ana")] });

        Assert.Equal(
            ["incident/41/2026-12-31T22:00:00Z 60.00", "adjustment/2026-12/incident/41/2026-12-31T22:00:00Z/EUR 120.00"],
            PayOffice.Lines(await office.Get("/periods/2027-01/statements/ana")));
    }

    [Theory, EveryDatabase]
    public async Task is_not_corrected_because_facts_are_forgotten_or_things_renamed(Database database)
    {
        await using var office = await PayOffice.Open(database, Scene());
        await office.Post("/periods/2026-12/approve");
        await office.Forget(41);

        // The rate of then is gone from the document, Ana moved to another zone and was renamed.
        office.Change(new PayScene().Person("anna", "Asia/Kathmandu", null, "50.00 EUR 2027-01-01").Renamed("ana", "anna")
            .Duty("payments", "anna", "2026-12-01T10:00Z", "2026-12-01T12:00Z"));

        Assert.Empty(PayOffice.Totals(await office.Get("/periods/2027-01")));
    }

    [Theory, EveryDatabase]
    public async Task shows_people_their_own_and_managers_all(Database database)
    {
        await using var office = await PayOffice.Open(database, Scene());

        foreach (var path in new[] { "/periods", "/periods/2026-12", "/periods/2026-12/export.csv" })
        {
            Assert.Equal(401, await office.StatusOf("GET", path, caller: null));
            Assert.Equal(403, await office.StatusOf("GET", path, "ana responder"));
            Assert.Equal(200, await office.StatusOf("GET", path));
        }

        Assert.Equal(403, await office.StatusOf("POST", "/periods/2026-12/approve", "ana responder"));
        Assert.Equal(403, await office.StatusOf("POST", "/periods/2026-12/export", "ana responder"));
        Assert.Equal(403, await office.StatusOf("GET", "/periods/2026-12/statements/bruno", "ana responder"));
        Assert.Equal(200, await office.StatusOf("GET", "/periods/2026-12/statements/ana", "ana observer"));
        Assert.Equal(200, await office.StatusOf("GET", "/periods/2026-12/export.csv?login=ana", "ana observer"));
        Assert.Equal(200, await office.StatusOf("GET", "/me", "ana observer"));
        Assert.Equal(200, await office.StatusOf("GET", "/me?period=2026-12", "bruno observer"));
        Assert.Equal(404, await office.StatusOf("GET", "/me", "system admin"));
        Assert.Equal(404, await office.StatusOf("GET", "/periods/2026-12/statements/nobody"));
        Assert.Equal(404, await office.StatusOf("GET", "/periods/2026-13"));
        Assert.Equal(404, await office.StatusOf("POST", "/periods/xmas/approve"));
        Assert.Equal(404, await office.StatusOf("POST", "/periods/xmas/export"));
    }

    [Theory, EveryDatabase]
    public async Task takes_another_range_while_it_is_a_draft(Database database)
    {
        await using var office = await PayOffice.Open(database, Scene());

        Assert.Equal(200, await office.StatusOf("PUT", "/periods/2026-12", body: "{\"from\":\"2026-11-21\",\"to\":\"2026-12-21\"}"));
        Assert.Equal(409, await office.StatusOf("PUT", "/periods/2027-01", body: "{\"from\":\"2026-12-20\",\"to\":\"2027-01-21\"}"));
        Assert.Equal(422, await office.StatusOf("PUT", "/periods/2027-01", body: "{\"from\":\"2026-12-21\",\"to\":\"2026-12-21\"}"));
        Assert.Equal(422, await office.StatusOf("PUT", "/periods/2027-01", body: "{\"from\":\"2026-12-21\"}"));
        Assert.Equal(400, await office.StatusOf("PUT", "/periods/2027-01", body: "{\"from\":\"yesterday\"}"));
        await office.Post("/periods/2026-12/approve");
        Assert.Equal(409, await office.StatusOf("PUT", "/periods/2026-12", body: "{\"from\":\"2026-12-01\",\"to\":\"2027-01-01\"}"));

        var list = await office.Get("/periods?limit=4");

        Assert.Equal(
            ["2027-01 2027-01-01 2027-02-01 draft", "2026-12-21 2026-12-21 2027-01-01 draft", "2026-12 2026-11-21 2026-12-21 approved", "2026-11 2026-11-01 2026-11-21 draft"],
            list.GetProperty("items").EnumerateArray().Select(i => string.Join(' ', new[] { "period", "from", "to", "status" }.Select(p => i.GetProperty(p).GetString()))));
        Assert.Equal("2026-10-31", list.GetProperty("nextCursor").GetString());
        Assert.Equal(422, await office.StatusOf("GET", "/periods?limit=0"));
        Assert.Equal(422, await office.StatusOf("GET", "/periods?cursor=x"));
    }

    [Fact]
    public async Task is_written_as_csv_that_no_spreadsheet_takes_for_a_formula()
    {
        var scene = new PayScene().Person("ana", "Etc/UTC", null, "30.00 EUR").Schedule("pay, \"A\"", "A")
            .Override(new Override(Guid.NewGuid(), "pay, \"A\"", Given.At("2026-12-01T10:00Z"), Given.At("2026-12-01T12:00Z"), Position.Primary, OverrideKind.Add, "ana", null, "told", null, Instant.MinValue))
            .Story("A", (TimelineKinds.Acknowledged, "2026-12-03T10:00Z", "ana"), (TimelineKinds.Resolved, "2026-12-03T10:10Z", "ana"));
        await using var office = await PayOffice.Open(Database.Sqlite, scene);
        using var response = await office.Http.GetAsync("/api/v1/pay/periods/2026-12/export.csv", TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        var rows = text.Split("\r\n");

        Assert.Equal("text/csv", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("pay-2026-12-draft.csv", response.Content.Headers.ContentDisposition!.FileName);
        Assert.Equal(4, rows.Length);
        Assert.StartsWith("period,status,login,name,kind,line,amount,currency,unpaid,hours,", rows[0], StringComparison.Ordinal);
        Assert.StartsWith("2026-12,draft,ana,ana,standby,\"pay, \"\"A\"\"/primary/2026-12-01T10:00:00Z/business\",18.00,EUR,,2,2h,business,\"pay, \"\"A\"\"\",primary,", rows[1], StringComparison.Ordinal);
        Assert.StartsWith("2026-12,draft,ana,ana,work,incident/41/2026-12-03T10:00:00Z,30.00,EUR,,0.5,30m,,,,41,checkout,", rows[2], StringComparison.Ordinal);
        Assert.Equal("", rows[3]);
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@sum", "'@sum")]
    [InlineData("\tx", "'\tx")]
    [InlineData("Ana", "Ana")]
    public void guards_texts_and_leaves_numbers(string name, string expected)
    {
        var line = new PayLineView("l", PayLineKind.Adjustment, "", "", null, null, null, null, "0s", "0", [], null, null, new Money(-1.5m, "EUR"), null, null);
        var sheet = new PaySheet(PayPeriod.Month(2026, 12), [new StatementView("ana", name, "UTC", null, false, [], new Dictionary<string, string>(StringComparer.Ordinal), [line], [], [])], row: null);

        var cells = PayCsv.Write(sheet, null).Split("\r\n")[1].Split(',');

        Assert.Equal(expected, cells[3]);
        Assert.Equal("-1.50", cells[6]);
    }

    [Fact]
    public void needs_no_more_periods_than_days()
    {
        var stored = new[] { Range("2026-12", "2026-11-21", "2026-12-21"), Range("week", "2027-02-08", "2027-02-15") };
        var periods = new Periods(stored);

        for (var day = new LocalDate(2026, 10, 1); day < new LocalDate(2027, 4, 1); day = day.PlusDays(1))
        {
            var period = periods.Holding(day);

            Assert.True(period.From <= day && day < period.To);
            Assert.Equal(period, periods.Find(period.Name));
            Assert.Equal(period, periods.Holding(period.From));
        }

        Assert.Equal(["2027-02", "week", "2027-02-15"], new[] { "2027-02-01", "2027-02-10", "2027-02-20" }.Select(d => periods.Holding(PayScene.Date(d)).Name));
    }

    private static PayPeriod Range(string name, string from, string to) => new(name, PayScene.Date(from), PayScene.Date(to));
}
