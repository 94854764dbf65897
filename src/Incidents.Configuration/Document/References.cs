using Incidents.Configuration.Document.Sections;
using Incidents.Contracts.Organisation;

namespace Incidents.Configuration.Document;

/// <summary>What must hold between items: every name that is used exists, what must be unique is. Looks at the whole that a document would leave.</summary>
internal sealed class References
{
    private readonly Func<Section, IReadOnlyList<Item>> whole;
    private readonly Faults faults;
    private readonly Dictionary<Section, HashSet<string>> names = [];

    private readonly Func<Section, string, NameFate?> fates;

    private References(Func<Section, IReadOnlyList<Item>> whole, Func<Section, string, NameFate?> fates, Faults faults)
    {
        (this.whole, this.fates, this.faults) = (whole, fates, faults);
        foreach (var section in AllSections.List)
            names[section] = [.. whole(section).Select(i => i.Name)];
    }

    /// <param name="fates">What becomes of a name that is there now but not in the whole; null: it was not there either.</param>
    public static void Check(Func<Section, IReadOnlyList<Item>> whole, Func<Section, string, NameFate?> fates, Faults faults)
    {
        var check = new References(whole, fates, faults);
        check.People();
        check.Teams();
        check.Pools();
        check.Schedules();
        check.Overrides();
        check.TemporarySchedules();
        check.Absences();
        check.Policies();
        check.Services();
        check.Intake();
    }

    private void People()
    {
        var phones = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (item, person) in Each<Person>(AllSections.People))
        {
            Known(AllSections.Calendars, person.Calendar, item.Path + ".calendar");
            KnownEach(AllSections.Teams, person.Scope ?? [], item.Path + ".scope");
            KnownEach(AllSections.Schedules, person.QualifiedFor, item.Path + ".qualifiedFor");
            foreach (var contact in person.Contacts.Where(c => c.Kind is ContactKind.Voice or ContactKind.Sms && c.Address.Length > 0))
            {
                if (!phones.TryAdd(contact.Address, person.Login) && phones[contact.Address] != person.Login)
                    faults.Add($"{item.Path}.contacts[{contact.Name}].address", $"{contact.Address} already belongs to '{phones[contact.Address]}'; a phone number belongs to one person.");
            }
        }
    }

    private void Teams()
    {
        foreach (var (item, team) in Each<Team>(AllSections.Teams))
        {
            Known(AllSections.People, team.Lead, item.Path + ".lead");
            Known(AllSections.Calendars, team.Calendar, item.Path + ".calendar");
            KnownEach(AllSections.People, team.Members, item.Path + ".members");
        }
    }

    private void Pools()
    {
        var ranks = new Dictionary<int, string>();
        foreach (var (item, pool) in Each<Pool>(AllSections.Pools))
        {
            Known(AllSections.Policies, pool.Policy, item.Path + ".policy");
            if (!ranks.TryAdd(pool.Rank, pool.Name))
                faults.Add(item.Path + ".rank", $"{pool.Rank} is already the rank of '{ranks[pool.Rank]}'; every pool has its own.");
        }
    }

    private void Schedules()
    {
        foreach (var (item, schedule) in Each<Schedule>(AllSections.Schedules))
        {
            Known(AllSections.Teams, schedule.Team, item.Path + ".team");
            Known(AllSections.Pools, schedule.Pool, item.Path + ".pool");
            foreach (var layer in schedule.Layers)
            {
                var path = $"{item.Path}.layers[{layer.Name}]";
                for (var i = 0; i < layer.Slots.Count; i++)
                {
                    for (var j = 0; j < layer.Slots[i].Count; j++)
                        Known(AllSections.People, layer.Slots[i][j], $"{path}.slots[{i}][{j}]");
                }
                for (var i = 0; i < layer.Windows.Count; i++)
                    Known(AllSections.Calendars, layer.Windows[i].Calendar, $"{path}.windows[{i}].calendar");
            }
        }
    }

    private void Overrides()
    {
        foreach (var (item, exception) in Each<Override>(AllSections.Overrides))
        {
            Known(AllSections.Schedules, exception.Schedule, item.Path + ".schedule");
            Known(AllSections.People, exception.Person, $"{item.Path}.{OverrideSection.KindOf(exception.Kind)}");
            Known(AllSections.People, exception.With, item.Path + ".with");
        }
    }

    private void TemporarySchedules()
    {
        foreach (var (item, temporary) in Each<TemporarySchedule>(AllSections.TemporarySchedules))
        {
            Known(AllSections.Schedules, temporary.Schedule, item.Path + ".schedule");
            for (var i = 0; i < temporary.Shifts.Count; i++)
                KnownEach(AllSections.People, temporary.Shifts[i].People, $"{item.Path}.shifts[{i}].people");
        }
    }

    private void Absences()
    {
        foreach (var (item, absence) in Each<AbsenceEntry>(AllSections.Absences))
        {
            Known(AllSections.People, absence.Person, item.Path + ".person");
            Known(AllSections.People, absence.HandOver, item.Path + ".handOver");
        }
    }

    private void Policies()
    {
        foreach (var (item, policy) in Each<Policy>(AllSections.Policies))
        {
            Known(AllSections.Teams, policy.Team, item.Path + ".team");
            for (var i = 0; i < policy.Levels.Count; i++)
                Targets(policy.Levels[i].Page, $"{item.Path}.levels[{i}].page");
            if (policy.LastResort is { } last)
                Targets(last.Page, item.Path + ".lastResort.page");
        }
    }

    private void Targets(IReadOnlyList<Target> targets, string path)
    {
        for (var i = 0; i < targets.Count; i++)
        {
            var (section, key) = targets[i].Kind switch
            {
                TargetKind.Schedule => (AllSections.Schedules, "schedule"),
                TargetKind.Roster => (AllSections.Schedules, "roster"),
                TargetKind.Lead => (AllSections.Teams, "lead"),
                TargetKind.Team => (AllSections.Teams, "team"),
                TargetKind.Person => ((Section)AllSections.People, "person"),
                _ => (AllSections.Policies, ""),
            };
            if (key.Length > 0)
                Known(section, targets[i].Name, $"{path}[{i}].{key}");
        }
    }

    private void Services()
    {
        var pools = Each<Pool>(AllSections.Pools).GroupBy(p => p.Value.Name, StringComparer.Ordinal).ToDictionary(p => p.Key, p => p.First().Value, StringComparer.Ordinal);
        foreach (var (item, service) in Each<Service>(AllSections.Services))
        {
            Known(AllSections.Teams, service.Team, item.Path + ".team");
            Known(AllSections.Pools, service.Pool, item.Path + ".pool");
            Known(AllSections.Schedules, service.Schedule, item.Path + ".schedule");
            Known(AllSections.Policies, service.Policy, item.Path + ".policy");
            KnownEach(AllSections.Services, service.DependsOn, item.Path + ".dependsOn");
            if (service.DependsOn.Contains(service.Name, StringComparer.Ordinal))
                faults.Add(item.Path + ".dependsOn", "a service does not depend on itself.");
            if (service.Policy is null && pools.TryGetValue(service.Pool, out var pool) && pool.Policy is null)
                faults.Add(item.Path + ".policy", $"is required: pool '{pool.Name}' has no policy either, so nobody would be paged.");
        }
    }

    private void Intake()
    {
        foreach (var (item, desk) in Each<FirstLine>(AllSections.FirstLine))
            Known(AllSections.Schedules, desk.Schedule, item.Path + ".schedule");
        var keys = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (item, integration) in Each<Integration>(AllSections.Integrations))
        {
            Known(AllSections.Teams, integration.Team, item.Path + ".team");
            Known(AllSections.Services, integration.DefaultService, item.Path + ".service.default");
            if (integration.Key is not ("" or IntegrationSection.Masked) && !keys.TryAdd(integration.Key, integration.Name))
                faults.Add(item.Path + ".key", $"is already the key of '{keys[integration.Key]}'; every integration has its own.");
        }
    }

    private IEnumerable<(Item Item, T Value)> Each<T>(Section section) => whole(section).Select(i => (i, i.As<T>()));

    private void KnownEach(Section section, IReadOnlyList<string> used, string path)
    {
        for (var i = 0; i < used.Count; i++)
        {
            if (used[i].Length > 0 && used.Take(i).Contains(used[i], StringComparer.Ordinal))
                faults.Add($"{path}[{i}]", $"names '{used[i]}' twice.");
            else
                Known(section, used[i], $"{path}[{i}]");
        }
    }

    private void Known(Section section, string? name, string path)
    {
        if (string.IsNullOrEmpty(name) || names[section].Contains(name))
            return;
        faults.Add(path, fates(section, name) switch
        {
            { NewName: { } renamed } => $"{section.Kind} '{name}' is called '{renamed}' now; use that name.",
            { } => $"{section.Kind} '{name}' would be removed, but is still named here.",
            null => $"there is no {section.Kind} '{name}'.{Faults.DidYouMean(name, names[section])}",
        });
    }
}

/// <summary>A name that a change takes away; with <paramref name="NewName"/> it only gets another.</summary>
internal sealed record NameFate(string? NewName);
