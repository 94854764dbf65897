using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using NodaTime;

namespace Incidents.Escalation.Policy;

/// <summary>Without counters everybody is paged as the policy says.</summary>
internal sealed class NoShiftLoad : IShiftLoad
{
    public bool GoesToSecondary(OrganisationSnapshot organisation, string schedule, string person, Guid incident, Instant at) => false;
}

/// <summary>
/// Where a primary's shift has had all its events, and the pool says so, primary and secondary change places for a further incident: the level that means the
/// primary pages the secondary, and the level of the secondary pages the primary. Somebody must be there to take it and not be overloaded too; otherwise the
/// policy stands as it is, and nobody is ever left out for good.
/// </summary>
internal sealed class OverloadRouting(IOnCall onCall, TargetResolver resolver, IShiftLoad load)
{
    /// <param name="spared">Gets those who would have been paged and are not.</param>
    public IReadOnlyList<string> Resolve(OrganisationSnapshot organisation, string serviceName, IReadOnlyList<Target> targets, Instant at, Guid incident, ICollection<(string Spared, string Instead)> spared)
    {
        var plain = resolver.Resolve(organisation, serviceName, targets, at);
        if (!targets.Any(t => t.Kind == TargetKind.Schedule))
            return plain;
        var own = organisation.Services.GetValueOrDefault(serviceName)?.Schedule;
        Target[] turned = [.. targets.Select(t => t.Kind == TargetKind.Schedule && (t.Name ?? own) is { } schedule && Turns(organisation, schedule, at, incident) ? Other(t) : t)];
        if (turned.SequenceEqual(targets))
            return plain;
        var people = resolver.Resolve(organisation, serviceName, turned, at);
        if (people.Count == 0)
            return plain;
        var instead = string.Join(", ", people.Except(plain, StringComparer.Ordinal));
        if (targets.Any(t => t.Kind == TargetKind.Schedule && t.Position != Position.Secondary))
        {
            foreach (var person in plain.Except(people, StringComparer.Ordinal))
                spared.Add((person, instead));
        }

        return people;
    }

    private bool Turns(OrganisationSnapshot organisation, string schedule, Instant at, Guid incident)
    {
        var primary = onCall.At(organisation, schedule, Position.Primary, at);
        var secondary = onCall.At(organisation, schedule, Position.Secondary, at);
        return primary.Count > 0
            && primary.All(p => load.GoesToSecondary(organisation, schedule, p, incident, at))
            && secondary.Any(organisation.People.ContainsKey)
            && !secondary.Any(p => primary.Contains(p, StringComparer.Ordinal) || load.GoesToSecondary(organisation, schedule, p, incident, at));
    }

    private static Target Other(Target target) => target with { Position = target.Position == Position.Secondary ? Position.Primary : Position.Secondary };
}
