using Incidents.Contracts.Organisation;
using NodaTime;
using NodaTime.Text;

namespace Incidents.Escalation.Policy;

/// <summary>Somebody who would be paged and is away until an instant (exclusive). <paramref name="Instead"/> null: nobody was named, so they are passed over.</summary>
internal sealed record Away(string Person, string? Instead, Instant Until)
{
    private static readonly InstantPattern Moment = InstantPattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm");

    public string Say() => $"{Person} is away until {Moment.Format(Until)} UTC: " + (Instead is null ? "passed over." : $"{Instead} takes it.");
}

/// <summary>
/// Who is paged in the place of people who are away. Whoever named somebody is replaced by them, also where they are on call; without that, a policy that
/// names them (as a person, a lead, a member of a team or roster) passes them over. Whom a schedule has on call is never passed over: an absence takes nobody
/// off call. Nobody left is a level that means nobody, so the next one starts at once, and the last resort goes to everybody who runs the place.
/// </summary>
internal sealed class HandOver(TargetResolver resolver)
{
    private const int LongestChain = 10;

    public IReadOnlyList<string> Apply(OrganisationSnapshot organisation, string service, IReadOnlyList<Target> targets, IReadOnlyList<string> people, Instant at, ICollection<Away> away)
    {
        if (organisation.Absences.Count == 0 || !people.Any(p => Of(organisation, p, at) is not null))
            return people;
        var onCall = resolver.Resolve(organisation, service, [.. targets.Where(t => t.Kind is TargetKind.Schedule or TargetKind.Dependencies or TargetKind.SamePool or TargetKind.OtherAlwaysPools)], at);
        var paged = new List<string>();
        foreach (var person in people)
        {
            var absence = Of(organisation, person, at);
            var instead = absence is null ? person : Instead(organisation, absence, at);
            if (absence is not null && (instead is not null || !onCall.Contains(person)))
                away.Add(new Away(person, instead, absence.To));
            if ((instead ?? (onCall.Contains(person) ? person : null)) is { } who && !paged.Contains(who))
                paged.Add(who);
        }
        return paged;
    }

    /// <summary>The absence that lasts longest of those that hold now.</summary>
    public static Absence? Of(OrganisationSnapshot organisation, string person, Instant at)
        => organisation.Absences.GetValueOrDefault(person)?.Where(a => a.From <= at && at < a.To).OrderBy(a => a.HandOver is null).ThenByDescending(a => a.To).FirstOrDefault();

    /// <summary>Whoever is named, or is named by them if they are away too; null: that ends with somebody who is away.</summary>
    public static string? Instead(OrganisationSnapshot organisation, Absence absence, Instant at)
    {
        for (var step = 0; step < LongestChain && absence.HandOver is { } next && organisation.People.ContainsKey(next); step++)
        {
            if (Of(organisation, next, at) is not { } theirs)
                return next;
            absence = theirs;
        }
        return null;
    }
}
