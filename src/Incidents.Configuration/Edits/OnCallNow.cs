using Incidents.Configuration.Document;
using Incidents.Configuration.Document.Sections;
using Incidents.Configuration.Plan;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using NodaTime;

namespace Incidents.Configuration.Edits;

/// <summary>Says of people whom a refused change would have removed where they are on call at this moment.</summary>
internal static class OnCallNow
{
    /// <param name="onCall">Null: a process without schedules; the error stays as it is.</param>
    public static Error Explain(Error refused, IReadOnlyList<PresentItem> present, OrganisationDocument document, IOnCall? onCall, OrganisationSnapshot organisation, Instant now)
    {
        if (onCall is null || document[AllSections.People] is not { } wanted)
            return refused;
        var kept = wanted.SelectMany(i => new[] { i.Name, i.Formerly }).ToHashSet(StringComparer.Ordinal);
        var removed = present.Where(p => p.Item.Section == AllSections.People && !kept.Contains(p.Item.Name)).Select(p => p.Item.Name).ToHashSet(StringComparer.Ordinal);
        if (removed.Count == 0)
            return refused;
        var duties = new List<Fault>();
        foreach (var schedule in organisation.Schedules.Keys.Order(StringComparer.Ordinal))
        {
            foreach (var position in Enum.GetValues<Position>())
            {
                foreach (var person in onCall.At(organisation, schedule, position, now).Where(removed.Contains))
                    duties.Add(new Fault(AllSections.People.PathOf(person), $"is on call now: {Words.Positions.Of(position)} of '{schedule}'. Put somebody in their place first."));
            }
        }
        return duties.Count == 0 ? refused : refused with { Faults = [.. duties, .. refused.Faults] };
    }
}
