using Incidents.Contracts.Organisation;
using Incidents.Scheduling.Limits;
using Incidents.Scheduling.Shifts;
using NodaTime;

namespace Incidents.Scheduling.Fairness;

/// <summary>
/// Who can take which stretch of a schedule, with what they carry already: points of the 90 days before the window, of what is planned in it, and of what was
/// proposed to them so far.
/// </summary>
internal sealed class Filling
{
    private static readonly Duration Past = Duration.FromDays(90);

    private readonly Dictionary<string, decimal> points = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Duty>> given = new(StringComparer.Ordinal);
    private readonly Roll roll;

    public Filling(CompiledOrganisation compiled, Schedule schedule, Instant from, Instant to)
    {
        Organisation = compiled.Organisation;
        Schedule = schedule;
        // Whole quarters, so that shares can be kept.
        var known = new LintScope(compiled, new LintQuestion(from, to) { Schedules = new HashSet<string>(StringComparer.Ordinal) { schedule.Name }, EventsFrom = from - Past }, LimitFacts.None);
        roll = known.Roll;
        var qualified = Organisation.People.Values.Where(p => p.QualifiedFor.Contains(schedule.Name, StringComparer.Ordinal)).Select(p => p.Login);
        People = [.. (qualified.Any() ? qualified : Mentioned.In(Organisation, schedule.Name)).Where(Organisation.People.ContainsKey).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        foreach (var person in People.Concat(schedule.Layers.SelectMany(l => l.Slots).SelectMany(s => s)).Where(Organisation.People.ContainsKey).Distinct(StringComparer.Ordinal))
            points[person] = Burdens.Points(Organisation, Organisation.People[person], Spans.Union(roll.Of(person).Where(d => d.Span.Touches(from - Past, to)).Select(d => d.Span.Cut(from - Past, to))));
    }

    public OrganisationSnapshot Organisation { get; }
    public Schedule Schedule { get; }
    public Roll Roll => roll;

    /// <summary>Whom the schedule may be given to: the qualified, or where nobody is, its people. By login.</summary>
    public IReadOnlyList<string> People { get; }

    public decimal PointsOf(string person) => points.GetValueOrDefault(person);

    public IReadOnlyCollection<decimal> AllPoints => points.Values;

    /// <summary>Why somebody cannot take a stretch; null: they can.</summary>
    public string? Hindrance(string person, Span time)
    {
        if (!Contacts.CanBePaged(Organisation.People[person], high: true))
            return "cannot be paged";
        if (Absences.Any(Organisation, person, time.From, time.To))
            return "is away then";
        if (Duties(person).FirstOrDefault(d => d.Span.Touches(time.From, time.To)) is { } busy)
            return $"is {Preview.DocumentShape.Word(busy.Position)} on {busy.Schedule} then";
        return Share(person, time);
    }

    /// <summary>What speaks against somebody who could take a stretch; null: nothing.</summary>
    public string? Objection(string person, Span time, Position position)
    {
        if (Organisation.Pools.GetValueOrDefault(Schedule.Pool)?.Limits.ConsecutiveShifts is not { Breach: not Breach.Ignore } limit)
            return null;
        var mine = Duties(person).Where(d => d.Schedule == Schedule.Name && d.Position == position).ToArray();
        var row = 1;
        for (var at = time.From; mine.FirstOrDefault(d => d.To == at) is { } before; at = before.From)
            row++;
        for (var at = time.To; mine.FirstOrDefault(d => d.From == at) is { } after; at = after.To)
            row++;
        return row > limit.Max ? $"would have {row} shifts in a row" : null;
    }

    public void Give(string person, Span time, Position position)
    {
        if (!given.TryGetValue(person, out var duties))
            given[person] = duties = [];
        duties.Add(new Duty(Schedule.Name, position, person, time.From, time.To, default));
        Add(person, time, 1);
    }

    /// <summary>A stretch that the person is relieved of.</summary>
    public void Relieve(string person, Span time) => Add(person, time, -1);

    private void Add(string person, Span time, int sign)
    {
        if (Organisation.People.TryGetValue(person, out var known))
            points[person] = points.GetValueOrDefault(person) + (sign * Burdens.Points(Organisation, known, [time]));
    }

    private IEnumerable<Duty> Duties(string person) => given.TryGetValue(person, out var more) ? roll.Of(person).Concat(more) : roll.Of(person);

    private string? Share(string person, Span time)
    {
        if (Organisation.Pools.GetValueOrDefault(Schedule.Pool)?.Limits.OnCallShare is not { Breach: not Breach.Ignore } limit)
            return null;
        var zone = Classes.ShiftClasses.ZoneOf(Organisation.People[person], Organisation);
        for (var quarter = Quarter.Of(time.From.InZone(zone).Date); quarter.In(zone).From < time.To; quarter = new Quarter(quarter.Next))
        {
            var whole = quarter.In(zone);
            var busy = Spans.Covered(Duties(person).Select(d => d.Span).Append(time).OrderBy(s => s.From), whole.From, whole.To);
            var share = 100m * busy.BclCompatibleTicks / whole.Length.BclCompatibleTicks;
            if (share > limit.Max)
                return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"would be on call for {share:0.#} % of {quarter.Name}, above {limit.Max:0.##} %");
        }

        return null;
    }
}
