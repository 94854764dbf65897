using Incidents.Contracts.Organisation;

namespace Incidents.Scheduling.Shifts;

/// <summary>
/// Overrides applied to what the layers say, in the order in which they were made. Each person on call sits on a seat that remembers
/// who held it before; so a later "replace X" also finds the seat that an earlier override took from X, and wins over it.
/// </summary>
internal static class Seats
{
    public static IReadOnlyList<Part> Apply(IReadOnlyList<Part> parts, ReadOnlySpan<Override> overrides)
    {
        var seats = new List<Seat>();
        foreach (var part in parts)
        {
            foreach (var person in part.People)
                seats.Add(new Seat(person, part.Why));
        }

        foreach (var made in overrides)
            Apply(seats, made);
        return Gather(seats);
    }

    private static void Apply(List<Seat> seats, Override made)
    {
        var cause = new Cause(CauseKind.Override, Describe(made), 0, made.Id);
        switch (made.Kind)
        {
            case OverrideKind.Add:
                if (!seats.Exists(s => s.Holder == made.Person))
                    seats.Add(new Seat(made.Person, cause));
                break;
            case OverrideKind.Remove:
                seats.FindAll(s => s.Holder == made.Person).ForEach(s => s.Give(null, cause));
                break;
            case OverrideKind.Replace:
                var held = seats.FindAll(s => s.Holder == made.Person);
                if (held.Count == 0)
                    held = seats.FindAll(s => s.WasHeldBy(made.Person));
                held.ForEach(s => s.Give(made.With, cause));
                break;
        }
    }

    /// <summary>Back to parts: one for each cause, in the order of the seats; a person on two seats counts on the first.</summary>
    private static List<Part> Gather(List<Seat> seats)
    {
        var parts = new List<(Cause Why, List<string> People)>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var seat in seats)
        {
            if (seat.Holder is null || !seen.Add(seat.Holder))
                continue;
            var part = parts.Find(p => p.Why == seat.Why);
            if (part.People is null)
                parts.Add((seat.Why, [seat.Holder]));
            else
                part.People.Add(seat.Holder);
        }

        if (parts.Count > 0)
            return [.. parts.Select(p => new Part(p.Why, p.People))];
        return [new Part(Cause.Gap(seats.Count == 0 ? null : seats[^1].Why.Name), [])];
    }

    private static string Describe(Override made) => made.Reason is { Length: > 0 } reason
        ? reason
        : made.Kind switch
        {
            OverrideKind.Replace => $"{made.With} for {made.Person}",
            OverrideKind.Add => $"{made.Person} added",
            _ => $"{made.Person} removed",
        };

    private sealed class Seat(string holder, Cause why)
    {
        private List<string>? former;

        public string? Holder { get; private set; } = holder;
        public Cause Why { get; private set; } = why;

        public bool WasHeldBy(string person) => former?.Contains(person, StringComparer.Ordinal) ?? false;

        public void Give(string? person, Cause cause)
        {
            if (Holder is not null)
                (former ??= []).Add(Holder);
            Holder = person;
            Why = cause;
        }
    }
}
