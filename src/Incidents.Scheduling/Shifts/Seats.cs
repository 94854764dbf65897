using Incidents.Contracts.Organisation;

namespace Incidents.Scheduling.Shifts;

/// <summary>
/// Overrides applied to what the layers say, in the order in which they were made. Each person on call sits on a seat that remembers
/// who held it before; so a later "replace X" also finds the seat that an earlier override took from X, and wins over it.
/// </summary>
internal static class Seats
{
    public static IReadOnlyList<Part> Apply(IReadOnlyList<Part> parts, MadeOverride[] overrides)
    {
        if (!Touched(parts, overrides))
            return parts;

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

    /// <summary>Whether anything acts: an added person always, the others only on somebody who is on; what one does first, others may build on.</summary>
    private static bool Touched(IReadOnlyList<Part> parts, MadeOverride[] overrides)
    {
        foreach (var made in overrides)
        {
            if (made.Override.Kind == OverrideKind.Add)
                return true;
            foreach (var part in parts)
            {
                foreach (var person in part.People)
                {
                    if (string.Equals(person, made.Override.Person, StringComparison.Ordinal))
                        return true;
                }
            }
        }

        return false;
    }

    private static void Apply(List<Seat> seats, MadeOverride made)
    {
        var person = made.Override.Person;
        switch (made.Override.Kind)
        {
            case OverrideKind.Add:
                if (!seats.Exists(s => s.Holder == person))
                    seats.Add(new Seat(person, made.Why));
                break;
            case OverrideKind.Remove:
                seats.FindAll(s => s.Holder == person).ForEach(s => s.Give(null, made.Why));
                break;
            case OverrideKind.Replace:
                var held = seats.FindAll(s => s.Holder == person);
                if (held.Count == 0)
                    held = seats.FindAll(s => s.WasHeldBy(person));
                held.ForEach(s => s.Give(made.Override.With, made.Why));
                break;
        }
    }

    /// <summary>Back to parts: one for each cause, in the order of the seats; a person on two seats counts on the first.</summary>
    private static IReadOnlyList<Part> Gather(List<Seat> seats)
    {
        if (seats is [{ Holder: { } only } seat])
            return [new Part(seat.Why, [only])];

        var parts = new List<(Cause Why, List<string> People)>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (holder, why) in seats.Select(s => (s.Holder, s.Why)))
        {
            if (holder is null || !seen.Add(holder))
                continue;
            var part = parts.Find(p => p.Why == why);
            if (part.People is null)
                parts.Add((why, [holder]));
            else
                part.People.Add(holder);
        }

        if (parts.Count > 0)
            return [.. parts.Select(p => new Part(p.Why, p.People))];
        return [new Part(Cause.Gap(seats.Count == 0 ? null : seats[^1].Why.Name), [])];
    }

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
