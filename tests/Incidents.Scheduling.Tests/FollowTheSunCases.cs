using Incidents.Scheduling.FollowTheSun;
using Incidents.Scheduling.Shifts;

namespace Incidents.Scheduling.Tests;

public class Follow_the_sun
{
    private static readonly TurnLength Weekly = new(1, TurnUnit.Week);

    private static string[] Six(string site) => [.. Enumerable.Range(1, 6).Select(i => $"{site}{i}")];

    private static SunSite Site(string name, string zone, string? from = null, string? to = null)
        => new(name, zone, Six(name), from is null ? null : Given.Time(from), to is null ? null : Given.Time(to));

    private static SunPlan Plan(params SunSite[] sites) => new(sites, new LocalDate(2027, 1, 4), Weekly, Secondary: true);

    private static readonly SunPlan NewYorkAndTallinn = Plan(Site("tallinn", "Europe/Tallinn"), Site("new-york", "America/New_York"));

    public static TheoryData<string> Templates =>
    [
        "Europe/Tallinn America/New_York", "America/New_York Europe/Tallinn", "Europe/Tallinn America/Sao_Paulo", "Australia/Lord_Howe Europe/London America/Los_Angeles",
        "Asia/Kolkata America/Chicago", "Africa/Cairo America/Santiago", "Pacific/Auckland Europe/Berlin", "Asia/Tokyo Asia/Beirut America/Vancouver", "America/St_Johns Asia/Kathmandu",
        "Europe/Tallinn 09:00-21:00 America/New_York 14:00-02:00", "America/New_York 08:00-20:00 Europe/Tallinn 07:00-19:00", "Europe/Tallinn 09:00-17:00 America/New_York 09:00-17:00",
        "Asia/Singapore 08:00-16:00 Europe/Berlin 08:00-16:00 America/Los_Angeles 08:00-16:00",
        "Pacific/Chatham 02:45-14:45 Africa/Casablanca 01:30-13:30",
    ];

    private static SunPlan PlanOf(string text)
    {
        var sites = new List<SunSite>();
        foreach (var word in text.Split(' '))
        {
            if (word.Contains('-', StringComparison.Ordinal) && char.IsAsciiDigit(word[0]))
                sites[^1] = sites[^1] with { From = Given.Time(word[..5]), To = Given.Time(word[6..]) };
            else
                sites.Add(Site(word.Replace('/', '-').ToLowerInvariant(), word));
        }

        return Plan([.. sites]);
    }

    [Theory]
    [MemberData(nameof(Templates))]
    public void covers_every_instant_of_two_years(string text)
    {
        var plan = PlanOf(text);

        var proof = SunProof.Of(plan, SunTemplate.Layers(plan));

        Assert.True(proof.Covered, string.Join(", ", proof.Gaps.Take(3)));
        Assert.All(proof.ClockChanges, c => Assert.True(c.Covered));
        Assert.InRange(proof.Sites.Sum(s => s.Share), 99.9m, 100.1m);
        Assert.All(proof.People, p => Assert.InRange(p.Share, 0m, 25m));
    }

    [Theory]
    [MemberData(nameof(Templates))]
    public void has_one_primary_at_a_time_and_hands_over_once_a_day_from_each_site(string text)
    {
        var plan = PlanOf(text);
        var proof = SunProof.Of(plan, SunTemplate.Layers(plan));
        var days = (proof.To - proof.From).TotalDays;

        Assert.InRange(proof.Handoffs, (days * plan.Sites.Count) - 5, (days * plan.Sites.Count) + 5);
        Assert.All(proof.Sites, s => Assert.True(s.ShortestShift > 4 && s.LongestShift < 20, s.ToString()));
    }

    [Theory]
    [InlineData("2027-03-01T00:00Z", "2027-04-01T00:00Z")]
    [InlineData("2027-10-15T00:00Z", "2027-11-15T00:00Z")]
    public void six_by_two_in_new_york_and_tallinn_is_covered_when_the_clocks_change_on_different_days(string from, string to)
    {
        var schedule = new Schedule("sun", null, "A", "Europe/Tallinn", SunTemplate.Layers(NewYorkAndTallinn));
        var line = Given.Line(schedule);
        var (start, end) = (Given.At(from), Given.At(to));

        var shifts = line.Shifts(start, end);
        var primary = shifts.Where(s => s.Position == Position.Primary).ToArray();
        var hours = primary.GroupBy(s => s.People.Single()).ToDictionary(g => g.Key, g => g.Sum(s => s.Length.TotalHours) / (end - start).TotalHours);

        Assert.Empty(line.Gaps(start, end));
        Assert.All(primary.Zip(primary.Skip(1)), pair => Assert.Equal(pair.First.To, pair.Second.From));
        Assert.Equal((start, end), (primary[0].From, primary[^1].To));
        Assert.All(hours.Values, share => Assert.True(share <= 0.25));
        Assert.InRange(hours.Count, 8, 12);
        // And asked one by one, not walked.
        for (var at = start; at < end; at += Duration.FromMinutes(15))
            Assert.Single(line.At(Position.Primary, at).People);
    }

    [Fact]
    public void keeps_the_hours_of_the_first_site_and_moves_the_other_while_the_clocks_differ()
    {
        var line = Given.Line(new Schedule("sun", null, "A", "Europe/Tallinn", SunTemplate.Layers(NewYorkAndTallinn)));

        string[] Site(string date) => [.. line.Shifts(Given.At(date + "T05:00Z"), Given.At(date + "T05:00Z") + Duration.FromDays(1))
            .Where(s => s.Position == Position.Primary && s.From > Given.At(date + "T05:00Z"))
            .Select(s => $"{s.Why.Name} {Given.Show(s.From, "Europe/Tallinn")[11..16]}={Given.Show(s.From, "America/New_York")[11..16]}")];

        Assert.Equal(["new-york 18:00=11:00", "tallinn 06:00=23:00"], Site("2027-03-09").TakeLast(2));
        Assert.Equal(["new-york 18:00=12:00", "tallinn 06:00=00:00"], Site("2027-03-16").TakeLast(2));
        Assert.Equal(["new-york 18:00=11:00", "tallinn 06:00=23:00"], Site("2027-03-30").TakeLast(2));
        Assert.Equal(["new-york 18:00=12:00", "tallinn 06:00=00:00"], Site("2027-11-02").TakeLast(2));
        Assert.Equal(["new-york 18:00=11:00", "tallinn 06:00=23:00"], Site("2027-11-09").TakeLast(2));
    }

    [Fact]
    public void names_every_change_of_the_clocks_with_its_handoffs()
    {
        var proof = SunProof.Of(NewYorkAndTallinn, SunTemplate.Layers(NewYorkAndTallinn));

        Assert.Equal(
            ["new-york 2027-03-14", "tallinn 2027-03-28", "tallinn 2027-10-31", "new-york 2027-11-07", "new-york 2028-03-12", "tallinn 2028-03-26", "tallinn 2028-10-29", "new-york 2028-11-05"],
            proof.ClockChanges.Select(c => $"{c.Site} {c.At.InUtc().Date:uuuu-MM-dd}"));
        Assert.All(proof.ClockChanges, c => Assert.InRange(c.Handoffs.Count, 3, 5));
    }

    [Fact]
    public void never_makes_a_primary_the_secondary_too()
    {
        var line = Given.Line(new Schedule("sun", null, "A", "Europe/Tallinn", SunTemplate.Layers(NewYorkAndTallinn)));

        for (var at = Given.At("2027-03-10T00:00Z"); at < Given.At("2027-03-31T00:00Z"); at += Duration.FromMinutes(45))
        {
            var (primary, secondary) = (line.At(Position.Primary, at).People.Single(), line.At(Position.Secondary, at).People.Single());
            Assert.NotEqual(primary, secondary);
            Assert.Equal(primary[..3], secondary[..3]);
        }
    }
}
