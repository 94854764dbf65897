using System.Text.Json.Nodes;
using Incidents.Configuration.Document;
using Incidents.Configuration.Document.Sections;
using Incidents.Configuration.Plan;
using Incidents.Kernel;
using NodaTime;

namespace Incidents.Configuration.Edits;

/// <summary>
/// An edit → the document that it would make of the present items, so that an edit has all the checks of a document. What is listed is put whole, under
/// its name; what is under <c>delete</c> goes; the rest stays.
/// </summary>
internal sealed class EditDocument
{
    private const string DeleteKey = "delete";

    private readonly IReadOnlyList<PresentItem> present;
    private readonly Faults faults = new();
    private readonly Dictionary<Section, IReadOnlyList<Item>> given = [];
    private readonly Dictionary<Section, List<PresentItem>> deleted = [];

    private EditDocument(IReadOnlyList<PresentItem> present) => this.present = present;

    /// <param name="now">Decides which exceptions are over and therefore need not keep a person.</param>
    public static Result<OrganisationDocument> Read(JsonObject body, IReadOnlyList<PresentItem> present, Instant now)
    {
        var root = (MapNode)NodeJson.Read(body.ToJsonString());
        var edit = new EditDocument(present);
        var map = new MapReader(root, "", edit.faults);
        foreach (var section in AllSections.List)
        {
            if (OrganisationDocument.ReadSection(map, section) is { } items)
                edit.given[section] = items;
        }
        map.OptionalMap(DeleteKey, deletes =>
        {
            edit.ReadDeletes(deletes);
            return deletes;
        });
        map.Close();
        return edit.Whole(now);
    }

    private void ReadDeletes(MapReader map)
    {
        foreach (var section in AllSections.List.Where(s => !s.Single))
        {
            var names = map.Scalars(section.Key, Scalars.Text, "");
            var found = new List<PresentItem>();
            for (var i = 0; i < names.Count; i++)
            {
                if (names[i].Length == 0)
                    continue;
                if (Find(section, names[i]) is { } item)
                    found.Add(item);
                else
                    map.Faults.Add($"{map.At(section.Key)}[{i}]", $"there is no {section.Kind} '{names[i]}'.");
                if (given.GetValueOrDefault(section)?.Any(g => g.Name == names[i]) == true)
                    map.Faults.Add($"{map.At(section.Key)}[{i}]", $"'{names[i]}' is also put by this edit.");
            }
            if (found.Count > 0)
                deleted[section] = found;
        }
    }

    /// <summary>By name; what has none, by its id or its identity.</summary>
    private PresentItem? Find(Section section, string name)
    {
        var byId = section.Identity is null && Guid.TryParse(name, out var id) ? id : Guid.Empty;
        return present.FirstOrDefault(p => p.Item.Section == section && (byId != Guid.Empty ? p.Identity == byId : p.Item.Name == name));
    }

    private OrganisationDocument Whole(Instant now)
    {
        Cascade(now);
        var sections = new Dictionary<Section, IReadOnlyList<Item>>();
        foreach (var section in AllSections.List)
        {
            var gone = deleted.GetValueOrDefault(section) ?? [];
            if (given.GetValueOrDefault(section) is { } put)
                sections[section] = section.Single ? put : Merge(section, put, gone, sections);
            else if (gone.Count > 0)
                sections[section] = Merge(section, [], gone, sections);
        }
        CarryRenames(sections);
        return OrganisationDocument.Of(sections, faults);
    }

    /// <summary>What the edit does not list itself follows the renames that it makes.</summary>
    private void CarryRenames(Dictionary<Section, IReadOnlyList<Item>> sections)
    {
        var known = present.Select(p => (p.Item.Section, p.Item.Name)).ToHashSet();
        var renames = given.Values.SelectMany(items => items)
            .Where(i => i.Formerly is not null && known.Contains((i.Section, i.Formerly)) && !known.Contains((i.Section, i.Name)))
            .GroupBy(i => (i.Section, i.Formerly!)).ToDictionary(g => g.Key, g => g.First().Name);
        if (renames.Count == 0)
            return;
        var renaming = new Renaming(renames);
        foreach (var section in AllSections.List)
        {
            var put = (given.GetValueOrDefault(section) ?? []).Select(i => i.Path).ToHashSet(StringComparer.Ordinal);
            var items = sections.GetValueOrDefault(section) ?? [.. Present(section)];
            if (items.Count > 0)
                sections[section] = [.. items.Select(i => put.Contains(i.Path) ? i : renaming.Of(i))];
        }
    }

    private List<Item> Merge(Section section, IReadOnlyList<Item> put, List<PresentItem> gone, Dictionary<Section, IReadOnlyList<Item>> sections)
    {
        if (section == AllSections.Absences)
            put = AbsenceDays.Resolve(put, other => sections.TryGetValue(other, out var items) ? items : Present(other), faults);
        var left = gone.Select(g => g.Row).ToHashSet();
        var merged = present.Where(p => p.Item.Section == section && !left.Contains(p.Row)).OrderBy(p => p.Place).ThenBy(p => p.Item.Name, StringComparer.Ordinal).Select(p => p.Item).ToList();
        foreach (var item in put)
        {
            // A rename takes the place of the old name, unless that has been done already.
            var at = merged.FindIndex(m => m.Name == item.Name);
            var former = item.Formerly is null ? -1 : merged.FindIndex(m => m.Name == item.Formerly);
            if (at >= 0)
                merged[at] = item;
            else if (former >= 0)
                merged[former] = item;
            else
                merged.Add(item);
        }
        return merged;
    }

    private IEnumerable<Item> Present(Section section) => present.Where(p => p.Item.Section == section).OrderBy(p => p.Place).Select(p => p.Item);

    /// <summary>What has no sense without what is deleted goes with it; whatever else names it makes the edit fail.</summary>
    private void Cascade(Instant now)
    {
        var schedules = Names(AllSections.Schedules);
        var people = Names(AllSections.People);
        if (schedules.Count == 0 && people.Count == 0)
            return;
        foreach (var item in present)
        {
            if (PartOf(item.Item, schedules, people, now))
                Delete(item);
        }
        Disqualify(schedules);
    }

    private HashSet<string> Names(Section section) => [.. (deleted.GetValueOrDefault(section) ?? []).Select(p => p.Item.Name)];

    private static bool PartOf(Item item, HashSet<string> schedules, HashSet<string> people, Instant now) => item.Value switch
    {
        Contracts.Organisation.Override o => schedules.Contains(o.Schedule) || (o.To <= now && (people.Contains(o.Person) || (o.With is { } with && people.Contains(with)))),
        Contracts.Organisation.TemporarySchedule t => schedules.Contains(t.Schedule) || (t.To <= now && t.Shifts.Any(s => s.People.Any(people.Contains))),
        AbsenceEntry a => people.Contains(a.Person) || (a.To.At <= now && a.HandOver is { } instead && people.Contains(instead)),
        _ => false,
    };

    private void Delete(PresentItem item)
    {
        if (given.GetValueOrDefault(item.Item.Section)?.Any(g => g.Name == item.Item.Name) == true)
            return;
        if (!deleted.TryGetValue(item.Item.Section, out var list))
            deleted[item.Item.Section] = list = [];
        if (!list.Contains(item))
            list.Add(item);
    }

    /// <summary>Nobody stays qualified for a schedule that is gone.</summary>
    private void Disqualify(HashSet<string> schedules)
    {
        if (schedules.Count == 0)
            return;
        var put = (given.GetValueOrDefault(AllSections.People) ?? []).ToList();
        var gone = Names(AllSections.People);
        foreach (var item in Present(AllSections.People).Where(i => !gone.Contains(i.Name) && put.TrueForAll(p => p.Name != i.Name && p.Formerly != i.Name)))
        {
            var person = item.As<Contracts.Organisation.Person>();
            if (!person.QualifiedFor.Any(schedules.Contains))
                continue;
            var changed = person with { QualifiedFor = [.. person.QualifiedFor.Where(q => !schedules.Contains(q))] };
            put.Add(item with { Value = changed, Body = AllSections.People.Write(changed) });
        }
        if (put.Count > 0)
            given[AllSections.People] = put;
    }
}
