using Incidents.Contracts.Organisation;
using Incidents.Scheduling.Classes;
using Incidents.Scheduling.Limits;
using NodaTime;

namespace Incidents.Scheduling.Fairness;

/// <summary>Hours by shift class.</summary>
internal sealed record ClassHours(decimal Business, decimal OffHours, decimal Night, decimal Weekend, decimal Holiday)
{
    public decimal Total => Business + OffHours + Night + Weekend + Holiday;
}

/// <summary>
/// What duty costs one person in a window. Time on call is counted once however many duties overlap. <paramref name="Weekends"/>: weeks of whose weekend
/// any duty touches; <paramref name="Holidays"/>: holiday dates; <paramref name="Nights"/>: nights (a night belongs to the date on which it begins), each
/// by the person's own clock and calendar. <paramref name="Pages"/>: events of the shifts. <paramref name="Points"/>: hours weighed by
/// <see cref="BurdenWeights"/>.
/// </summary>
internal sealed record Burden(
    string Person, ClassHours Hours, decimal TotalHours, int Weekends, int Holidays, int Nights, int Pages, decimal Points, decimal Share);

/// <summary>How many points an hour of each class is: an hour that costs sleep or a free day weighs double or treble.</summary>
internal static class BurdenWeights
{
    public static IReadOnlyDictionary<string, decimal> All { get; } = new Dictionary<string, decimal>(StringComparer.Ordinal)
    {
        ["business"] = 0.5m,
        ["offHours"] = 1m,
        ["night"] = 2m,
        ["weekend"] = 2m,
        ["holiday"] = 3m,
    };

    public static decimal Of(ShiftClass kind) => kind switch
    {
        ShiftClass.Business => All["business"],
        ShiftClass.OffHours => All["offHours"],
        ShiftClass.Night => All["night"],
        ShiftClass.Weekend => All["weekend"],
        _ => All["holiday"],
    };
}

internal static class Burdens
{
    /// <summary>The burden of each person in <c>[from, to)</c>, by login. <paramref name="duties"/> in any order.</summary>
    public static IReadOnlyList<Burden> Of(OrganisationSnapshot organisation, IEnumerable<string> people, Func<string, IEnumerable<Span>> duties, Func<string, int> pages, Instant from, Instant to)
    {
        var all = people.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Where(organisation.People.ContainsKey)
            .Select(p => One(organisation, organisation.People[p], Spans.Union(duties(p).Where(d => d.Touches(from, to)).Select(d => d.Cut(from, to))), pages(p)))
            .ToArray();
        var total = all.Sum(b => b.Points);
        return [.. all.Select(b => b with { Share = total == 0 ? 0 : Math.Round(100 * b.Points / total, 1) })];
    }

    public static decimal Points(OrganisationSnapshot organisation, Person person, IEnumerable<Span> duties)
        => duties.SelectMany(d => ShiftClasses.Of(person, organisation, d.From, d.To)).Sum(s => Hours(s.Length) * BurdenWeights.Of(s.Class));

    private static Burden One(OrganisationSnapshot organisation, Person person, List<Span> duties, int pages)
    {
        var clock = ShiftClasses.ClockOf(person, organisation);
        var spans = duties.SelectMany(d => clock.Split(d.From, d.To)).ToArray();
        var weekends = new HashSet<LocalDate>();
        var holidays = new HashSet<LocalDate>();
        foreach (var span in spans)
        {
            for (var day = Day(span.From); day <= Day(span.To - Duration.Epsilon); day = day.PlusDays(1))
            {
                if (span.Class == ShiftClass.Holiday)
                    holidays.Add(day);
                else if (span.Class == ShiftClass.Weekend)
                    weekends.Add(day.PlusDays(1 - (int)day.DayOfWeek));
            }
        }

        var hours = new ClassHours(Sum(ShiftClass.Business), Sum(ShiftClass.OffHours), Sum(ShiftClass.Night), Sum(ShiftClass.Weekend), Sum(ShiftClass.Holiday));
        return new Burden(
            person.Login, hours, hours.Total, weekends.Count, holidays.Count, Nights(clock, duties), pages,
            Math.Round(spans.Sum(s => Hours(s.Length) * BurdenWeights.Of(s.Class)), 2), 0);

        decimal Sum(ShiftClass kind) => Math.Round(spans.Where(s => s.Class == kind).Sum(s => Hours(s.Length)), 2);
        LocalDate Day(Instant at) => at.InZone(clock.Zone).Date;
    }

    /// <summary>Nights that any duty touches, weekends and holidays too: what costs sleep does so on any day.</summary>
    private static int Nights(ClassClock clock, IReadOnlyList<Span> duties)
    {
        var nights = new HashSet<LocalDate>();
        foreach (var duty in duties)
        {
            var first = duty.From.InZone(clock.Zone).Date.PlusDays(-1);
            var last = (duty.To - Duration.Epsilon).InZone(clock.Zone).Date;
            for (var day = first; day <= last; day = day.PlusDays(1))
            {
                if (clock.NightOf(day) is { } night && night.From < duty.To && duty.From < night.To)
                    nights.Add(day);
            }
        }

        return nights.Count;
    }

    private static decimal Hours(Duration length) => length.BclCompatibleTicks / (decimal)NodaConstants.TicksPerHour;
}
