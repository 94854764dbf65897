using Incidents.Contracts.Organisation;

namespace Incidents.Scheduling.Compensation;

/// <summary>People and pools by the names under which something was worked, which may have changed or gone since.</summary>
internal static class People
{
    /// <summary>Never fails: somebody of whom nothing is known any more is shown by their login, without a rate.</summary>
    public static Person Of(OrganisationSnapshot organisation, string login) => Known(organisation, login)
        ?? new Person(login, login, null, null, null, null, "en", Role.Observer, [], new NotifyRules([], null), [], []);

    /// <summary>Null: not a person, such as <c>system</c>, an integration, or a key that belongs to a machine.</summary>
    public static Person? Known(OrganisationSnapshot organisation, string login)
        => organisation.People.GetValueOrDefault(login) ?? organisation.FormerPeople.GetValueOrDefault(login);

    public static bool IsRemoved(OrganisationSnapshot organisation, Person person) => !organisation.People.ContainsKey(person.Login);

    /// <summary>The present name of a pool.</summary>
    public static string PoolNameOf(OrganisationSnapshot organisation, string name) => PoolOf(organisation, name)?.Name ?? name;

    public static Pool? PoolOf(OrganisationSnapshot organisation, string name)
        => organisation.Pools.GetValueOrDefault(name) ?? organisation.FormerPools.GetValueOrDefault(name);
}
