using System.Collections.Frozen;
using Incidents.Configuration.Document;
using Incidents.Configuration.Document.Sections;
using Incidents.Contracts.Organisation;
using NodaTime;

namespace Incidents.Configuration.Storage;

/// <summary>Rows → the snapshot that every module reads.</summary>
internal static class SnapshotBuilder
{
    /// <param name="rows">The present rows of every kind, and the closed ones of schedules, overrides, temporary schedules, people, pools and calendars.</param>
    /// <param name="logins">Former logins, by which closed rows name people.</param>
    public static OrganisationSnapshot Build(long version, IReadOnlyList<ItemRow> rows, IReadOnlyList<NameSpan> logins)
    {
        var names = new LatestNames([.. logins, .. rows.Where(r => r.Kind is "person" or "schedule").Select(r => new NameSpan(r.Kind, r.Item, r.Name, r.Revision, r.Replaced))]);
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
            FormerPeople = Former<Person>(read, AllSections.People),
            FormerPools = Former<Pool>(read, AllSections.Pools),
            FormerSchedules = FormerSchedules(read, names),
            ScheduleHistory = History(read, names, new CalendarHistory(read)),
            Overrides = Overrides(read, names),
            TemporarySchedules = TemporarySchedules(read, names),
            Absences = read.Where(r => r.Item.Section == AllSections.Absences && r.Row.Replaced is null).Select(r => r.Item.As<AbsenceEntry>().Of(r.Row.Item))
                .GroupBy(a => a.Person, StringComparer.Ordinal)
                .ToFrozenDictionary(g => g.Key, g => (IReadOnlyList<Absence>)[.. g.OrderBy(a => a.From).ThenBy(a => a.To)], StringComparer.Ordinal),
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

    /// <summary>Names that nothing of the section has now, each with the last form of what had it last.</summary>
    private static FrozenDictionary<string, T> Former<T>(List<(ItemRow Row, Item Item)> read, Section section) where T : class
    {
        var rows = read.Where(r => r.Item.Section == section).ToList();
        var last = rows.GroupBy(r => r.Row.Item).ToDictionary(g => g.Key, g => g.MaxBy(r => r.Row.Revision).Item);
        var present = rows.Where(r => r.Row.Replaced is null).Select(r => r.Row.Name).ToHashSet(StringComparer.Ordinal);
        return rows.Where(r => !present.Contains(r.Row.Name)).GroupBy(r => r.Row.Name, StringComparer.Ordinal)
            .ToFrozenDictionary(g => g.Key, g => last[g.MaxBy(r => r.Row.Revision).Row.Item].As<T>(), StringComparer.Ordinal);
    }

    private static FrozenDictionary<string, string> FormerSchedules(List<(ItemRow Row, Item Item)> read, LatestNames names)
    {
        var rows = read.Where(r => r.Item.Section == AllSections.Schedules).Select(r => r.Row).ToList();
        var known = rows.Select(names.Of).ToHashSet(StringComparer.Ordinal);
        return rows.Where(r => !known.Contains(r.Name)).GroupBy(r => r.Name, StringComparer.Ordinal)
            .ToFrozenDictionary(g => g.Key, g => names.Of(g.MaxBy(r => r.Revision)!), StringComparer.Ordinal);
    }

    /// <summary>Versions that are or were in force, by the schedule's latest name, oldest first.</summary>
    private static FrozenDictionary<string, IReadOnlyList<ScheduleVersion>> History(List<(ItemRow Row, Item Item)> read, LatestNames names, CalendarHistory calendars)
        => read.Where(r => r.Item.Section == AllSections.Schedules && r.Row.EffectiveTo != r.Row.EffectiveFrom)
            .GroupBy(r => names.Of(r.Row), StringComparer.Ordinal)
            .ToFrozenDictionary(
                g => g.Key,
                g => (IReadOnlyList<ScheduleVersion>)[.. g.OrderBy(r => r.Row.EffectiveFrom)
                    .Select(r => new ScheduleVersion(WithLatestLogins(r.Item.As<Schedule>(), r.Row, names) with { Name = g.Key }, r.Row.EffectiveFrom, r.Row.EffectiveTo))
                    .SelectMany(calendars.Cut)],
                StringComparer.Ordinal);

    private static Schedule WithLatestLogins(Schedule schedule, ItemRow row, LatestNames names) => row.Replaced is null || !names.Any("person") ? schedule : schedule with
    {
        Layers = [.. schedule.Layers.Select(layer => layer with { Slots = [.. layer.Slots.Select(slot => People(slot, row, names))] })],
    };

    private static IReadOnlyList<string> People(IReadOnlyList<string> people, ItemRow row, LatestNames names) => [.. people.Select(p => names.Of("person", p, row.Revision))];

    /// <summary>
    /// Oldest first. An override that was taken away acted until then, and one whose position was changed acts in its new one from then: what has been
    /// worked stays. A new one acts on its whole interval, also where that is past: it tells what happened.
    /// </summary>
    private static FrozenDictionary<string, IReadOnlyList<Override>> Overrides(List<(ItemRow Row, Item Item)> read, LatestNames names)
    {
        var found = new List<(Override Value, int Place)>();
        foreach (var (row, item) in read.Where(r => r.Item.Section == AllSections.Overrides))
        {
            var value = item.As<Override>();
            var (from, to) = Acting(row, value.From, value.To);
            if (from >= to)
                continue;
            found.Add((value with
            {
                Id = row.Item,
                Schedule = names.Of("schedule", value.Schedule, row.Revision),
                Person = names.Of("person", value.Person, row.Revision),
                With = value.With is null ? null : names.Of("person", value.With, row.Revision),
                From = from,
                To = to,
                Author = row.CreatedBy,
                CreatedAt = row.CreatedAt,
            }, row.Place));
        }
        return found.GroupBy(f => f.Value.Schedule, StringComparer.Ordinal).ToFrozenDictionary(
            g => g.Key,
            g => (IReadOnlyList<Override>)[.. g.OrderBy(f => f.Value.CreatedAt).ThenBy(f => f.Place).Select(f => f.Value)],
            StringComparer.Ordinal);
    }

    /// <summary>Oldest first, the pieces that acted each with its own window: one that was changed while it ran is there twice, before and after.</summary>
    private static FrozenDictionary<string, IReadOnlyList<TemporarySchedule>> TemporarySchedules(List<(ItemRow Row, Item Item)> read, LatestNames names)
    {
        var found = new List<(TemporarySchedule Value, int Place)>();
        foreach (var (row, item) in read.Where(r => r.Item.Section == AllSections.TemporarySchedules))
        {
            var value = item.As<TemporarySchedule>();
            var (from, to) = Acting(row, value.From, value.To);
            if (from >= to)
                continue;
            found.Add((value with
            {
                Schedule = names.Of("schedule", value.Schedule, row.Revision),
                From = from,
                To = to,
                Shifts = [.. value.Shifts.Select(s => s with { From = Instant.Max(s.From, from), To = Instant.Min(s.To, to), People = People(s.People, row, names) }).Where(s => s.From < s.To)],
                Author = row.CreatedBy,
                CreatedAt = row.CreatedAt,
            }, row.Place));
        }
        return found.GroupBy(f => f.Value.Schedule, StringComparer.Ordinal).ToFrozenDictionary(
            g => g.Key,
            g => (IReadOnlyList<TemporarySchedule>)[.. g.OrderBy(f => f.Value.CreatedAt).ThenBy(f => f.Place).ThenBy(f => f.Value.From).Select(f => f.Value)],
            StringComparer.Ordinal);
    }

    /// <summary>The part of an interval in which a row was, is or will be in force.</summary>
    private static (Instant From, Instant To) Acting(ItemRow row, Instant from, Instant to)
        => (Instant.Max(from, row.EffectiveFrom), row.EffectiveTo is { } end ? Instant.Min(to, end) : to);
}
