using Incidents.Configuration.Document;
using Incidents.Configuration.Document.Sections;
using Incidents.Configuration.Plan;
using Incidents.Configuration.Storage;
using Incidents.Contracts.Organisation;
using Incidents.Persistence.Storage;

namespace Incidents.Configuration;

/// <summary>The present organisation as a document: every section, also the empty ones, so that it is the whole wherever it is applied.</summary>
internal sealed class Exporting(Database database)
{
    /// <param name="withPay">Hourly rates are nobody's business but the managers'.</param>
    public async Task<(string Yaml, long Version)> Export(bool withPay, CancellationToken cancellationToken)
    {
        await using var db = database.CreateContext();
        var stored = await ItemStore.Load(db, cancellationToken);
        return (YamlWriter.Write(Document(ItemStore.Present(stored.Rows), withPay)), stored.Version);
    }

    public static MapNode Document(IReadOnlyList<PresentItem> items, bool withPay)
    {
        var entries = new List<KeyValuePair<string, Node>> { new("version", ScalarNode.OfNumber(1)) };
        foreach (var section in AllSections.List)
        {
            var bodies = items.Where(i => i.Item.Section == section).OrderBy(i => i.Place).ThenBy(i => i.Item.Name, StringComparer.Ordinal)
                .Select(i => Shown(i.Item, withPay)).ToList();
            entries.Add(new(section.Key, section.Single ? bodies.FirstOrDefault() ?? new MapNode([], []) : new ListNode(bodies)));
        }
        return new MapNode(entries, []);
    }

    /// <summary>An item as others may see it.</summary>
    public static MapNode Shown(Item item, bool withPay) => item.Value switch
    {
        Integration => item.Body.With("key", ScalarNode.OfText(IntegrationSection.Masked)),
        Person when !withPay => item.Body.With("pay", value: null),
        _ => item.Body,
    };
}
