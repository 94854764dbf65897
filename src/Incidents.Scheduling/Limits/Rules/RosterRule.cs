using Incidents.Contracts.Organisation;
using NodaTime;

namespace Incidents.Scheduling.Limits.Rules;

/// <summary>
/// Enough people: <c>single</c> at one site, or two sites <c>apart</c> with <c>perSite</c> each. The roster is everybody in the slots of the layers
/// that are in force for any of the version's part of the window, each once.
/// </summary>
internal static class RosterRule
{
    private const int DefaultSingle = 8;
    private const int DefaultPerSite = 6;
    private static readonly Duration DefaultApart = Duration.FromHours(5);

    public static IEnumerable<Finding> Find(LintScope scope)
    {
        foreach (var schedule in scope.Wanted)
        {
            if (scope.PoolOf(schedule)?.Limits.Roster is not { } limit || !scope.Minds(limit.Breach))
                continue;
            Finding? last = null;
            foreach (var (version, held) in Versions(scope, schedule))
            {
                if (Check(scope, schedule, version, held, limit) is not { } found)
                    continue;
                // The same breach in version after version is one.
                if (last is not null && last.To == found.From && last.Numbers == found.Numbers)
                {
                    last = last with { To = found.To };
                    continue;
                }

                if (last is not null)
                    yield return last;
                last = found;
            }

            if (last is not null)
                yield return last;
        }
    }

    private static IEnumerable<(Schedule Version, Span Held)> Versions(LintScope scope, Schedule schedule)
    {
        var window = scope.Window;
        if (!scope.Organisation.ScheduleHistory.TryGetValue(schedule.Name, out var history) || history.Count == 0)
            return [(schedule, window)];
        return history.Select(v => (v.Schedule, Held: new Span(v.From, v.To ?? Instant.MaxValue).Cut(window.From, window.To))).Where(v => v.Held.From < v.Held.To);
    }

    private static Finding? Check(LintScope scope, Schedule schedule, Schedule version, Span held, RosterLimit limit)
    {
        var single = limit.Single ?? DefaultSingle;
        var perSite = limit.PerSite ?? DefaultPerSite;
        var apart = limit.Apart ?? DefaultApart;
        var people = Roster(version, held).Where(scope.Organisation.People.ContainsKey).ToHashSet(StringComparer.Ordinal);
        var sites = Sites.Of(scope, people.Select(p => scope.Organisation.People[p]));
        var groups = Sites.Groups(sites, (a, b) => Sites.Apart(a.Zone, b.Zone, held.From) < apart);
        var largest = groups.MaxBy(g => g.Sum(s => s.People)) ?? [];
        var alone = largest.Sum(s => s.People);
        if (alone >= single)
            return null;

        var pairs = from one in groups
                    from other in groups
                    where one.All(a => other.All(b => Sites.Apart(a.Zone, b.Zone, held.From) >= apart))
                    let missing = Math.Max(0, perSite - Count(one)) + Math.Max(0, perSite - Count(other))
                    orderby missing, Count(one) descending
                    select (one, other, missing);
        var pair = pairs.FirstOrDefault();
        if (pair.one is not null && pair.missing == 0)
            return null;

        var byPair = pair.one is not null && pair.missing < single - alone;
        var numbers = byPair
            ? new Numbers((2 * perSite) - pair.missing, 2 * perSite, "people")
            : new Numbers(alone, single, "people");
        var needed = $"{single} at one site, or two sites {DurationText.Format(apart)} apart with {perSite} each";
        var fix = byPair
            ? string.Join(" and ", new[] { pair.one!, pair.other! }.Where(g => Count(g) < perSite).Select(g => $"{perSite - Count(g)} more at {Name(g)} ({Count(g)} of {perSite})"))
            : $"{Say.Count(single - alone, "person", "people")} more{(largest.Count > 0 ? $" at {Name(largest)}" : "")}, or a second site {DurationText.Format(apart)} away until both have {perSite}";
        var others = scope.Candidates.Beyond(schedule.Name, people);
        return new Finding(
            RuleNames.Roster, limit.Breach, schedule.Name, schedule.Pool, null, held.From, held.To, numbers,
            $"{schedule.Name} has {Say.Count(people.Count, "person", "people")}{(sites.Count == 0 ? "" : $" ({string.Join(", ", sites.Select(s => $"{s.Name} {s.People}"))})")}; it needs {needed}.",
            $"Add {fix}.{(others.Count > 0 ? $" Qualified and not in the rotation: {string.Join(", ", others)}." : " Nobody else is qualified for it yet.")}",
            $"schedule:{schedule.Name}");
    }

    private static int Count(IEnumerable<Site> group) => group.Sum(s => s.People);

    private static string Name(IEnumerable<Site> group) => string.Join("/", group.Select(s => s.Name));

    private static IEnumerable<string> Roster(Schedule version, Span held) => version.Layers
        .Where(l =>
        {
            var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(l.Zone ?? version.Zone) ?? DateTimeZone.Utc;
            return (l.Start is null || l.Start.Value.InZoneLeniently(zone).ToInstant() < held.To)
                && (l.Until is null || l.Until.Value.InZoneLeniently(zone).ToInstant() > held.From);
        })
        .SelectMany(l => l.Slots).SelectMany(s => s);
}
