using Incidents.Configuration.Document.Sections;
using Incidents.Kernel;

namespace Incidents.Configuration.Document;

/// <summary>A document as it was given: for each section its items, or nothing when the section is absent (then the present one stays).</summary>
internal sealed class OrganisationDocument
{
    private readonly Dictionary<Section, IReadOnlyList<Item>> given;

    private OrganisationDocument(Dictionary<Section, IReadOnlyList<Item>> given, Faults faults) => (this.given, Faults) = (given, faults);

    /// <summary>What was wrong with the document alone; references and the plan add theirs.</summary>
    public Faults Faults { get; }

    public IReadOnlyList<Item>? this[Section section] => given.GetValueOrDefault(section);

    /// <summary>Reads every section; fails only when the text is not YAML or not a mapping. Faults are in <see cref="Faults"/>.</summary>
    public static Result<OrganisationDocument> Read(string yaml)
    {
        var node = YamlReader.Read(yaml);
        if (node.Error is { } error)
            return error;
        if (node.Value is ScalarNode { IsNull: true })
            return Error.Invalid("version", "The document is empty; it must hold at least 'version: 1'.");
        if (node.Value is not MapNode root)
            return Error.Invalid("", $"The document must be a mapping of sections, not {node.Value.Describe()}.");

        var faults = new Faults();
        var map = new MapReader(root, "", faults);
        ReadVersion(map);
        var sections = new Dictionary<Section, IReadOnlyList<Item>>();
        foreach (var section in AllSections.List)
        {
            if (ReadSection(map, section) is { } items)
                sections[section] = items;
        }
        map.Close();
        return new OrganisationDocument(sections, faults);
    }

    /// <summary>A document made of items that have been read.</summary>
    public static OrganisationDocument Of(IReadOnlyDictionary<Section, IReadOnlyList<Item>> given, Faults faults)
        => new(given.ToDictionary(), faults);

    private static void ReadVersion(MapReader map)
    {
        map.Required("version", scalar => scalar is { IsText: false, Text: "1" } ? new(1) : new Parsed<int>(0, $"must be 1, not {scalar.Describe()}."), 1);
    }

    /// <summary>Null: the section is absent.</summary>
    public static IReadOnlyList<Item>? ReadSection(MapReader map, Section section)
    {
        var value = map.Take(section.Key);
        if (value is null)
        {
            if (map.Keys.Contains(section.Key, StringComparer.Ordinal))
                map.Fault(section.Key, $"is empty: leave it out to keep what is there, or write {(section.Single ? "{}" : "[]")} to remove everything.");
            return null;
        }
        if (section.Single)
            return value is MapNode { Entries.Count: 0 } ? [] : section.Read(value, section.Key, map) is { } single ? [single] : [];

        var items = map.Items(value, section.Key, (node, path) => section.Read(node, path, map), section.Identity ?? "").OfType<Item>().ToList();
        CheckNames(map.Faults, section, items);
        return items;
    }

    private static void CheckNames(Faults faults, Section section, List<Item> items)
    {
        foreach (var twice in items.GroupBy(i => i.Name, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            foreach (var again in twice.Skip(1))
                faults.Add(again.Path, section.Identity is null ? $"is the same {section.Kind} as {twice.First().Path}." : $"is the second {section.Kind} named '{twice.Key}'.");
        }
        foreach (var same in items.Where(i => i.Formerly is not null).GroupBy(i => i.Formerly!, StringComparer.Ordinal))
        {
            foreach (var again in same.Skip(1))
                faults.Add(again.Path + ".formerly", $"'{same.Key}' is already taken over by '{same.First().Name}'.");
            foreach (var item in same.Where(_ => items.Exists(i => i.Name == same.Key)))
                faults.Add(item.Path + ".formerly", item.Name == same.Key ? "is the name itself." : $"'{same.Key}' is still listed; a rename takes its place.");
        }
    }
}
