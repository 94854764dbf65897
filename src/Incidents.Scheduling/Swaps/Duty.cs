using Incidents.Contracts.Organisation;
using Incidents.Kernel;
using Incidents.Scheduling.Shifts;
using NodaTime;

namespace Incidents.Scheduling.Swaps;

/// <summary>What the schedule says of those who swap. Pure over a snapshot.</summary>
internal static class Duty
{
    /// <summary>The first instant in <c>[from, to)</c> at which somebody is not on call in a position; null: they are throughout.</summary>
    public static Instant? FirstWithout(Line line, Position position, string person, Instant from, Instant to) => First(line, position, from, to, people => !people.Contains(person, StringComparer.Ordinal));

    /// <summary>The first instant in <c>[from, to)</c> at which somebody is on call in a position; null: never.</summary>
    public static Instant? FirstWith(Line line, Position position, string person, Instant from, Instant to) => First(line, position, from, to, people => people.Contains(person, StringComparer.Ordinal));

    /// <summary>May take what is offered to anyone: declared as qualified, or in the schedule's own rotation.</summary>
    public static bool Qualified(OrganisationSnapshot organisation, OnCall onCall, string login, string schedule, Instant at)
        => organisation.People.TryGetValue(login, out var person)
            && (person.QualifiedFor.Contains(schedule, StringComparer.Ordinal) || onCall.Roster(organisation, schedule, at).Contains(login, StringComparer.Ordinal));

    /// <summary>The pool lets nobody onto the schedule who is not declared as qualified for it, and this person is not.</summary>
    public static bool Barred(OrganisationSnapshot organisation, string login, string schedule)
        => organisation.Schedules.TryGetValue(schedule, out var known) && organisation.Pools.TryGetValue(known.Pool, out var pool) && pool.Limits.Qualified == Breach.Enforce
            && !(organisation.People.GetValueOrDefault(login)?.QualifiedFor.Contains(schedule, StringComparer.Ordinal) ?? false);

    /// <summary>Null: <paramref name="giver"/> is on call throughout, and <paramref name="taker"/> may take that.</summary>
    public static Error? Refuses(OrganisationSnapshot organisation, OnCall onCall, string schedule, Position position, string giver, string taker, Instant from, Instant to)
    {
        if (!organisation.Schedules.ContainsKey(schedule) || onCall.Of(organisation).LineOf(schedule) is not { } line)
            return Error.Conflict("schedule-gone", $"There is no schedule '{schedule}' any more.");
        if (!organisation.People.ContainsKey(taker))
            return Error.Conflict("person-gone", $"Nobody has the login '{taker}' any more.");
        var where = position.ToString().ToLowerInvariant();
        if (FirstWithout(line, position, giver, from, to) is { } gone)
            return Error.Conflict("not-on-call", $"The schedule has changed: {giver} is not {where} of '{schedule}' any more at {gone}.");
        if (FirstWith(line, position, taker, from, to) is { } twice)
            return Error.Conflict("already-on-call", $"{taker} is {where} of '{schedule}' already at {twice}.");
        return Barred(organisation, taker, schedule)
            ? Error.Conflict("not-qualified", $"{taker} is not qualified for '{schedule}', and its pool lets nobody else onto it.")
            : null;
    }

    private static Instant? First(Line line, Position position, Instant from, Instant to, Func<IReadOnlyList<string>, bool> so)
    {
        for (var at = from; at < to;)
        {
            var answer = line.At(position, at);
            if (so(answer.People))
                return at;
            at = answer.To;
        }
        return null;
    }
}
