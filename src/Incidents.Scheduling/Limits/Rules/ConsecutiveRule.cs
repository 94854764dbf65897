using Incidents.Contracts.Organisation;
using Incidents.Scheduling.Shifts;
using NodaTime;

namespace Incidents.Scheduling.Limits.Rules;

/// <summary>
/// At most so many shifts in a row: shifts of one person on one schedule in one position of which each begins where the one before ends.
/// Pieces of one turn (or of one override) are one shift. One breach for each run.
/// </summary>
internal static class ConsecutiveRule
{
    public static IEnumerable<Finding> Find(LintScope scope)
    {
        foreach (var schedule in scope.Wanted)
        {
            if (scope.PoolOf(schedule)?.Limits.ConsecutiveShifts is not { } limit || !scope.Minds(limit.Breach))
                continue;
            foreach (var run in Runs(scope.Roll.On(schedule.Name)))
            {
                if (run.Shifts <= limit.Max || !run.Time.Touches(scope.Window.From, scope.Window.To))
                    continue;
                var to = scope.Ends(run.Time.To);
                yield return new Finding(
                    RuleNames.ConsecutiveShifts, limit.Breach, schedule.Name, schedule.Pool, run.Person, run.Time.From, to, new Numbers(run.Shifts, limit.Max, "shifts"),
                    $"{run.Person} has {run.Shifts} shifts in a row as {Word(run.Position)} on {schedule.Name} from {Say.At(run.Time.From)}; at most {Say.Number(limit.Max)}.",
                    $"Give every shift after the {Ordinal((int)limit.Max)} to somebody else, from {Say.At(run.Over(limit.Max))}: {scope.Candidates.Say(schedule.Name, run.Over(limit.Max), run.OverEnd(limit.Max), run.Person)}.",
                    $"schedule:{schedule.Name}/person:{run.Person}/{Word(run.Position)}")
                { Occurrence = scope.Begins(run.Time.From), ByInterval = true };
            }
        }
    }

    /// <summary>Runs of shifts that touch, in the order of their beginning; <paramref name="duties"/> of one schedule, by beginning.</summary>
    private static IEnumerable<Run> Runs(IReadOnlyList<Duty> duties)
    {
        var open = new Dictionary<(string, Position), Run>();
        foreach (var duty in duties)
        {
            var key = (duty.Person, duty.Position);
            if (open.TryGetValue(key, out var run) && duty.From <= run.Time.To)
            {
                run.Add(duty);
                continue;
            }

            if (run is not null)
                yield return run;
            open[key] = new Run(duty);
        }

        foreach (var run in open.Values.OrderBy(r => r.Time.From).ThenBy(r => r.Person, StringComparer.Ordinal))
            yield return run;
    }

    private static string Word(Position position) => position == Position.Primary ? "primary" : "secondary";

    private static string Ordinal(int number) => number switch { 0 => "present one", 1 => "first", 2 => "second", 3 => "third", _ => $"{number}th" };

    private sealed class Run(Duty first)
    {
        private readonly List<(Cause Why, Instant From, Instant To)> shifts = [(first.Why, first.From, first.To)];

        public string Person { get; } = first.Person;
        public Position Position { get; } = first.Position;
        public Span Time { get; private set; } = first.Span;
        public int Shifts => shifts.Count;

        public void Add(Duty duty)
        {
            var known = shifts.FindLastIndex(s => s.Why == duty.Why);
            if (known >= 0)
            {
                // What lies between two pieces of one turn is inside that turn: somebody's own day layer over their week.
                shifts[known] = shifts[known] with { To = Instant.Max(shifts[known].To, duty.To) };
                shifts.RemoveRange(known + 1, shifts.Count - known - 1);
            }
            else
                shifts.Add((duty.Why, duty.From, duty.To));
            Time = Time with { To = Instant.Max(Time.To, duty.To) };
        }

        /// <summary>Where the first shift too many begins.</summary>
        public Instant Over(decimal max) => shifts[(int)Math.Min(max, shifts.Count - 1)].From;

        public Instant OverEnd(decimal max) => shifts[(int)Math.Min(max, shifts.Count - 1)].To;
    }
}
