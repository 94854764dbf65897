using System.Collections.Frozen;
using Incidents.Contracts.Organisation;
using Incidents.Paging.QuietHours;
using Incidents.Paging.Rules;
using NodaTime;
using NodaTime.Text;
using Xunit;

namespace Incidents.Paging.Tests;

public sealed class Rules_when_hours_are_quiet
{
    private static readonly IsoDayOfWeek[] Week = [.. Enumerable.Range(1, 7).Select(d => (IsoDayOfWeek)d)];

    private static QuietTime Quiet(string from, string to, string zone = "Europe/Tallinn", params IsoDayOfWeek[] days)
    {
        var hours = new Contracts.Organisation.QuietHours(Time(from), Time(to), days.Length == 0 ? Week : days, null);
        var person = new Person("ana", "Ana", null, zone, null, null, "en", Role.Responder, [], new NotifyRules([], null), [], []) { QuietHours = hours };
        return QuietTime.Of(person, OrganisationSnapshot.Empty)!;
    }

    private static LocalTime Time(string text) => LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(text).Value;

    private static Instant At(string text) => OffsetDateTimePattern.ExtendedIso.Parse(text).Value.ToInstant();

    private static Instant Tallinn(string local) => DateTimeZoneProviders.Tzdb["Europe/Tallinn"].ResolveLocal(LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm").Parse(local).Value, NodaTime.TimeZones.Resolvers.LenientResolver).ToInstant();

    /// <summary>Local times of Tallinn. The window, an instant, when it ends; empty: it is not quiet.</summary>
    [Theory]
    [InlineData("22:00", "07:00", "2026-03-10 21:59", "")]
    [InlineData("22:00", "07:00", "2026-03-10 22:00", "2026-03-11 07:00")]
    [InlineData("22:00", "07:00", "2026-03-11 06:59", "2026-03-11 07:00")]
    [InlineData("22:00", "07:00", "2026-03-11 07:00", "")]
    [InlineData("13:00", "14:00", "2026-03-11 13:30", "2026-03-11 14:00")]
    // The night of 29 March 2026 has an hour less, that of 25 October one more.
    [InlineData("22:00", "07:00", "2026-03-28 23:00", "2026-03-29 07:00")]
    [InlineData("22:00", "03:30", "2026-03-28 23:00", "2026-03-29 04:00")]
    [InlineData("03:30", "05:00", "2026-03-29 04:00", "2026-03-29 05:00")]
    [InlineData("22:00", "07:00", "2026-10-24 23:00", "2026-10-25 07:00")]
    public void end_at_the_local_time(string from, string to, string at, string end)
        => Assert.Equal(end.Length == 0 ? null : Tallinn(end), Quiet(from, to).EndOf(Tallinn(at)));

    [Fact]
    public void last_as_long_as_the_night_does()
    {
        var quiet = Quiet("22:00", "07:00");

        Assert.Equal(Duration.FromHours(8), quiet.EndOf(At("2026-03-28T20:00:00Z"))!.Value - At("2026-03-28T20:00:00Z"));
        Assert.Equal(Duration.FromHours(10), quiet.EndOf(At("2026-10-24T19:00:00Z"))!.Value - At("2026-10-24T19:00:00Z"));
        // A time that comes twice is its earlier occurrence, at both ends.
        Assert.Equal(At("2026-10-25T00:30:00Z"), Quiet("22:00", "03:30").EndOf(At("2026-10-24T20:00:00Z")));
        Assert.Equal(At("2026-10-25T05:00:00Z"), Quiet("03:30", "07:00").EndOf(At("2026-10-25T00:30:00Z")));
    }

    [Fact]
    public void begin_on_their_days_only()
    {
        var weekdays = Quiet("22:00", "07:00", "Europe/Tallinn", IsoDayOfWeek.Monday, IsoDayOfWeek.Thursday);

        Assert.Equal(Tallinn("2026-03-10 07:00"), weekdays.EndOf(Tallinn("2026-03-10 01:00")));
        Assert.Null(weekdays.EndOf(Tallinn("2026-03-10 23:00")));
        Assert.Null(weekdays.EndOf(Tallinn("2026-03-09 06:00")));
        // A whole weekend, window after window.
        var weekend = Quiet("00:00", "00:00", "Europe/Tallinn", IsoDayOfWeek.Saturday, IsoDayOfWeek.Sunday);
        Assert.Equal(Tallinn("2026-03-16 00:00"), weekend.EndOf(Tallinn("2026-03-14 10:00")));
        Assert.Null(weekend.EndOf(Tallinn("2026-03-16 00:00")));
    }

    [Fact]
    public void hold_the_sequence_where_it_stands()
    {
        var quiet = Quiet("22:00", "07:00");

        Assert.Equal(Tallinn("2026-03-11 07:00"), quiet.After(Tallinn("2026-03-10 23:00"), Duration.Zero));
        Assert.Equal(Tallinn("2026-03-11 07:10"), quiet.After(Tallinn("2026-03-10 23:00"), Duration.FromMinutes(10)));
        Assert.Equal(Tallinn("2026-03-11 07:05"), quiet.After(Tallinn("2026-03-10 21:55"), Duration.FromMinutes(10)));
        Assert.Equal(Tallinn("2026-03-10 21:59"), quiet.After(Tallinn("2026-03-10 21:55"), Duration.FromMinutes(4)));
        Assert.Equal(Tallinn("2026-03-12 07:00"), quiet.After(Tallinn("2026-03-10 23:00"), Duration.FromHours(15)));
        Assert.Equal("07:00", quiet.Local(Tallinn("2026-03-11 07:00")));
    }

    [Fact]
    public void never_hold_high_urgency_and_never_for_ever()
    {
        var step = new PlannedAttempt("mobile", ContactKind.Voice, "+3725000003", Duration.FromMinutes(2), 0);
        var night = Tallinn("2026-03-10 23:00");

        Assert.Equal(night + Duration.FromMinutes(2), PersonalRules.Due(step, high: true, Quiet("22:00", "07:00"), night));
        Assert.Equal(Tallinn("2026-03-11 07:02"), PersonalRules.Due(step, high: false, Quiet("22:00", "07:00"), night));
        // 24 h on every day is refused where it is written; should it be there all the same, it ends.
        Assert.True(Quiet("08:00", "08:00").EndOf(night) < night + Duration.FromDays(1100));
    }

    /// <summary>Minute by minute over both changes of the clock: an instant is quiet exactly if its local time is inside, and the end is the first that is not.</summary>
    [Theory]
    [InlineData("2026-03-28T00:00:00Z")]
    [InlineData("2026-10-24T00:00:00Z")]
    public void agree_with_a_walk_over_the_clock(string from)
    {
        var zone = DateTimeZoneProviders.Tzdb["Europe/Tallinn"];
        var quiet = Quiet("22:30", "06:15");
        var start = At(from);
        for (var minute = 0; minute < 3 * 1440; minute++)
        {
            var at = start + Duration.FromMinutes(minute);
            var local = at.InZone(zone).TimeOfDay;
            var inside = local >= Time("22:30") || local < Time("06:15");
            var end = quiet.EndOf(at);
            Assert.Equal(inside, end is not null);
            if (end is { } until)
                Assert.Equal(Time("06:15"), until.InZone(zone).TimeOfDay);
        }
    }
}
