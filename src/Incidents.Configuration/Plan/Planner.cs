using Incidents.Configuration.Document;
using Incidents.Configuration.Document.Sections;
using Incidents.Contracts.Organisation;
using Incidents.Kernel;

namespace Incidents.Configuration.Plan;

/// <summary>Pure: the present items and a document → what to do, or every fault. The same document again plans nothing.</summary>
internal sealed class Planner
{
    private readonly IReadOnlyList<PresentItem> present;
    private readonly OrganisationDocument document;
    private readonly Func<string> newKey;
    private readonly Faults faults;
    private readonly Dictionary<Section, Dictionary<string, string>> renames = [];
    private readonly Dictionary<Section, IReadOnlyList<(Item After, PresentItem? Before)>> wanted = [];
    private readonly List<KeyValuePair<string, string>> generated = [];

    private Planner(IReadOnlyList<PresentItem> present, OrganisationDocument document, Func<string> newKey)
        => (this.present, this.document, this.newKey, faults) = (present, document, newKey, document.Faults.Copy());

    public static Result<ChangePlan> Plan(IReadOnlyList<PresentItem> present, OrganisationDocument document, Func<string> newKey)
        => new Planner(present, document, newKey).Run();

    private Result<ChangePlan> Run()
    {
        foreach (var section in AllSections.List)
            renames[section] = Renames(section);

        foreach (var section in AllSections.List)
        {
            if (document[section] is { } given)
                wanted[section] = Match(section, section == AllSections.Absences ? AbsenceDays.Resolve(given, Whole, faults) : given);
        }
        References.Check(section => [.. Whole(section)], Fate, faults);
        if (faults.Any)
            return Error.Invalid(faults.ToList()) with { Title = "The document is not valid." };

        var changes = new List<PlannedChange>();
        var places = new Dictionary<Guid, int>();
        var newPlaces = new Dictionary<Item, int>(ReferenceEqualityComparer.Instance);
        foreach (var section in AllSections.List.Where(wanted.ContainsKey))
        {
            var items = wanted[section];
            for (var place = 0; place < items.Count; place++)
            {
                newPlaces[items[place].After] = place;
                if (items[place].Before is { } stays)
                    places[stays.Row] = place;
            }
            changes.AddRange(Changes(section, items));
        }
        return new ChangePlan(changes, places, newPlaces, generated);
    }

    private IEnumerable<PresentItem> Present(Section section) => present.Where(p => p.Item.Section == section).OrderBy(p => p.Place).ThenBy(p => p.Item.Name, StringComparer.Ordinal);

    /// <summary>What the document would leave of a section.</summary>
    private IEnumerable<Item> Whole(Section section)
        => wanted.TryGetValue(section, out var items) ? items.Select(i => i.After) : Present(section).Select(p => p.Item);

    private NameFate? Fate(Section section, string name)
        => renames[section].TryGetValue(name, out var renamed) ? new NameFate(renamed)
            : present.Any(p => p.Item.Section == section && p.Item.Name == name) ? new NameFate(NewName: null) : null;

    /// <summary>Old name → new name. A rename that has been done already, or of something that never was here, is none.</summary>
    private Dictionary<string, string> Renames(Section section)
    {
        var names = Present(section).Select(p => p.Item.Name).ToHashSet(StringComparer.Ordinal);
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var item in document[section] ?? [])
        {
            if (item.Formerly is null || !names.Contains(item.Formerly))
                continue;
            if (names.Contains(item.Name))
                faults.Add(item.Path + ".formerly", $"both '{item.Formerly}' and '{item.Name}' exist; two cannot become one. Leave 'formerly' out.");
            else
                found.TryAdd(item.Formerly, item.Name);
        }
        return found;
    }

    private List<(Item, PresentItem?)> Match(Section section, IReadOnlyList<Item> given)
    {
        var byName = new Dictionary<string, PresentItem>(StringComparer.Ordinal);
        foreach (var item in Present(section))
            byName.TryAdd(NameAfterRenames(item.Item), item);
        return [.. given.Select(item =>
        {
            var before = byName.GetValueOrDefault(item.Name);
            return (section == AllSections.Integrations ? WithKey(item, before) : item, before);
        })];
    }

    private string NameAfterRenames(Item item)
    {
        var people = renames[AllSections.People];
        if (item.Value is AbsenceEntry absence)
            return AbsenceSection.IdentityOf(absence with { Person = people.GetValueOrDefault(absence.Person, absence.Person) });
        if (item.Value is not Override exception)
            return renames[item.Section].GetValueOrDefault(item.Name, item.Name);
        return OverrideSection.IdentityOf(exception with
        {
            Schedule = renames[AllSections.Schedules].GetValueOrDefault(exception.Schedule, exception.Schedule),
            Person = people.GetValueOrDefault(exception.Person, exception.Person),
            With = exception.With is null ? null : people.GetValueOrDefault(exception.With, exception.With),
        });
    }

    /// <summary>A key that is masked or left out is the present one; a new integration without a key gets one.</summary>
    private Item WithKey(Item item, PresentItem? before)
    {
        var integration = item.As<Integration>();
        if (integration.Key is not ("" or IntegrationSection.Masked))
            return item;
        if (before is not null)
            return With(item, integration with { Key = before.Item.As<Integration>().Key });
        if (integration.Key == IntegrationSection.Masked)
        {
            faults.Add(item.Path + ".key", $"'{IntegrationSection.Masked}' keeps a present key, but this integration is new: give a key, or leave it out to have one generated.");
            return item;
        }
        var key = newKey();
        generated.Add(new(item.Name, key));
        return With(item, integration with { Key = key });
    }

    private static Item With(Item item, object value) => item with { Value = value, Body = item.Section.Write(value) };

    private IEnumerable<PlannedChange> Changes(Section section, IReadOnlyList<(Item After, PresentItem? Before)> items)
    {
        var moved = section.Ordered ? Moved(items) : [];
        foreach (var (after, before) in items)
        {
            if (before is null)
            {
                yield return new PlannedChange(section, after.Name, ChangeAction.Create, [], Before: null, after);
                continue;
            }
            var paths = NodeDiff.Paths(before.Item.Body, after.Body);
            if (moved.Contains(before.Row))
                paths = [.. paths, "order"];
            if (paths.Count > 0)
                yield return new PlannedChange(section, after.Name, ChangeAction.Update, paths, before, after);
        }
        var kept = items.Where(i => i.Before is not null).Select(i => i.Before!.Row).ToHashSet();
        foreach (var gone in Present(section).Where(p => !kept.Contains(p.Row)))
            yield return new PlannedChange(section, gone.Item.Name, ChangeAction.Delete, [], gone, After: null);
    }

    /// <summary>Items whose place among those that stay is another one.</summary>
    private static HashSet<Guid> Moved(IReadOnlyList<(Item After, PresentItem? Before)> items)
    {
        var now = items.Where(i => i.Before is not null).Select(i => i.Before!).ToList();
        var then = now.OrderBy(b => b.Place);
        return [.. now.Zip(then).Where(p => p.First.Row != p.Second.Row).Select(p => p.First.Row)];
    }
}
