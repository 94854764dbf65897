using Incidents.Contracts.Organisation;

namespace Incidents.Scheduling.Shifts;

/// <summary>
/// An edit of the people of a rotation that leaves its start and turn alone: whoever is on stays on, and the new order goes on from there
/// (docs/adr/0010-an-edit-keeps-the-order.md). Turns still begin and end where the start puts them.
/// </summary>
internal static class OrderCarriedOver
{
    /// <summary>A new start or another length of turn is a new count, from that start.</summary>
    public static bool Applies(Layer before, Layer after)
        => before.Start == after.Start && before.Turn == after.Turn && before.Position == after.Position && before.Slots.Count > 0;

    /// <summary>
    /// The slot of <paramref name="after"/> that is on at the instant of the edit, given the one of <paramref name="before"/> that was.
    /// The same slots in another order: the place stays, so exchanging two people does so. Else the present slot where it is now; else (it is gone) whoever
    /// was put into its place; else the next in the old order who remains; else the first.
    /// </summary>
    public static int SlotOn(IReadOnlyList<IReadOnlyList<string>> before, int on, IReadOnlyList<IReadOnlyList<string>> after)
    {
        if (before.Count == after.Count && SameSlots(before, after))
            return on;
        for (var step = 0; step < before.Count; step++)
        {
            var old = (on + step) % before.Count;
            if (Find(before, old, after) is { } found)
                return found;
            if (step == 0 && before.Count == after.Count && !before.Any(slot => Share(slot, after[on]) > 0))
                return on;
        }

        return 0;
    }

    private static bool SameSlots(IReadOnlyList<IReadOnlyList<string>> before, IReadOnlyList<IReadOnlyList<string>> after)
        => before.Select(Key).Order(StringComparer.Ordinal).SequenceEqual(after.Select(Key).Order(StringComparer.Ordinal), StringComparer.Ordinal);

    private static string Key(IReadOnlyList<string> slot) => string.Join('\n', slot.Order(StringComparer.Ordinal));

    /// <summary>
    /// The slot with the same people, else with most of them. Of several the one whose followers are those of old; a person may have many turns in an order.
    /// </summary>
    private static int? Find(IReadOnlyList<IReadOnlyList<string>> before, int old, IReadOnlyList<IReadOnlyList<string>> after)
        => Enumerable.Range(0, after.Count)
            .Select(place => (Place: place, Alike: Alike(before[old], after[place])))
            .Where(candidate => candidate.Alike > 0)
            .OrderByDescending(candidate => candidate.Alike)
            .ThenByDescending(candidate => FollowersAlike(before, old, after, candidate.Place))
            .Select(candidate => (int?)candidate.Place)
            .FirstOrDefault();

    private static int Alike(IReadOnlyList<string> left, IReadOnlyList<string> right)
        => string.Equals(Key(left), Key(right), StringComparison.Ordinal) ? int.MaxValue : Share(left, right);

    private static int Share(IReadOnlyList<string> left, IReadOnlyList<string> right) => left.Count(person => right.Contains(person, StringComparer.Ordinal));

    private static int FollowersAlike(IReadOnlyList<IReadOnlyList<string>> before, int old, IReadOnlyList<IReadOnlyList<string>> after, int place)
    {
        var alike = 0;
        for (var step = 1; step < after.Count && Alike(before[(old + step) % before.Count], after[(place + step) % after.Count]) == int.MaxValue; step++)
            alike++;
        return alike;
    }
}
