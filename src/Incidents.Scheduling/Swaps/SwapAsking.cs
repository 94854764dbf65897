using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using NodaTime;

namespace Incidents.Scheduling.Swaps;

/// <summary>Checks what is asked for against the schedule as it stands. Pure over a snapshot and a clock.</summary>
internal static class SwapAsking
{
    private static readonly Duration Longest = Duration.FromDays(366);
    private const int LongestReason = 500;
    private const int MostPeople = 200;

    public static Result<NewSwap> Read(string schedule, SwapRequest asked, Actor actor, OrganisationSnapshot organisation, OnCall onCall, Instant now)
    {
        if (!organisation.Schedules.ContainsKey(schedule) || onCall.Of(organisation).LineOf(schedule) is not { } line)
            return Error.NotFound($"There is no schedule '{schedule}'.");
        var person = string.IsNullOrEmpty(asked.Person) ? actor.Login : asked.Person;
        if (person != actor.Login && !actor.Can(Role.Manager))
            return Error.Forbidden($"'{actor.Login}' may ask for their own shifts; for others that needs the role manager.");
        if (person != actor.Login && actor.RefusalIn(Role.Manager, $"the schedule '{schedule}'", organisation.Schedules[schedule].Team) is { } foreign)
            return foreign;

        var faults = new List<Fault>();
        if (!organisation.People.ContainsKey(person))
            faults.Add(new Fault("person", $"Nobody has the login '{person}'."));
        var (from, to) = Interval("", asked.From, asked.To, now, faults);
        if (asked.Reason?.Length > LongestReason)
            faults.Add(new Fault("reason", $"At most {LongestReason} characters."));
        var expires = asked.ExpiresAt is { } given ? Instants.Truncate(given) : from;
        if (faults.Count == 0 && (expires <= now || expires > from))
            faults.Add(new Fault("expiresAt", "Choose an instant after now and not after the start of the shift."));
        var people = Offer(asked.OfferTo, person, schedule, organisation, faults);
        if (faults.Count > 0)
            return Error.Invalid(faults);

        var position = asked.Position ?? (Duty.FirstWithout(line, Position.Primary, person, from, to) is null ? Position.Primary
            : Duty.FirstWithout(line, Position.Secondary, person, from, to) is null ? Position.Secondary : Position.Primary);
        if (Duty.FirstWithout(line, position, person, from, to) is { } gone)
            return Error.Invalid("from", $"{person} is not {position.ToString().ToLowerInvariant()} of '{schedule}' at {gone}: ask for a time at which they are throughout.");
        var swap = new Swap(Guid.CreateVersion7(now.ToDateTimeOffset()), schedule, position, person, from, to, string.IsNullOrWhiteSpace(asked.Reason) ? null : asked.Reason.Trim(),
            asked.OfferTo!.Anyone, people, expires);
        return new NewSwap(swap, organisation.Version);
    }

    /// <summary>A part of a request; null: all of it.</summary>
    public static Result<Stretch>? Part(Instant? from, Instant? to)
    {
        if (from is null && to is null)
            return null;
        if (from is not { } start || to is not { } end)
            return Error.Invalid(from is null ? "from" : "to", "Give both from and to, or neither.");
        return new Stretch(Instants.Truncate(start), Instants.Truncate(end));
    }

    public static Result<SwapExchange> Exchange(ExchangeRequest asked, Swap swap, string by, OrganisationSnapshot organisation, OnCall onCall, Instant now)
    {
        var schedule = string.IsNullOrEmpty(asked.Schedule) ? swap.Schedule : asked.Schedule;
        var position = asked.Position ?? Position.Primary;
        var faults = new List<Fault>();
        var (from, to) = Interval("exchange.", asked.From, asked.To, now, faults);
        if (!organisation.Schedules.ContainsKey(schedule))
            faults.Add(new Fault("exchange.schedule", $"There is no schedule '{schedule}'."));
        if (faults.Count > 0)
            return Error.Invalid(faults);
        if (Duty.Refuses(organisation, onCall, schedule, position, by, swap.Person, from, to) is { } refused)
            return Error.Invalid("exchange", refused.Title);
        return new SwapExchange(schedule, position, from, to);
    }

    private static (Instant From, Instant To) Interval(string path, Instant? from, Instant? to, Instant now, List<Fault> faults)
    {
        if (from is null)
            faults.Add(new Fault(path + "from", "Is required."));
        if (to is null)
            faults.Add(new Fault(path + "to", "Is required."));
        if (from is not { } start || to is not { } end)
            return default;
        (start, end) = (Instants.Truncate(start), Instants.Truncate(end));
        if (end <= start)
            faults.Add(new Fault(path + "to", "Choose an instant after 'from'."));
        else if (end - start > Longest)
            faults.Add(new Fault(path + "to", "At most a year."));
        if (start <= now)
            faults.Add(new Fault(path + "from", "Choose a time that has not begun; of a running shift, a later part."));
        return (start, end);
    }

    private static List<string> Offer(SwapOffer? offer, string person, string schedule, OrganisationSnapshot organisation, List<Fault> faults)
    {
        var people = (offer?.People ?? []).Distinct(StringComparer.Ordinal).ToList();
        if (offer is null || (offer.Anyone == people.Count > 0))
            faults.Add(new Fault("offerTo", "Offer it to people, or to anyone: {\"people\": [\"bruno\"]} or {\"anyone\": true}."));
        if (people.Count > MostPeople)
            faults.Add(new Fault("offerTo.people", $"At most {MostPeople} people: offer it to anyone."));
        for (var i = 0; i < people.Count; i++)
        {
            if (people[i] == person)
                faults.Add(new Fault($"offerTo.people[{i}]", "It is their own shift."));
            else if (!organisation.People.ContainsKey(people[i]))
                faults.Add(new Fault($"offerTo.people[{i}]", $"Nobody has the login '{people[i]}'."));
            else if (Duty.Barred(organisation, people[i], schedule))
                faults.Add(new Fault($"offerTo.people[{i}]", $"{people[i]} is not qualified for '{schedule}', and its pool lets nobody else onto it."));
        }
        return people;
    }
}
