using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using NodaTime;

namespace Incidents.Escalation.Policy;

/// <summary>Who a level means right now: each person once, in the order of the targets.</summary>
internal sealed class TargetResolver(IOnCall onCall)
{
    public IReadOnlyList<string> Resolve(OrganisationSnapshot organisation, string serviceName, IReadOnlyList<Target> targets, Instant at)
    {
        var people = new List<string>();
        organisation.Services.TryGetValue(serviceName, out var service);
        foreach (var target in targets)
        {
            foreach (var login in One(organisation, service, target, at))
            {
                if (organisation.People.ContainsKey(login) && !people.Contains(login))
                    people.Add(login);
            }
        }
        return people;
    }

    /// <summary>Nobody at all is left for the last resort: those who run the place.</summary>
    public static IReadOnlyList<string> Everybody(OrganisationSnapshot organisation)
        => [.. organisation.People.Values.Where(p => p.Role >= Role.Manager).Select(p => p.Login).Order(StringComparer.Ordinal)];

    private IEnumerable<string> One(OrganisationSnapshot organisation, Service? service, Target target, Instant at)
    {
        switch (target.Kind)
        {
            case TargetKind.Person:
                return target.Name is null ? [] : [target.Name];
            case TargetKind.Schedule:
                return (target.Name ?? service?.Schedule) is { } schedule ? onCall.At(organisation, schedule, target.Position ?? Position.Primary, at) : [];
            case TargetKind.Roster:
                return (target.Name ?? service?.Schedule) is { } roster ? onCall.Roster(organisation, roster, at) : [];
            case TargetKind.Lead:
                return (target.Name ?? service?.Team) is { } team && organisation.Teams.TryGetValue(team, out var t) && t.Lead is { } lead ? [lead] : [];
            case TargetKind.Team:
                return target.Name is { } named && organisation.Teams.TryGetValue(named, out var members) ? members.Members : [];
            case TargetKind.Dependencies:
                return Primaries(organisation, (service?.DependsOn ?? []).Select(d => organisation.Services.GetValueOrDefault(d)?.Schedule), service?.Schedule, at);
            case TargetKind.SamePool:
                return Primaries(organisation, Ordered(organisation).Where(s => s.Pool == service?.Pool).Select(s => s.Name), service?.Schedule, at);
            case TargetKind.OtherAlwaysPools:
                return Primaries(organisation, Ordered(organisation).Where(s => s.Pool != service?.Pool && organisation.Pools.GetValueOrDefault(s.Pool)?.Coverage == Coverage.Always).Select(s => s.Name), service?.Schedule, at);
            default:
                throw new InvalidOperationException($"Target kind {target.Kind} is not resolved.");
        }
    }

    /// <summary>More critical pools first, then by name: the order is the same in every process.</summary>
    private static IEnumerable<Schedule> Ordered(OrganisationSnapshot organisation) => organisation.Schedules.Values
        .OrderBy(s => organisation.Pools.GetValueOrDefault(s.Pool)?.Rank ?? int.MaxValue).ThenBy(s => s.Name, StringComparer.Ordinal);

    private IEnumerable<string> Primaries(OrganisationSnapshot organisation, IEnumerable<string?> schedules, string? except, Instant at)
        => schedules.Where(s => s is not null && s != except).Distinct(StringComparer.Ordinal)
            .SelectMany(s => onCall.At(organisation, s!, Position.Primary, at));
}
