using Incidents.Configuration.Document;
using Incidents.Configuration.Document.Sections;
using Incidents.Configuration.Plan;
using Incidents.Contracts.Organisation;
using Incidents.Kernel;

namespace Incidents.Configuration.Demo;

/// <summary>A demo thing that a plan leaves as it is.</summary>
/// <param name="Reason"><c>present</c>: a thing of this name is there already; <c>changed</c>: somebody made it their own; <c>needed</c>: what stays names it.</param>
/// <param name="Where">Of <c>needed</c>: the path that names it, such as <c>services[website].team</c>.</param>
internal sealed record DemoKept(string Kind, string Name, [property: Words("present", "changed", "needed")] string Reason, string? Where);

/// <summary>
/// Pure: what putting the demo organisation beside the present one, or taking it away again, would leave. Adding never touches what is there; removing takes
/// only what is still as the demo document says and what nothing else names.
/// </summary>
internal sealed class DemoPlan
{
    private readonly IReadOnlyList<PresentItem> present;
    private readonly List<DemoKept> kept = [];

    private DemoPlan(IReadOnlyList<PresentItem> present) => this.present = present;

    public OrganisationDocument Document { get; private set; } = null!;

    /// <summary>In the order of the sections.</summary>
    public IReadOnlyList<DemoKept> Kept => kept;

    /// <summary>What is missing of the demo organisation is added; keys of its integrations are made anew, because those of the document are published.</summary>
    public static DemoPlan Adding(IReadOnlyList<PresentItem> present)
    {
        var plan = new DemoPlan(present);
        var sections = new Dictionary<Section, IReadOnlyList<Item>>();
        foreach (var (section, items) in Demo())
        {
            var there = plan.Of(section).ToList();
            bool Has(Item item) => section.Single ? there.Count > 0 : there.Exists(t => t.Name == item.Name);
            plan.kept.AddRange(items.Where(Has).Select(i => new DemoKept(section.Kind, i.Name, "present", Where: null)));
            var missing = items.Where(i => !Has(i)).Select(WithoutKey).ToList();
            if (missing.Count > 0)
                sections[section] = [.. there, .. missing];
        }
        plan.Document = OrganisationDocument.Of(sections, new Faults());
        return plan;
    }

    /// <summary>What is as the demo document has it goes, with what others made of its schedules and people for a while; the rest stays, and whatever that needs.</summary>
    public static DemoPlan Removing(IReadOnlyList<PresentItem> present)
    {
        var plan = new DemoPlan(present);
        var demo = Demo().SelectMany(s => s.Items).ToDictionary(i => (i.Section, i.Name));
        var going = new HashSet<PresentItem>();
        foreach (var item in present.Where(p => demo.ContainsKey((p.Item.Section, p.Item.Name))))
        {
            if (NodeDiff.Paths(Comparable(demo[(item.Item.Section, item.Item.Name)]), Comparable(item.Item)).Count == 0)
                going.Add(item);
            else
                plan.kept.Add(new DemoKept(item.Item.Section.Kind, item.Item.Name, "changed", Where: null));
        }
        plan.KeepWhatIsNeeded(going);
        plan.Document = OrganisationDocument.Of(plan.Without(going), new Faults());
        return plan;
    }

    /// <summary>Until nothing that stays names anything that goes.</summary>
    private void KeepWhatIsNeeded(HashSet<PresentItem> going)
    {
        while (true)
        {
            var gone = Gone(going);
            var faults = new Faults();
            var missed = new HashSet<(Section, string)>();
            References.Check(section => [.. present.Where(p => p.Item.Section == section && !gone.Contains(p)).Select(p => p.Item)], (section, name) =>
            {
                missed.Add((section, name));
                return new NameFate(NewName: null);
            }, faults);
            var needed = going.Where(p => missed.Contains((p.Item.Section, p.Item.Name))).ToList();
            if (needed.Count == 0)
                return;
            foreach (var item in needed)
            {
                going.Remove(item);
                var by = faults.ToList().FirstOrDefault(f => f.Message.StartsWith($"{item.Item.Section.Kind} '{item.Item.Name}' would be removed", StringComparison.Ordinal));
                kept.Add(new DemoKept(item.Item.Section.Kind, item.Item.Name, "needed", by?.Path));
            }
        }
    }

    /// <summary>With the exceptions of schedules and the absences of people that go.</summary>
    private HashSet<PresentItem> Gone(HashSet<PresentItem> going)
    {
        bool Goes(Section section, string name) => going.Any(g => g.Item.Section == section && g.Item.Name == name);
        return [.. going, .. present.Where(p => p.Item.Value switch
        {
            Override o => Goes(AllSections.Schedules, o.Schedule),
            TemporarySchedule t => Goes(AllSections.Schedules, t.Schedule),
            AbsenceEntry a => Goes(AllSections.People, a.Person),
            _ => false,
        })];
    }

    private Dictionary<Section, IReadOnlyList<Item>> Without(HashSet<PresentItem> going)
    {
        var gone = Gone(going);
        return AllSections.List.Where(s => gone.Any(g => g.Item.Section == s)).ToDictionary(s => s, s => (IReadOnlyList<Item>)
            [.. present.Where(p => p.Item.Section == s && !gone.Contains(p)).OrderBy(p => p.Place).ThenBy(p => p.Item.Name, StringComparer.Ordinal).Select(p => p.Item)]);
    }

    private IEnumerable<Item> Of(Section section)
        => present.Where(p => p.Item.Section == section).OrderBy(p => p.Place).ThenBy(p => p.Item.Name, StringComparer.Ordinal).Select(p => p.Item);

    /// <summary>The demo document's items, days of absences as instants.</summary>
    private static List<(Section Section, IReadOnlyList<Item> Items)> Demo()
    {
        var document = OrganisationDocument.Read(DemoOrganisation.Yaml).Value;
        IReadOnlyList<Item> Whole(Section section) => document[section] ?? [];
        return [.. AllSections.List.Select(s => (s, s == AllSections.Absences ? AbsenceDays.Resolve(Whole(s), Whole, new Faults()) : Whole(s)))];
    }

    private static Item WithoutKey(Item item)
        => item.Value is Integration integration ? item with { Value = integration with { Key = "" }, Body = item.Section.Write(integration with { Key = "" }) } : item;

    private static MapNode Comparable(Item item) => WithoutKey(item).Body;
}
