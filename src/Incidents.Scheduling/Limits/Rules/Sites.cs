using Incidents.Contracts.Organisation;
using NodaTime;
using NodaTime.TimeZones;

namespace Incidents.Scheduling.Limits.Rules;

/// <summary>People of a roster at one place.</summary>
internal sealed record Site(string Name, DateTimeZone Zone, int People);

/// <summary>
/// Sites and how far apart they are on the clock. Two sites count as two only when their zones differ by the pool's <c>apart</c> at every moment of
/// the year that begins with the window; nearer ones count as one site together.
/// </summary>
internal static class Sites
{
    /// <summary>With more sites than this the largest are looked at: every grouping of them is tried.</summary>
    private const int MostSites = 6;

    private static readonly Duration Day = Duration.FromDays(1);

    /// <summary>By size, then name. A person without a site belongs to the site of their zone; a site lives by the zone of most of its people.</summary>
    public static IReadOnlyList<Site> Of(LintScope scope, IEnumerable<Person> people) =>
    [
        .. people.Select(p => (Person: p, Zone: scope.ZoneOf(p.Login)))
            .GroupBy(x => x.Person.Site ?? x.Zone.Id, StringComparer.Ordinal)
            .Select(g => new Site(g.Key, g.GroupBy(x => x.Zone.Id, StringComparer.Ordinal).OrderByDescending(z => z.Count()).ThenBy(z => z.Key, StringComparer.Ordinal).First().First().Zone, g.Count()))
            .OrderByDescending(s => s.People).ThenBy(s => s.Name, StringComparer.Ordinal)
            .Take(MostSites),
    ];

    /// <summary>
    /// The smallest difference of two wall clocks in the year from <paramref name="from"/>; round the clock, so never more than 12 h.
    /// </summary>
    public static Duration Apart(DateTimeZone one, DateTimeZone other, Instant from)
    {
        var to = from + Duration.FromDays(366);
        var smallest = Day;
        foreach (var at in one.GetZoneIntervals(from, to).Concat(other.GetZoneIntervals(from, to)).Select(i => Begin(i, from)).Distinct())
        {
            var difference = Duration.FromSeconds(Math.Abs(one.GetUtcOffset(at).Seconds - other.GetUtcOffset(at).Seconds));
            while (difference >= Day)
                difference -= Day;
            smallest = Duration.Min(smallest, Duration.Min(difference, Day - difference));
        }

        return smallest;
    }

    /// <summary>Groups of sites that are all near one another: each counts as one site. Never empty sets.</summary>
    public static IReadOnlyList<IReadOnlyList<Site>> Groups(IReadOnlyList<Site> sites, Func<Site, Site, bool> near)
    {
        var groups = new List<IReadOnlyList<Site>>();
        for (var mask = 1; mask < 1 << sites.Count; mask++)
        {
            var group = sites.Where((_, i) => (mask & (1 << i)) != 0).ToArray();
            if (group.All(a => group.All(b => ReferenceEquals(a, b) || near(a, b))))
                groups.Add(group);
        }

        return groups;
    }

    private static Instant Begin(ZoneInterval interval, Instant from) => interval.HasStart ? Instant.Max(interval.Start, from) : from;
}
