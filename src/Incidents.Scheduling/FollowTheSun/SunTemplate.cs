using Incidents.Contracts.Organisation;
using Incidents.Scheduling.Rotations;
using NodaTime;

namespace Incidents.Scheduling.FollowTheSun;

/// <summary>A site and its people in the order of their turns. Local hours half-open; both null: to be computed. To at or before From: past midnight.</summary>
internal sealed record SunSite(string Name, string Zone, IReadOnlyList<string> People, LocalTime? From, LocalTime? To);

/// <summary>
/// Sites in the order of their precedence: the first one's hours never move, the others close what clock changes open. Turns begin on
/// <paramref name="Start"/>, at each site with its own day.
/// </summary>
internal sealed record SunPlan(IReadOnlyList<SunSite> Sites, LocalDate Start, TurnLength Turn, bool Secondary);

/// <summary>
/// Layers that hand the line from site to site with the sun, without a hole on any day of the next two years. Each site is one layer with a daily local
/// window. Where two sites meet, the edge of the one with precedence is fixed on its own wall clock, and the other's window reaches as far as that edge ever
/// wanders on its wall clock; the level decides where they overlap. So nobody has two shifts a day, and the hand-over is always the fixed site's hour.
/// </summary>
internal static class SunTemplate
{
    public static readonly Period Proven = Period.FromYears(2);

    private const int Day = 24 * 60;
    private const int MiddleOfDay = (14 * 60) + 30;
    private const int HalfDay = (6 * 60) + 30;

    public static IReadOnlyList<Layer> Layers(SunPlan plan)
    {
        var sites = Hours(plan);
        foreach (var (earlier, later) in Neighbours(sites, plan.Start))
            Join(earlier, later, plan.Start);

        var layers = new List<Layer>();
        for (var i = 0; i < sites.Length; i++)
        {
            var (site, level) = (sites[i], (sites.Length - i) * 10);
            var from = Time(site.From);
            var to = site.To - site.From >= Day ? from : Time(site.To);
            layers.Add(new Layer(
                site.Site.Name,
                Position.Primary,
                level,
                site.Site.Zone,
                plan.Start + from,
                Until: null,
                plan.Turn,
                [.. site.Site.People.Select(p => (IReadOnlyList<string>)[p])],
                [new Window([], from, to, WindowDays.All, Calendar: null)],
                Advance.Elapsed,
                NextInOrderOf: null));
            if (plan.Secondary)
                layers.Add(new Layer(site.Site.Name + "-secondary", Position.Secondary, level, site.Site.Zone, null, null, null, [], [], Advance.Elapsed, site.Site.Name));
        }

        return layers;
    }

    /// <summary>The hours asked for, or equal shares of the day that lie as near to everybody's daytime as they can; in the order of precedence.</summary>
    private static SiteHours[] Hours(SunPlan plan)
    {
        if (plan.Sites.All(s => s.From is not null))
        {
            return [.. plan.Sites.Select((s, i) =>
            {
                var (from, to) = (Minutes(s.From!.Value), Minutes(s.To!.Value));
                return new SiteHours(s, -i, from, to <= from ? to + Day : to);
            })];
        }

        var share = Day / plan.Sites.Count;
        var offsets = plan.Sites.Select(s => OffsetOn(s, plan.Start)).ToArray();
        var eastFirst = Enumerable.Range(0, offsets.Length).OrderByDescending(i => offsets[i]).ToArray();
        var places = eastFirst.Select((site, place) => (site, place)).OrderBy(p => p.site).Select(p => p.place).ToArray();

        // Whole hours at the site with precedence.
        var best = Enumerable.Range(0, 24)
            .Select(hour => places.Select((place, i) => (hour * 60) - offsets[0] + ((place - places[0]) * share) + offsets[i]).ToArray())
            .MinBy(starts => starts.Sum(from => Strain(from, share)))!;
        return [.. plan.Sites.Select((s, i) => new SiteHours(s, -i, Wrap(best[i]), Wrap(best[i]) + share))];
    }

    /// <summary>How far a window lies outside 08:00 to 21:00, late hours counting more than proportionally.</summary>
    private static double Strain(int from, int length)
    {
        var strain = 0.0;
        for (var minute = from; minute < from + length; minute += 15)
        {
            var away = Math.Abs(Wrap(minute - MiddleOfDay + (Day / 2)) - (Day / 2));
            strain += Math.Pow(Math.Max(0, away - HalfDay), 2);
        }

        return strain;
    }

    /// <summary>Each site with the one that starts next after it in the course of a day, round the clock.</summary>
    private static IEnumerable<(SiteHours Earlier, SiteHours Later)> Neighbours(SiteHours[] sites, LocalDate start)
    {
        var inOrder = sites.OrderBy(s => Wrap(s.From - OffsetOn(s.Site, start))).ToArray();
        return [.. inOrder.Select((site, i) => (site, inOrder[(i + 1) % inOrder.Length]))];
    }

    /// <summary>Moves the edge of the site without precedence to where the other's edge is at its earliest (or latest) on any day.</summary>
    private static void Join(SiteHours earlier, SiteHours later, LocalDate start)
    {
        var (here, there) = (new WallClock(earlier.Zone), new WallClock(later.Zone));
        // The later one starts on this date or the next, by its own calendar.
        var ahead = Wrap(later.From - OffsetOn(later.Site, start) - (earlier.From - OffsetOn(earlier.Site, start)));
        var days = (int)Math.Floor((earlier.From - OffsetOn(earlier.Site, start) + ahead + OffsetOn(later.Site, start)) / (double)Day);
        var last = start.Plus(Proven).PlusDays(2);
        for (var day = start.PlusDays(-2); day <= last; day = day.PlusDays(1))
        {
            var hereMidnight = WallClock.Reading(day.AtMidnight());
            var thereMidnight = WallClock.Reading(day.PlusDays(days).AtMidnight());
            if (earlier.Precedence > later.Precedence)
            {
                var ends = here.Resolve(hereMidnight + Duration.FromMinutes(earlier.To));
                later.From = Math.Min(later.From, (int)(there.Reading(ends) - thereMidnight).TotalMinutes);
                continue;
            }

            var begins = there.Resolve(thereMidnight + Duration.FromMinutes(later.From));
            var to = (int)(here.Reading(begins) - hereMidnight).TotalMinutes;
            // In the second pass of a repeated hour the same reading means the first.
            while (here.Resolve(hereMidnight + Duration.FromMinutes(to)) < begins)
                to += 15;
            earlier.To = Math.Max(earlier.To, to);
        }
    }

    private static int OffsetOn(SunSite site, LocalDate day)
        => DateTimeZoneProviders.Tzdb[site.Zone].GetUtcOffset(day.AtMidnight().InUtc().ToInstant()).Seconds / 60;

    private static int Minutes(LocalTime time) => (time.Hour * 60) + time.Minute;

    private static LocalTime Time(int minutes) => LocalTime.Midnight.PlusMinutes(Wrap(minutes));

    private static int Wrap(int minutes) => ((minutes % Day) + Day) % Day;

    /// <summary>A site's window in minutes of its wall clock from a midnight; may begin before it and end after the next.</summary>
    private sealed class SiteHours(SunSite site, int precedence, int from, int to)
    {
        public SunSite Site { get; } = site;
        public DateTimeZone Zone { get; } = DateTimeZoneProviders.Tzdb[site.Zone];
        public int From { get; set; } = from;
        public int To { get; set; } = to;
        public int Precedence { get; } = precedence;
    }
}
