using Incidents.Scheduling.Classes;
using Incidents.Scheduling.Compensation;

namespace Incidents.Scheduling.Tests.Compensation;

/// <summary>Rate 30.00, pool A: 1.5; business 0.2, off-hours 0.33, night and weekend 0.5, holiday 1.0. So an hour is 9.00, 14.85, 22.50, 22.50, 45.00.</summary>
public class Standby_when_classed
{
    private static readonly IsoDayOfWeek[] SundayToThursday =
        [IsoDayOfWeek.Sunday, IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday];

    [Theory]
    // A plain weekday, by the wall clock of the person.
    [InlineData("Europe/Tallinn", "2026-12-01T08:00+02", "2026-12-02T08:00+02", "business 9 h 81.00 EUR", "offHours 7 h 103.95 EUR", "night 8 h 180.00 EUR")]
    // To the quarter of an hour, also in a zone of quarters.
    [InlineData("Asia/Kathmandu", "2026-12-01T17:45+05:45", "2026-12-01T18:15+05:45", "business 15 min 2.25 EUR", "offHours 15 min 3.71 EUR")]
    [InlineData("Asia/Kathmandu", "2026-12-01T21:45+05:45", "2026-12-01T22:15+05:45", "offHours 15 min 3.71 EUR", "night 15 min 5.62 EUR")]
    // The clock goes forward and back on a Sunday: 23 and 25 hours.
    [InlineData("Europe/Tallinn", "2027-03-27T20:00+02", "2027-03-28T20:00+03", "weekend 23 h 517.50 EUR")]
    [InlineData("Europe/Tallinn", "2027-10-30T20:00+03", "2027-10-31T20:00+02", "weekend 25 h 562.50 EUR")]
    [InlineData("America/New_York", "2027-03-13T12:00-05", "2027-03-14T12:00-04", "weekend 23 h 517.50 EUR")]
    // On the night to a Friday at midnight (Cairo): a night of 7 and of 9 hours.
    [InlineData("Africa/Cairo", "2023-04-27T22:00+02", "2023-04-28T06:00+03", "night 7 h 157.50 EUR")]
    [InlineData("Africa/Cairo", "2023-10-26T22:00+03", "2023-10-27T06:00+02", "night 9 h 202.50 EUR")]
    // By half an hour.
    [InlineData("Australia/Lord_Howe", "2027-04-03T12:00+11", "2027-04-04T12:00+10:30", "weekend 24 h 30 min 551.25 EUR")]
    // A whole day that does not exist.
    [InlineData("Pacific/Apia", "2011-12-29T12:00-10", "2011-12-31T12:00+14", "business 6 h 54.00 EUR", "offHours 4 h 59.40 EUR", "night 2 h 45.00 EUR", "weekend 12 h 270.00 EUR")]
    public void counts_the_time_that_passed_by_what_the_local_clock_shows(string zone, string from, string to, params string[] expected)
    {
        var statement = new PayScene().Person("ana", zone, null, "30.00 EUR").Duty("duty", "ana", from, to).Statement(from[..7], "ana");

        Assert.Equal(expected, PayScene.Told(statement));
    }

    [Fact]
    public void is_a_holiday_by_the_calendar_of_the_one_who_is_on_call()
    {
        var scene = new PayScene()
            .Calendar("estonia", "Europe/Tallinn", Given.Weekdays, "2026-12-24").Calendar("brazil", "America/Sao_Paulo", Given.Weekdays, "2026-12-25")
            .Person("maarja", "Europe/Tallinn", "estonia", "30.00 EUR").Person("ana", "America/Sao_Paulo", "brazil", "30.00 EUR")
            .Duty("duty", "maarja", "2026-12-24T12:00Z", "2026-12-24T16:00Z").Duty("other", "ana", "2026-12-24T12:00Z", "2026-12-24T16:00Z");

        Assert.Equal(["holiday 4 h 180.00 EUR"], PayScene.Told(scene.Statement("2026-12", "maarja")));
        Assert.Equal(["business 4 h 36.00 EUR"], PayScene.Told(scene.Statement("2026-12", "ana")));
    }

    [Fact]
    public void puts_holiday_before_weekend_before_night()
    {
        var scene = new PayScene().Calendar("estonia", "Europe/Tallinn", Given.Weekdays, "2026-12-26").Person("maarja", "Europe/Tallinn", "estonia", "30.00 EUR")
            .Duty("duty", "maarja", "2026-12-26T23:00+02", "2026-12-27T01:00+02");

        Assert.Equal(["weekend 1 h 22.50 EUR", "holiday 1 h 45.00 EUR"], PayScene.Told(scene.Statement("2026-12", "maarja")));
    }

    [Theory]
    [InlineData("2026-12-04T10:00+02", "weekend 2 h 45.00 EUR")] // Friday
    [InlineData("2026-12-05T10:00+02", "weekend 2 h 45.00 EUR")] // Saturday
    [InlineData("2026-12-06T10:00+02", "business 2 h 18.00 EUR")] // Sunday
    public void takes_the_weekend_from_the_business_days_of_the_calendar(string from, string expected)
    {
        var scene = new PayScene().Calendar("egypt", "Africa/Cairo", SundayToThursday).Person("amina", "Africa/Cairo", "egypt", "30.00 EUR")
            .Duty("duty", "amina", from, from.Replace("T10", "T12", StringComparison.Ordinal));

        Assert.Equal([expected], PayScene.Told(scene.Statement("2026-12", "amina")));
    }

    [Fact]
    public void ends_a_period_at_midnight_in_the_zone_of_the_person()
    {
        var scene = new PayScene().Person("maarja", "Europe/Tallinn", null, "30.00 EUR").Person("ana", "America/Sao_Paulo", null, "30.00 EUR")
            .Duty("duty", "maarja", "2026-11-30T18:00Z", "2026-12-01T02:00Z").Duty("other", "ana", "2026-11-30T18:00Z", "2026-12-01T02:00Z");

        // 20:00 to 04:00 in Tallinn: four hours before midnight, four after; 15:00 to 23:00 in São Paulo: all before.
        Assert.Equal(["offHours 2 h 29.70 EUR", "night 2 h 45.00 EUR"], PayScene.Told(scene.Statement("2026-11", "maarja")));
        Assert.Equal(["night 4 h 90.00 EUR"], PayScene.Told(scene.Statement("2026-12", "maarja")));
        Assert.Equal(["business 3 h 27.00 EUR", "offHours 4 h 59.40 EUR", "night 1 h 22.50 EUR"], PayScene.Told(scene.Statement("2026-11", "ana")));
        Assert.DoesNotContain(scene.Statements("2026-12"), s => s.Login == "ana");
    }

    [Fact]
    public void begins_a_month_whose_first_midnight_is_skipped_with_the_first_instant_after_it()
    {
        // America/Asuncion went from 23:59:59 on 30 September 2017 to 01:00 on 1 October.
        var zone = DateTimeZoneProviders.Tzdb["America/Asuncion"];

        Assert.Equal(Given.At("2017-10-01T04:00Z"), PayPeriod.Midnight(new LocalDate(2017, 10, 1), zone));
        Assert.Equal(PayPeriod.Month(2017, 9).In(zone).End, PayPeriod.Month(2017, 10).In(zone).Start);
    }

    [Fact]
    public void changes_rate_and_coefficients_at_midnight_of_the_person()
    {
        var scene = new PayScene().Pool("A", PayScene.Pay(), PayScene.Pay(standby: 2m, from: "2026-12-03"))
            .Person("maarja", "Europe/Tallinn", null, "30.00 EUR", "40.00 USD 2026-12-02").Duty("duty", "maarja", "2026-12-01T10:00+02", "2026-12-03T10:00+02");

        var statement = scene.Statement("2026-12", "maarja");

        Assert.Equal(
            [
                "business 8 h 72.00 EUR", // 1 December, 30.00 × 1.5 × 0.2
                "business 9 h 108.00 USD", // 2 December, 40.00 × 1.5 × 0.2
                "business 1 h 16.00 USD", // 3 December, 40.00 × 2 × 0.2
                "offHours 4 h 59.40 EUR",
                "offHours 7 h 138.60 USD",
                "offHours 3 h 79.20 USD",
                "night 2 h 45.00 EUR",
                "night 8 h 240.00 USD",
                "night 6 h 240.00 USD",
            ],
            PayScene.Told(statement));
        Assert.Equal(["176.40 EUR", "821.80 USD"], statement.Totals().Select(t => t.ToString()));
        Assert.Equal(
            ["duty/primary/2026-12-01T08:00:00Z/night", "duty/primary/2026-12-01T08:00:00Z/night/2026-12-02", "duty/primary/2026-12-01T08:00:00Z/night/2026-12-03"],
            statement.Lines.Where(l => l.Class == ShiftClass.Night).Select(l => l.Line));
    }

    [Fact]
    public void pays_the_history_and_nothing_before_a_rotation_began()
    {
        var change = Given.At("2026-12-03T00:00Z");
        var scene = new PayScene().Pool("B", PayScene.Pay(standby: 1m)).Person("ana", "Etc/UTC", null, "30.00 EUR").Person("bruno", "Etc/UTC", null, "30.00 EUR")
            .Version("duty", "A", Instant.MinValue, change, Given.Layer("weekly", "2026-12-02T00:00", "1w", "ana"))
            .Version("duty", "B", change, Given.At("2026-12-04T00:00Z"), Given.Layer("weekly", "2026-11-01T00:00", "1w", "bruno"));

        Assert.Equal(["business 9 h 81.00 EUR", "offHours 7 h 103.95 EUR", "night 8 h 180.00 EUR"], PayScene.Told(scene.Statement("2026-12", "ana")));
        Assert.Equal(["business 9 h 54.00 EUR", "offHours 7 h 69.30 EUR", "night 8 h 120.00 EUR"], PayScene.Told(scene.Statement("2026-12", "bruno")));
    }

    [Fact]
    public void explains_each_line_with_every_factor_and_where_it_comes_from()
    {
        var statement = new PayScene().Person("ana", "Asia/Kathmandu", null, "30.00 EUR 2026-01-01").Duty("duty", "ana", "2026-12-01T17:45+05:45", "2026-12-01T18:15+05:45").Statement("2026-12", "ana");

        var line = statement.Lines[1];

        Assert.Equal("15 min × 30.00 EUR/h (from 2026-01-01) × 1.5 (standby, pool A from 2000-01-01) × 0.33 (off-hours) = 3.7125, rounded half-even to 3.71 EUR", line.Explanation);
        Assert.Equal(("duty", Position.Primary, "told"), (line.Shift!.Schedule, line.Shift.Position, line.Shift.Name));
        Assert.Equal(new Interval(Given.At("2026-12-01T18:00+05:45"), Given.At("2026-12-01T18:15+05:45")), Assert.Single(line.Spans));
    }
}
