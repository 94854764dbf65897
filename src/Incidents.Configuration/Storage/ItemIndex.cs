using System.Collections.Frozen;

namespace Incidents.Configuration.Storage;

/// <summary>The present rows of one version, by kind and name and by identity: who changed an item last, and its revision.</summary>
internal sealed class ItemIndex
{
    private readonly FrozenDictionary<(string Kind, string Name), ItemRow> byName;
    private readonly FrozenDictionary<Guid, ItemRow> byId;

    public ItemIndex(IEnumerable<ItemRow> rows)
    {
        var present = rows.Where(r => r.Replaced is null).ToList();
        byName = present.ToFrozenDictionary(r => (r.Kind, r.Name));
        byId = present.ToFrozenDictionary(r => r.Item);
    }

    public ItemRow? Find(string kind, string name) => byName.GetValueOrDefault((kind, name));

    public ItemRow? Find(string kind, Guid item) => byId.GetValueOrDefault(item) is { } row && row.Kind == kind ? row : null;

    public IEnumerable<ItemRow> Of(string kind) => byId.Values.Where(r => r.Kind == kind);
}
