using System.Runtime.CompilerServices;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Scheduling.Shifts;
using NodaTime;

namespace Incidents.Scheduling;

/// <summary>
/// Who is on call, asked on every paging step. What a snapshot compiles to lives as long as the snapshot;
/// the newest one is found by comparing a reference.
/// </summary>
internal sealed class OnCall : IOnCall
{
    private readonly ConditionalWeakTable<OrganisationSnapshot, CompiledOrganisation> compiled = [];
    private CompiledOrganisation latest = new(OrganisationSnapshot.Empty);

    public IReadOnlyList<string> At(OrganisationSnapshot organisation, string schedule, Position position, Instant at)
        => Of(organisation).LineOf(schedule)?.At(position, at).People ?? [];

    public IReadOnlyList<string> Roster(OrganisationSnapshot organisation, string schedule, Instant at)
        => Of(organisation).LineOf(schedule)?.VersionAt(at)?.Schedule is { } version
            ? [.. version.Layers.SelectMany(l => l.Slots).SelectMany(s => s).Distinct(StringComparer.Ordinal)]
            : [];

    public Instant NextBusinessInstant(OrganisationSnapshot organisation, string? calendar, Instant at)
        => calendar is not null && Of(organisation).BusinessHoursOf(calendar) is { } hours ? hours.Next(at) : at;

    public Instant AddBusinessTime(OrganisationSnapshot organisation, string? calendar, Instant from, Duration businessTime)
        => calendar is not null && Of(organisation).BusinessHoursOf(calendar) is { } hours ? hours.Add(from, businessTime) : from + businessTime;

    public CompiledOrganisation Of(OrganisationSnapshot organisation)
    {
        var known = Volatile.Read(ref latest);
        if (ReferenceEquals(known.Organisation, organisation))
            return known;

        var found = compiled.GetValue(organisation, static o => new CompiledOrganisation(o));
        Volatile.Write(ref latest, found);
        return found;
    }
}
