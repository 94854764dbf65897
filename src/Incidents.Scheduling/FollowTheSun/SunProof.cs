using Incidents.Contracts.Organisation;
using Incidents.Scheduling.Shifts;
using NodaTime;

namespace Incidents.Scheduling.FollowTheSun;

/// <summary>
/// What the layers do, worked out shift by shift over <c>[From, To)</c> with the same engine that pages: two years from the first instant at which
/// every site has begun. <paramref name="Covered"/>: somebody is primary at every instant. <paramref name="Handoffs"/>: from site to site.
/// </summary>
internal sealed record SunProof(
    Instant From,
    Instant To,
    bool Covered,
    IReadOnlyList<SunGap> Gaps,
    int Handoffs,
    IReadOnlyList<ClockChange> ClockChanges,
    IReadOnlyList<SiteShare> Sites,
    IReadOnlyList<PersonShare> People)
{
    private static readonly Duration Around = Duration.FromDays(1);

    public static SunProof Of(SunPlan plan, IReadOnlyList<Layer> layers)
    {
        var schedule = new Schedule("follow-the-sun", Team: null, "", plan.Sites[0].Zone, layers);
        var line = new Line([new ScheduleVersion(schedule, Instant.MinValue, To: null)], [], OrganisationSnapshot.Empty);
        var sites = layers.Where(l => l.Position == Position.Primary).Select(l => new { Layer = l, Zone = DateTimeZoneProviders.Tzdb[l.Zone!] }).ToArray();
        var from = sites.Max(s => s.Layer.Start!.Value.InZoneLeniently(s.Zone).ToInstant());
        var to = (plan.Start + SunTemplate.Proven).AtMidnight().InZoneLeniently(sites[0].Zone).ToInstant();
        var all = line.Shifts(from, to);
        var primary = all.Where(s => s.Position == Position.Primary).ToArray();
        var secondary = all.Where(s => s.Position == Position.Secondary).ToArray();
        var gaps = primary.Where(s => s.IsGap).Select(s => new SunGap(s.From, s.To)).ToArray();
        var handoffs = primary.Zip(primary.Skip(1))
            .Where(pair => pair.First.Why.Name != pair.Second.Why.Name && !pair.Second.IsGap)
            .Select(pair => new SiteHandoff(pair.Second.From, pair.First.IsGap ? null : pair.First.Why.Name, pair.Second.Why.Name!))
            .ToArray();
        var total = (to - from).TotalHours;

        return new SunProof(
            from,
            to,
            Covered: gaps.Length == 0,
            gaps,
            handoffs.Length,
            [.. sites.SelectMany(s => Changes(s.Layer.Name, s.Zone, from, to)).OrderBy(c => c.At).Select(change => change with
            {
                Covered = !Array.Exists(gaps, g => g.From < change.At + Around && change.At - Around < g.To),
                Handoffs = [.. handoffs.Where(h => change.At - Around <= h.At && h.At < change.At + Around)],
            })],
            [.. sites.Select(s =>
            {
                var own = primary.Where(shift => shift.Why.Name == s.Layer.Name).ToArray();
                var whole = own.Where(shift => shift.From > from && shift.To < to).Select(shift => shift.Length.TotalHours).DefaultIfEmpty(0).ToArray();
                return new SiteShare(
                    s.Layer.Name, s.Layer.Zone!, s.Layer.Windows[0].From, s.Layer.Windows[0].To, Percent(Hours(own), total), Round(whole.Min()), Round(whole.Max()));
            })],
            [.. plan.Sites.SelectMany(site => site.People.Select(person =>
            {
                var hours = Hours(primary.Where(s => s.Has(person)));
                return new PersonShare(person, site.Name, Round(hours), Percent(hours, total), Percent(Hours(secondary.Where(s => s.Has(person))), total));
            }))]);
    }

    private static IEnumerable<ClockChange> Changes(string site, DateTimeZone zone, Instant from, Instant to)
        => zone.GetZoneIntervals(from, to).Where(i => i.HasStart && i.Start >= from)
            .Select(i => new ClockChange(i.Start, site, zone.Id, zone.GetUtcOffset(i.Start - Duration.Epsilon).ToString(), i.WallOffset.ToString(), Covered: false, []));

    private static double Hours(IEnumerable<Shift> shifts) => shifts.Sum(s => s.Length.TotalHours);

    private static decimal Round(double hours) => Math.Round((decimal)hours, 2);

    private static decimal Percent(double hours, double total) => total <= 0 ? 0 : Math.Round((decimal)(hours / total * 100), 2);
}

internal sealed record SunGap(Instant From, Instant To);

/// <summary>A change of a site's clock; <paramref name="Covered"/> and <paramref name="Handoffs"/>: from a day before to a day after it.</summary>
internal sealed record ClockChange(Instant At, string Site, string Zone, string OffsetBefore, string OffsetAfter, bool Covered, IReadOnlyList<SiteHandoff> Handoffs);

/// <summary>From site to site; <paramref name="From"/> null: out of a gap.</summary>
internal sealed record SiteHandoff(Instant At, string? From, string To);

/// <summary>The window that the layer has, what part of all time (percent) falls to the site, and the hours of its shortest and longest shift.</summary>
internal sealed record SiteShare(string Name, string Zone, LocalTime From, LocalTime To, decimal Share, decimal ShortestShift, decimal LongestShift);

/// <summary>Hours as primary in all, and the share of all time (percent) as primary and as secondary.</summary>
internal sealed record PersonShare(string Login, string Site, decimal Hours, decimal Share, decimal SecondaryShare);
