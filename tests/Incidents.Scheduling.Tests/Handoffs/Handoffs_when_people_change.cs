using Incidents.Kernel;
using Incidents.Scheduling.Handoffs;

namespace Incidents.Scheduling.Tests.Handoffs;

public class Handoffs_when_people_change
{
    private static readonly Schedule Daily = Given.Schedule("Europe/Tallinn", Given.Layer("daily", "2026-01-05T09:00", "1d", "ana, bruno"));

    private static string[] Told(Schedule schedule, Override[] overrides, string after, string now)
        => [.. Handovers.Between(Given.Line(schedule, overrides), "duty", Position.Primary, Given.At(after), Given.At(now))
            .Select(h => $"{Given.Show(h.At, "Europe/Tallinn")} +{string.Join('+', h.Starts)} -{string.Join('+', h.Ends)}")];

    [Fact]
    public void come_at_the_boundary_and_after_it_but_not_before()
    {
        Assert.Empty(Told(Daily, [], "2026-03-02T06:00Z", "2026-03-02T06:59:59Z"));
        Assert.Equal(["2026-03-02T09:00+02 +ana -bruno"], Told(Daily, [], "2026-03-02T06:00Z", "2026-03-02T07:00Z"));
        Assert.Equal(["2026-03-02T09:00+02 +ana -bruno"], Told(Daily, [], "2026-03-02T06:30Z", "2026-03-02T07:29Z"));
        Assert.Empty(Told(Daily, [], "2026-03-02T07:00Z", "2026-03-02T08:00Z"));
    }

    [Fact]
    public void are_where_an_override_moves_them()
    {
        var longer = Given.Replace("ana", "bruno", "2026-03-02T07:00Z", "2026-03-02T07:30Z");

        Assert.Equal(["2026-03-02T09:30+02 +ana -bruno"], Told(Daily, [longer], "2026-03-02T06:30Z", "2026-03-02T07:30Z"));
    }

    [Fact]
    public void do_not_happen_while_the_same_person_goes_on()
        => Assert.Empty(Told(Given.Schedule("Europe/Tallinn", Given.Layer("daily", "2026-01-05T09:00", "1d", "ana, ana")), [], "2026-03-01T00:00Z", "2026-03-04T00:00Z"));

    [Fact]
    public void tell_gaps_and_those_who_join()
    {
        var gap = Given.Remove("ana", "2026-03-02T08:00Z", "2026-03-02T09:00Z");
        var second = Given.Add("carla", "2026-03-02T09:30Z", "2026-03-02T10:00Z");

        Assert.Equal(
            ["2026-03-02T10:00+02 + -ana", "2026-03-02T11:00+02 +ana -", "2026-03-02T11:30+02 +carla -", "2026-03-02T12:00+02 + -carla"],
            Told(Daily, [gap, second], "2026-03-02T07:30Z", "2026-03-02T10:10Z"));
    }

    [Fact]
    public void say_what_is_open_what_happened_and_until_when()
    {
        var handoff = Assert.Single(Handovers.Between(Given.Line(Daily), "duty", Position.Primary, Given.At("2026-03-02T06:30Z"), Given.At("2026-03-02T07:00Z")));
        var opened = Given.At("2026-03-01T20:00Z");
        var facts = new HandoffFacts(
            [new(42, "Disk full", Severity.Sev1, "acknowledged", "bruno"), new(43, "Slow", Severity.Sev3, "triggered", null)], 2,
            [new(42, "Disk full", Severity.Sev1, opened, opened + Duration.FromMinutes(4)), new(41, "Flap", Severity.Sev4, opened, opened + Duration.FromMinutes(7))], 2);

        var start = HandoffText.ForStart(handoff, facts, ["carla"], OrganisationSnapshot.Empty, "ana");
        var end = HandoffText.ForEnd(handoff, new HandoffFacts([], 0, [], 0), [], OrganisationSnapshot.Empty, "bruno");

        Assert.Equal(
            """
            Until Tue 3 Mar 07:00 (UTC). Before you: bruno. Secondary: carla.
            Open: 2
            #42 SEV1 Disk full (acknowledged, bruno has it)
            #43 SEV3 Slow (triggered, nobody has it)
            Before you: 2 incidents, acknowledged after 5.5 min on average.
            #42 SEV1 Disk full (after 4 min)
            #41 SEV4 Flap (after 7 min)
            """,
            start);
        Assert.Equal("ana is on until Tue 3 Mar 07:00 (UTC).\nNothing is open.\nYour duty: no incidents.", end);
    }
}
