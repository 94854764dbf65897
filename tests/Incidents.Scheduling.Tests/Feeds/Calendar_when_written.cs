using System.Text;
using Incidents.Scheduling.Feeds;
using Microsoft.Extensions.Configuration;

namespace Incidents.Scheduling.Tests.Feeds;

public class Calendar_when_written
{
    private static readonly Addresses Addresses = new(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["PublicUrl"] = "https://incidents.example" }).Build());

    private static FeedContent Of(Schedule schedule, string now, params Override[] overrides)
        => FeedContent.Build(new OnCall().Of(Given.Organisation(schedule, overrides)), "ana", schedule.Name, Given.At(now), Addresses);

    [Fact]
    public void is_as_the_format_wants_it()
    {
        var one = new CalendarEvent("u1@incidents", Given.At("2026-03-02T07:00Z"), Given.At("2026-03-03T07:00Z"), "Ana; Bruno, \\ all: payments (primary)", "One\nTwo", "https://incidents.example/schedules/payments", IsGap: false);

        var text = CalendarText.Write("On call: payments", [one], 3, Given.At("2026-03-01T12:00Z"));

        Assert.Equal(
            """
            BEGIN:VCALENDAR
            VERSION:2.0
            PRODID:-//Incidents//On-call schedule//EN
            CALSCALE:GREGORIAN
            METHOD:PUBLISH
            NAME:On call: payments
            X-WR-CALNAME:On call: payments
            REFRESH-INTERVAL;VALUE=DURATION:PT1H
            X-PUBLISHED-TTL:PT1H
            BEGIN:VEVENT
            UID:u1@incidents
            DTSTAMP:20260301T120000Z
            LAST-MODIFIED:20260301T120000Z
            SEQUENCE:3
            DTSTART:20260302T070000Z
            DTEND:20260303T070000Z
            SUMMARY:Ana\; Bruno\, \\ all: payments (primary)
            DESCRIPTION:One\nTwo
            URL:https://incidents.example/schedules/payments
            TRANSP:TRANSPARENT
            END:VEVENT
            END:VCALENDAR

            """.ReplaceLineEndings("\r\n"),
            text);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("õ")]
    [InlineData("日")]
    [InlineData("🦊")]
    public void folds_at_75_octets_between_characters(string character)
    {
        var summary = string.Concat(Enumerable.Repeat(character, 200));
        var text = CalendarText.Write("x", [new CalendarEvent("u", Given.At("2026-03-02T07:00Z"), Given.At("2026-03-03T07:00Z"), summary, "d", "l", false)], 0, Given.At("2026-03-01T12:00Z"));

        Assert.All(text.Split("\r\n"), line => Assert.InRange(Encoding.UTF8.GetByteCount(line), 0, 75));
        Assert.DoesNotContain('\uFFFD', text);
        Assert.Contains("SUMMARY:" + summary + "\r\n", text.Replace("\r\n ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void keeps_the_uid_of_a_shift_whose_end_moves()
    {
        var daily = Given.Schedule("Europe/Tallinn", Given.Layer("daily", "2026-01-05T09:00", "1d", "ana, bruno"));

        var before = Of(daily, "2026-03-02T12:00Z");
        var after = Of(daily, "2026-03-02T12:00Z", Given.Replace("ana", "bruno", "2026-03-05T05:00Z", "2026-03-05T07:00Z"));

        var (old, moved) = (before.Events.Single(e => e.From == Given.At("2026-03-04T07:00Z")), after.Events.Single(e => e.From == Given.At("2026-03-04T07:00Z")));
        Assert.Equal(old.Uid, moved.Uid);
        Assert.Equal(Given.At("2026-03-05T05:00Z"), moved.To);
        Assert.NotEqual(before.Digest, after.Digest);
        Assert.Equal(after.Events.Count, after.Events.Select(e => e.Uid).Distinct().Count());
    }

    [Fact]
    public void tells_shifts_that_reach_over_an_edge_whole()
    {
        var monthly = Given.Schedule("Europe/Tallinn", Given.Layer("monthly", "2026-01-05T09:00", "1mo", "ana, bruno"));

        var (today, tomorrow) = (Of(monthly, "2026-06-02T12:00Z"), Of(monthly, "2026-06-03T12:00Z"));

        Assert.Equal(Given.At("2026-04-05T09:00+03"), today.Events[0].From);
        Assert.Equal(today.Events[0].Uid, tomorrow.Events[0].Uid);
        Assert.True(today.Events[^1].To > FeedContent.Window(Given.At("2026-06-02T12:00Z")).To);
    }

    [Fact]
    public void of_a_person_has_their_shifts_alone_and_of_a_schedule_its_gaps_too()
    {
        var holes = Given.Schedule("Europe/Tallinn", Given.Layer("daily", "2026-01-05T09:00", "1d", "ana, bruno, -"));

        var schedule = Of(holes, "2026-03-02T12:00Z");
        var own = FeedContent.Build(new OnCall().Of(Given.Organisation(holes)), "ana", "", Given.At("2026-03-02T12:00Z"), Addresses);

        Assert.Contains(schedule.Events, e => e.IsGap && e.Summary.StartsWith("Nobody on call", StringComparison.Ordinal));
        Assert.All(own.Events, e => Assert.Equal("On call: duty (primary)", e.Summary));
        Assert.Equal(schedule.Events.Where(e => e.Summary.StartsWith("ana:", StringComparison.Ordinal)).Select(e => e.Uid), own.Events.Select(e => e.Uid));
    }
}
