using Incidents.Contracts.Organisation;
using Incidents.Scheduling.Shifts;
using NodaTime;

namespace Incidents.Scheduling.Limits;

/// <summary>One person's part of one shift, in <c>[From, To)</c>.</summary>
internal sealed record Duty(string Schedule, Position Position, string Person, Instant From, Instant To, Cause Why)
{
    public Span Span => new(From, To);
}

/// <summary>A stretch in which a schedule that exists has no primary.</summary>
internal sealed record Gap(string Schedule, Instant From, Instant To);

/// <summary>Who is on duty when, over all schedules asked for (deleted ones with their past too), in <c>[From, To)</c>.</summary>
internal sealed class Roll
{
    private static readonly List<Duty> None = [];

    private readonly Dictionary<string, List<Duty>> ofPerson = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Duty>> ofSchedule = new(StringComparer.Ordinal);

    public Roll(CompiledOrganisation compiled, Instant from, Instant to, IEnumerable<string> schedules)
    {
        From = from;
        To = to;
        foreach (var schedule in schedules.Order(StringComparer.Ordinal))
        {
            if (compiled.LineOf(schedule) is { } line)
                Add(schedule, line);
        }

        foreach (var duties in ofPerson.Values)
            duties.Sort(static (a, b) => a.From.CompareTo(b.From));
    }

    public Instant From { get; }

    public Instant To { get; }

    /// <summary>By schedule, by beginning; neighbours that touch are one gap.</summary>
    public List<Gap> Gaps { get; } = [];

    public IEnumerable<string> People => ofPerson.Keys.Order(StringComparer.Ordinal);

    /// <summary>By beginning.</summary>
    public IReadOnlyList<Duty> Of(string person) => ofPerson.GetValueOrDefault(person) ?? None;

    /// <summary>By beginning.</summary>
    public IReadOnlyList<Duty> On(string schedule) => ofSchedule.GetValueOrDefault(schedule) ?? None;

    public bool IsBusy(string person, Instant from, Instant to) => Of(person).Any(d => d.From < to && from < d.To);

    /// <summary>Time on call in <c>[from, to)</c>, each instant once however many duties overlap.</summary>
    public Duration Load(string person, Instant from, Instant to) => Spans.Covered(Of(person).Select(d => d.Span), from, to);

    private void Add(string schedule, Line line)
    {
        var all = new List<Duty>();
        foreach (var shift in line.Shifts(From, To))
        {
            if (shift.People.Count == 0)
            {
                AddGap(schedule, line, shift);
                continue;
            }

            foreach (var person in shift.People)
            {
                var duty = new Duty(schedule, shift.Position, person, shift.From, shift.To, shift.Why);
                all.Add(duty);
                if (!ofPerson.TryGetValue(person, out var duties))
                    ofPerson[person] = duties = [];
                duties.Add(duty);
            }
        }

        ofSchedule[schedule] = all;
    }

    private void AddGap(string schedule, Line line, Shift gap)
    {
        if (gap.Position != Position.Primary || line.VersionAt(gap.From) is null)
            return;
        if (Gaps.Count > 0 && Gaps[^1] is var last && last.Schedule == schedule && last.To == gap.From)
            Gaps[^1] = last with { To = gap.To };
        else
            Gaps.Add(new Gap(schedule, gap.From, gap.To));
    }
}
