using Incidents.Contracts.Organisation;
using Incidents.Scheduling.Shifts;
using NodaTime;

namespace Incidents.Scheduling.Handoffs;

/// <summary>
/// Who is on call in a position changed at an instant. <paramref name="Since"/>: when the duty before it began; <paramref name="Until"/>: when the duty
/// that begins ends; null: not within 400 days.
/// </summary>
internal sealed record Handoff(string Schedule, Position Position, Instant At, IReadOnlyList<string> Starts, IReadOnlyList<string> Ends, IReadOnlyList<string> On, Instant? Since, Instant? Until);

/// <summary>Finds the changes of who is on call. Pure over a line; overrides, swaps and edits count as the schedule itself does.</summary>
internal static class Handovers
{
    private static readonly Duration Horizon = Duration.FromDays(400);

    /// <summary>Changes in <c>(after, now]</c>, oldest first. None where the same people go on, whatever put them there.</summary>
    public static IReadOnlyList<Handoff> Between(Line line, string schedule, Position position, Instant after, Instant now)
    {
        var found = new List<Handoff>();
        for (var answer = line.At(position, now); answer.From > after;)
        {
            var before = line.At(position, answer.From - Duration.Epsilon);
            var starts = answer.People.Except(before.People, StringComparer.Ordinal).ToList();
            var ends = before.People.Except(answer.People, StringComparer.Ordinal).ToList();
            if (starts.Count + ends.Count > 0)
                found.Add(new Handoff(schedule, position, answer.From, starts, ends, answer.People, Since(line, position, answer.From, ends), Until(line, position, answer.From, starts)));
            answer = before;
        }
        found.Reverse();
        return found;
    }

    private static Instant? Since(Line line, Position position, Instant at, List<string> ends)
        => line.ShiftsAt(position, at - Duration.Epsilon, Horizon).Where(s => ends.Count == 0 || ends.Exists(s.Has)).Select(s => s.From).Where(f => f != Instant.MinValue).Select(f => (Instant?)f).FirstOrDefault();

    private static Instant? Until(Line line, Position position, Instant at, List<string> starts)
        => line.ShiftsAt(position, at, Horizon).Where(s => starts.Count == 0 || starts.Exists(s.Has)).Select(s => s.To).Where(t => t != Instant.MaxValue).Select(t => (Instant?)t).FirstOrDefault();
}
