using System.Collections.Frozen;
using Incidents.Configuration.Document;
using Incidents.Configuration.Document.Sections;
using Incidents.Contracts.Organisation;
using NodaTime;

namespace Incidents.Configuration.Storage;

/// <summary>Rows → the snapshot that every module reads.</summary>
internal static class SnapshotBuilder
{
    /// <param name="rows">The present rows of every kind, and the closed ones of schedules and overrides.</param>
    public static OrganisationSnapshot Build(long version, IReadOnlyList<ItemRow> rows)
    {
        var read = rows.Select(r => (Row: r, Item: ItemStore.Read(r))).Where(r => r.Item is not null).Select(r => (r.Row, Item: r.Item!)).ToList();
        var present = read.Where(r => r.Row.Replaced is null).OrderBy(r => r.Row.Place).ThenBy(r => r.Row.Name, StringComparer.Ordinal).Select(r => r.Item).ToLookup(i => i.Section);
        var integrations = Of<Integration>(present, AllSections.Integrations).ToFrozenDictionary(i => i.Name, StringComparer.Ordinal);
        var people = Of<Person>(present, AllSections.People).ToFrozenDictionary(p => p.Login, StringComparer.Ordinal);
        return new OrganisationSnapshot
        {
            Version = version,
            Calendars = Of<Calendar>(present, AllSections.Calendars).ToFrozenDictionary(c => c.Name, StringComparer.Ordinal),
            People = people,
            Teams = Of<Team>(present, AllSections.Teams).ToFrozenDictionary(t => t.Name, StringComparer.Ordinal),
            Pools = Of<Pool>(present, AllSections.Pools).ToFrozenDictionary(p => p.Name, StringComparer.Ordinal),
            Schedules = Of<Schedule>(present, AllSections.Schedules).ToFrozenDictionary(s => s.Name, StringComparer.Ordinal),
            ScheduleHistory = History(read),
            Overrides = Overrides(read),
            Policies = Of<Policy>(present, AllSections.Policies).ToFrozenDictionary(p => p.Name, StringComparer.Ordinal),
            Services = Of<Service>(present, AllSections.Services).ToFrozenDictionary(s => s.Name, StringComparer.Ordinal),
            FirstLineSchedule = Of<FirstLine>(present, AllSections.FirstLine).FirstOrDefault()?.Schedule,
            TriageRules = [.. Of<TriageRule>(present, AllSections.Triage)],
            Integrations = integrations,
            IntegrationsByKey = integrations.Values.ToFrozenDictionary(i => i.Key, StringComparer.Ordinal),
            PeopleByPhone = people.Values
                .SelectMany(p => p.Contacts.Where(c => c.Kind is ContactKind.Voice or ContactKind.Sms).Select(c => (c.Address, p.Login)))
                .DistinctBy(p => p.Address, StringComparer.Ordinal).ToFrozenDictionary(p => p.Address, p => p.Login, StringComparer.Ordinal),
        };
    }

    private static IEnumerable<T> Of<T>(ILookup<Section, Item> present, Section section) => present[section].Select(i => i.As<T>());

    /// <summary>Versions that are or were in force, by the schedule's latest name, oldest first.</summary>
    private static FrozenDictionary<string, IReadOnlyList<ScheduleVersion>> History(List<(ItemRow Row, Item Item)> read)
    {
        var names = ScheduleNames(read);
        return read.Where(r => r.Item.Section == AllSections.Schedules && r.Row.EffectiveTo != r.Row.EffectiveFrom)
            .GroupBy(r => names[r.Row.Item], StringComparer.Ordinal)
            .ToFrozenDictionary(
                g => g.Key,
                g => (IReadOnlyList<ScheduleVersion>)[.. g.OrderBy(r => r.Row.EffectiveFrom)
                    .Select(r => new ScheduleVersion(r.Item.As<Schedule>() with { Name = g.Key }, r.Row.EffectiveFrom, r.Row.EffectiveTo))],
                StringComparer.Ordinal);
    }

    /// <summary>Identity of a schedule → the name that it has, or had last.</summary>
    private static Dictionary<Guid, string> ScheduleNames(List<(ItemRow Row, Item Item)> read)
        => read.Where(r => r.Item.Section == AllSections.Schedules).GroupBy(r => r.Row.Item).ToDictionary(g => g.Key, g => g.MaxBy(r => r.Row.Revision).Row.Name);

    /// <summary>
    /// Oldest first. An override that was taken away acted until then, and one whose position was changed acts in its new one from then: what has been
    /// worked stays. A new one acts on its whole interval, also where that is past: it tells what happened.
    /// </summary>
    private static FrozenDictionary<string, IReadOnlyList<Override>> Overrides(List<(ItemRow Row, Item Item)> read)
    {
        var names = ScheduleNames(read);
        var renamed = read.Where(r => r.Item.Section == AllSections.Schedules).GroupBy(r => r.Row.Name, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => names[g.MaxBy(r => r.Row.Revision).Row.Item], StringComparer.Ordinal);
        var found = new List<(Override Value, int Place)>();
        foreach (var (row, item) in read.Where(r => r.Item.Section == AllSections.Overrides))
        {
            var value = item.As<Override>();
            var from = Instant.Max(value.From, row.EffectiveFrom);
            var to = row.EffectiveTo is { } end ? Instant.Min(value.To, end) : value.To;
            if (from < to)
                found.Add((value with { Id = row.Item, Schedule = renamed.GetValueOrDefault(value.Schedule, value.Schedule), From = from, To = to, Author = row.CreatedBy, CreatedAt = row.CreatedAt }, row.Place));
        }
        return found.GroupBy(f => f.Value.Schedule, StringComparer.Ordinal).ToFrozenDictionary(
            g => g.Key,
            g => (IReadOnlyList<Override>)[.. g.OrderBy(f => f.Value.CreatedAt).ThenBy(f => f.Place).Select(f => f.Value)],
            StringComparer.Ordinal);
    }
}
