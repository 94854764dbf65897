using Incidents.Escalation.Saga;
using Incidents.Persistence.Incidents;
using Incidents.Tests;

namespace Incidents.Escalation.Tests;

public sealed class Policy_when_nobody_answers
{
    [Fact]
    public void quick_calls_ana_then_bruno_then_the_roster_for_ever()
    {
        var story = Story.Opens("canary", Sample.Evening);

        story.RunFor(Duration.FromSeconds(9));

        Assert.Equal(["+00:00 L1 ana", "+00:02 L2 bruno", "+00:04 L3 ana,bruno,maarja", "+00:06 L3 ana,bruno,maarja", "+00:08 L3 ana,bruno,maarja"], story.Pages);
        story.RunFor(Duration.FromHours(1));
        Assert.Equal(5 + 1800, story.Pages.Count);
    }

    [Fact]
    public void default_goes_down_its_levels_skips_the_empty_one_repeats_twice_and_then_pages_the_roster()
    {
        var story = Story.Opens("checkout", Sample.Evening);

        story.RunFor(Duration.FromMinutes(35));

        Assert.Equal(
        [
            "+00:00 L1 ana", "+02:00 L2 bruno", "+04:00 L3 juri", "+06:00 L5 lena,juri", "+08:00 L6 ana",
            "+10:00 L1 ana", "+12:00 L2 bruno", "+14:00 L3 juri", "+16:00 L5 lena,juri", "+18:00 L6 ana",
            "+20:00 L1 ana", "+22:00 L2 bruno", "+24:00 L3 juri", "+26:00 L5 lena,juri", "+28:00 L6 ana",
            "+30:00 L7 ana,bruno,maarja", "+32:00 L7 ana,bruno,maarja", "+34:00 L7 ana,bruno,maarja",
        ], story.Pages);
    }

    [Fact]
    public void a_level_pages_who_is_on_call_when_it_starts()
    {
        // Kitchen hands over at 09:00 in Tallinn, 07:00 UTC: juri until then, tiina after.
        var story = Story.Opens("order-board", Instant.FromUtc(2026, 3, 11, 6, 58));

        story.RunFor(Duration.FromMinutes(41));

        Assert.Equal("+00:00 L1 juri", story.Pages[0]);
        Assert.Equal("+20:00 L1 tiina", story.Pages.First(p => p.Contains(" L1 ", StringComparison.Ordinal) && p != story.Pages[0]));
    }

    [Fact]
    public void an_acknowledgement_stops_it_until_its_time_to_live_is_over()
    {
        var story = Story.Opens("checkout", Sample.Evening);
        story.RunFor(Duration.FromMinutes(3));

        story.Do(new SagaEvent.Acknowledge("bruno", "voice", null));
        story.RunFor(Duration.FromMinutes(29));
        var whileAcknowledged = story.Pages.Count;
        story.RunFor(Duration.FromMinutes(1));

        Assert.Equal(2, whileAcknowledged);
        Assert.Equal(["+00:00 L1 ana", "+02:00 L2 bruno", "+33:00 L1 ana"], story.Pages);
        Assert.Null(story.State.AcknowledgedBy);
    }

    [Fact]
    public void activity_keeps_an_acknowledgement_alive()
    {
        var story = Story.Opens("checkout", Sample.Evening);
        story.Do(new SagaEvent.Acknowledge("ana", "web", null));
        story.RunFor(Duration.FromMinutes(20));

        story.Do(new SagaEvent.NoteAdded("ana", "web", "Looking at the gateway."));
        story.RunFor(Duration.FromMinutes(29));
        var kept = story.State.Status;
        story.RunFor(Duration.FromMinutes(1));

        Assert.Equal(IncidentStatus.Acknowledged, kept);
        Assert.Equal(["+00:00 L1 ana", "+50:00 L1 ana"], story.Pages);
    }

    [Fact]
    public void a_snooze_is_silent_until_its_end_and_then_starts_again()
    {
        var story = Story.Opens("checkout", Sample.Evening);
        story.RunFor(Duration.FromMinutes(3));

        story.Do(new SagaEvent.Snooze("ana", "web", null, story.Now + Duration.FromMinutes(15)));
        story.RunFor(Duration.FromMinutes(16));

        Assert.Equal(["+00:00 L1 ana", "+02:00 L2 bruno", "+18:00 L1 ana"], story.Pages);
    }

    [Fact]
    public void passing_on_an_acknowledged_incident_pages_the_level_behind()
    {
        var story = Story.Opens("checkout", Sample.Evening);
        story.Do(new SagaEvent.Acknowledge("ana", "voice", null));

        story.Do(new SagaEvent.Escalate("ana", "voice", null));

        Assert.Equal(["+00:00 L1 ana", "+00:00 L2 bruno"], story.Pages);
        Assert.Equal(2, story.State.Episode);
    }
}

public sealed class Pool_of_business_hours
{
    [Fact]
    public void waits_for_business_hours_and_then_starts_by_itself()
    {
        // Friday 18:30 in Tallinn.
        var opened = Instant.FromUtc(2026, 3, 13, 16, 30);
        var monday = Instant.FromUtc(2026, 3, 16, 7, 0);

        var story = Story.Opens("reports", opened);

        Assert.Equal(IncidentStatus.Triggered, story.State.Status);
        Assert.Equal(monday, story.State.PagingStartsAt);
        story.RunTo(monday - Duration.FromSeconds(1));
        Assert.Empty(story.Pages);
        story.RunTo(monday + Duration.FromHours(3));
        Assert.Equal(["+3750:00 L1 juri", "+3780:00 L2 juri", "+3810:00 L1 juri", "+3840:00 L2 juri", "+3870:00 L3 juri", "+3900:00 L3 juri", "+3930:00 L3 juri"], story.Pages);
    }

    [Fact]
    public void lets_its_timers_stand_still_outside_them()
    {
        // Friday 17:45 in Tallinn: a quarter of an hour of business time is left, the other quarter is on Monday.
        var story = Story.Opens("reports", Instant.FromUtc(2026, 3, 13, 15, 45));

        Assert.Equal(["+00:00 L1 tiina"], story.Pages);
        Assert.Equal(Instant.FromUtc(2026, 3, 16, 7, 15), story.State.NextStepAt);
    }

    [Fact]
    public void counts_summer_time_as_the_wall_clock_does()
    {
        // Friday 27 March, 18:00 in Tallinn; clocks go forward on Sunday: Monday 09:00 is 06:00 UTC.
        var story = Story.Opens("reports", Instant.FromUtc(2026, 3, 27, 16, 0));

        Assert.Equal(Instant.FromUtc(2026, 3, 30, 6, 0), story.State.NextStepAt);
    }

    [Fact]
    public void starts_at_once_when_somebody_escalates_by_hand()
    {
        var story = Story.Opens("reports", Instant.FromUtc(2026, 3, 13, 16, 30));
        story.RunFor(Duration.FromMinutes(5));

        story.Do(new SagaEvent.Escalate("lena", "web", null));

        Assert.Equal(["+05:00 L1 tiina"], story.Pages);
        Assert.Equal(story.Now, story.State.PagingStartsAt);
        Assert.Equal(Instant.FromUtc(2026, 3, 16, 7, 30), story.State.NextStepAt);
    }

    [Fact]
    public void waits_again_when_a_snooze_ends_at_night()
    {
        var story = Story.Opens("reports", Instant.FromUtc(2026, 3, 13, 12, 0));
        story.Do(new SagaEvent.Snooze("juri", "web", null, Instant.FromUtc(2026, 3, 13, 20, 0)));

        story.RunTo(Instant.FromUtc(2026, 3, 14, 12, 0));

        Assert.Equal(["+00:00 L1 tiina"], story.Pages);
        Assert.Equal(Instant.FromUtc(2026, 3, 16, 7, 0), story.State.NextStepAt);
    }
}
