using Incidents.Configuration.Document;

namespace Incidents.Configuration.Plan;

internal enum ChangeAction { Create, Update, Delete }

/// <summary>An item as it is stored now. <see cref="Identity"/> stays through changes and renames.</summary>
internal sealed record PresentItem(Guid Row, Guid Identity, Item Item, int Place);

/// <summary>One step of a plan. <see cref="Paths"/>: what differs inside the item, only for updates.</summary>
internal sealed record PlannedChange(Section Section, string Name, ChangeAction Action, IReadOnlyList<string> Paths, PresentItem? Before, Item? After);

/// <summary>
/// What turns the present items into the document's. <see cref="Places"/>: place in the document of every item that stays, by row;
/// <see cref="NewPlaces"/>: of every item of the document. <see cref="GeneratedKeys"/>: integrations that get a new key, with it.
/// </summary>
internal sealed record ChangePlan(
    IReadOnlyList<PlannedChange> Changes,
    IReadOnlyDictionary<Guid, int> Places,
    IReadOnlyDictionary<Item, int> NewPlaces,
    IReadOnlyList<KeyValuePair<string, string>> GeneratedKeys);
