using Incidents.Scheduling.Classes;

namespace Incidents.Scheduling.Tests.Classes;

/// <summary>Classes of a day's minutes, with hand-made answers; Estonia: Mon–Fri 09–18, night 22–06, holidays 24–26 December and 1 January.</summary>
public class Shift_classes
{
    private static ClassClock Tallinn { get; } = new(DateTimeZoneProviders.Tzdb["Europe/Tallinn"], Calendars.Estonia);

    [Theory]
    [InlineData("2026-11-23T05:59", "Night")]       // Monday
    [InlineData("2026-11-23T06:00", "OffHours")]
    [InlineData("2026-11-23T08:59", "OffHours")]
    [InlineData("2026-11-23T09:00", "Business")]
    [InlineData("2026-11-23T17:59", "Business")]
    [InlineData("2026-11-23T18:00", "OffHours")]
    [InlineData("2026-11-23T22:00", "Night")]
    [InlineData("2026-11-27T23:59", "Night")]       // Friday
    [InlineData("2026-11-28T00:00", "Weekend")]
    [InlineData("2026-11-30T00:00", "Night")]
    [InlineData("2026-12-24T03:00", "Holiday")]     // Thursday
    [InlineData("2026-12-26T12:00", "Holiday")]     // Saturday: holiday comes before weekend
    [InlineData("2026-12-27T00:00", "Weekend")]
    public void of_a_minute_follow_the_precedence(string local, string expected)
        => Assert.Equal(expected, Tallinn.At(Given.Local(local)).ToString());

    [Fact]
    public void of_a_plain_day_cover_it_exactly()
        => Assert.Equal(
            ["Night 6", "OffHours 3", "Business 9", "OffHours 4", "Night 2"],
            Hours(Tallinn, "2026-11-23T00:00+02", "2026-11-24T00:00+02"));

    [Theory]
    [InlineData("2026-03-29T00:00+02", "2026-03-30T00:00+03", "Weekend 23")]
    [InlineData("2026-10-25T00:00+03", "2026-10-26T00:00+02", "Weekend 25")]
    public void of_a_changed_day_last_as_long_as_it_lasts(string from, string to, string expected)
        => Assert.Equal([expected], Hours(Tallinn, from, to));

    [Fact]
    public void of_a_night_with_a_repeated_hour_count_the_hour_twice()
    {
        // Sunday is a business day here, so that the change of 25 October 2026 falls into a night.
        var sevenDays = new ClassClock(Tallinn.Zone, Calendars.Estonia with { BusinessDays = [.. Enumerable.Range(1, 7).Select(d => (IsoDayOfWeek)d)] });

        Assert.Equal(["Night 9", "OffHours 3"], Hours(sevenDays, "2026-10-24T22:00+03", "2026-10-25T09:00+02"));
        Assert.Equal(["Night 7", "OffHours 3"], Hours(sevenDays, "2026-03-28T22:00+02", "2026-03-29T09:00+03"));
    }

    [Fact]
    public void of_business_that_crosses_midnight_belong_to_the_day_it_opens()
    {
        var late = new ClassClock(Tallinn.Zone, Calendars.Estonia with { BusinessFrom = new(20, 0), BusinessTo = new(2, 0), NightFrom = null, NightTo = null });

        // Monday: the hours from midnight belong to Sunday's window, which does not open.
        Assert.Equal(["OffHours 20", "Business 6", "OffHours 4"], Hours(late, "2026-11-23T00:00+02", "2026-11-24T06:00+02"));
    }

    [Fact]
    public void without_a_calendar_are_those_of_an_office_week()
        => Assert.Equal(
            ["Night 6", "OffHours 3", "Business 9", "OffHours 4", "Night 2", "Weekend 48"],
            Hours(new ClassClock(DateTimeZone.Utc, null), "2026-11-27T00:00Z", "2026-11-30T00:00Z"));

    [Theory]
    [InlineData("Europe/Tallinn")]
    [InlineData("America/Sao_Paulo")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("Asia/Beirut")]
    [InlineData("Africa/Cairo")]
    [InlineData("Pacific/Apia")]
    public void agree_with_a_walk_by_the_minute(string zone)
    {
        var clock = new ClassClock(DateTimeZoneProviders.Tzdb[zone], Calendars.Estonia with { BusinessFrom = new(8, 30), NightTo = new(5, 45) });
        foreach (var year in new[] { 2010, 2011, 2018, 2026 })
        {
            foreach (var change in clock.Zone.GetZoneIntervals(Instant.FromUtc(year, 1, 1, 0, 0), Instant.FromUtc(year + 1, 1, 3, 0, 0)).Where(i => i.HasStart))
            {
                var from = change.Start - Duration.FromHours(30);
                var to = change.Start + Duration.FromHours(30) + Duration.FromSeconds(17);
                var spans = clock.Split(from, to);

                Assert.Equal(from, spans[0].From);
                Assert.Equal(to, spans[^1].To);
                Assert.All(spans.Zip(spans.Skip(1)), p => Assert.True(p.First.To == p.Second.From && p.First.Class != p.Second.Class));
                for (var at = from; at < to; at += Duration.FromMinutes(1))
                    Assert.Equal(clock.At(at.InZone(clock.Zone).LocalDateTime), spans.Single(s => s.From <= at && at < s.To).Class);
            }
        }
    }

    private static string[] Hours(ClassClock clock, string from, string to)
        => [.. clock.Split(Given.At(from), Given.At(to)).Select(s => $"{s.Class} {s.Length.TotalHours:0.##}")];
}
