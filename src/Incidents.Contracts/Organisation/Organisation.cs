using System.Collections.Frozen;

namespace Incidents.Contracts.Organisation;

/// <summary>
/// The whole organisation at one version: immutable, shared by every reader in the process. Names are case-sensitive identities.
/// <see cref="ScheduleHistory"/> keeps closed versions too (newest last), also of deleted schedules.
/// </summary>
public sealed class OrganisationSnapshot
{
    public required long Version { get; init; }
    public required FrozenDictionary<string, Calendar> Calendars { get; init; }
    public required FrozenDictionary<string, Person> People { get; init; }
    public required FrozenDictionary<string, Team> Teams { get; init; }
    public required FrozenDictionary<string, Pool> Pools { get; init; }

    /// <summary>As the document has them, also when a version takes effect only later: what is in force at an instant is in <see cref="ScheduleHistory"/>.</summary>
    public required FrozenDictionary<string, Schedule> Schedules { get; init; }

    /// <summary>
    /// By the schedule's latest name, oldest first, without gaps while it exists. The first version holds from 1970 on: its rotation ran before it was told to us.
    /// </summary>
    public required FrozenDictionary<string, IReadOnlyList<ScheduleVersion>> ScheduleHistory { get; init; }

    /// <summary>By schedule, oldest first.</summary>
    public required FrozenDictionary<string, IReadOnlyList<Override>> Overrides { get; init; }

    /// <summary>By schedule, oldest first.</summary>
    public FrozenDictionary<string, IReadOnlyList<TemporarySchedule>> TemporarySchedules { get; init; } = FrozenDictionary<string, IReadOnlyList<TemporarySchedule>>.Empty;

    /// <summary>By login, by start.</summary>
    public FrozenDictionary<string, IReadOnlyList<Absence>> Absences { get; init; } = FrozenDictionary<string, IReadOnlyList<Absence>>.Empty;

    /// <summary>
    /// By a login that nobody has any more: the person it was, under the present login if renamed, as last known if removed. What somebody worked
    /// under it is still theirs.
    /// </summary>
    public FrozenDictionary<string, Person> FormerPeople { get; init; } = FrozenDictionary<string, Person>.Empty;

    /// <summary>By a name that no pool has any more: the pool it was, as it is now if renamed, as last known if removed.</summary>
    public FrozenDictionary<string, Pool> FormerPools { get; init; } = FrozenDictionary<string, Pool>.Empty;

    /// <summary>By a name that no schedule has any more: the name under which <see cref="ScheduleHistory"/> has it now.</summary>
    public FrozenDictionary<string, string> FormerSchedules { get; init; } = FrozenDictionary<string, string>.Empty;

    public required FrozenDictionary<string, Policy> Policies { get; init; }
    public required FrozenDictionary<string, Service> Services { get; init; }
    public required string? FirstLineSchedule { get; init; }
    public required IReadOnlyList<TriageRule> TriageRules { get; init; }
    public required FrozenDictionary<string, Integration> Integrations { get; init; }
    public required FrozenDictionary<string, Integration> IntegrationsByKey { get; init; }

    /// <summary>Phone address (voice and SMS) → login. A phone number belongs to one person.</summary>
    public required FrozenDictionary<string, string> PeopleByPhone { get; init; }

    public static OrganisationSnapshot Empty { get; } = new()
    {
        Version = 0,
        Calendars = FrozenDictionary<string, Calendar>.Empty,
        People = FrozenDictionary<string, Person>.Empty,
        Teams = FrozenDictionary<string, Team>.Empty,
        Pools = FrozenDictionary<string, Pool>.Empty,
        Schedules = FrozenDictionary<string, Schedule>.Empty,
        ScheduleHistory = FrozenDictionary<string, IReadOnlyList<ScheduleVersion>>.Empty,
        Overrides = FrozenDictionary<string, IReadOnlyList<Override>>.Empty,
        Policies = FrozenDictionary<string, Policy>.Empty,
        Services = FrozenDictionary<string, Service>.Empty,
        FirstLineSchedule = null,
        TriageRules = [],
        Integrations = FrozenDictionary<string, Integration>.Empty,
        IntegrationsByKey = FrozenDictionary<string, Integration>.Empty,
        PeopleByPhone = FrozenDictionary<string, string>.Empty,
    };
}
