using System.Globalization;
using Incidents.Configuration.Document;

namespace Incidents.Configuration.Plan;

/// <summary>Where two canonical values differ, as paths: named elements of lists by name, others by index.</summary>
internal static class NodeDiff
{
    public static IReadOnlyList<string> Paths(MapNode before, MapNode after)
    {
        var paths = new List<string>();
        Compare(before, after, "", paths);
        return paths;
    }

    private static void Compare(Node? before, Node? after, string path, List<string> paths)
    {
        switch (before, after)
        {
            case (MapNode a, MapNode b):
                foreach (var key in a.Entries.Select(e => e.Key).Union(b.Entries.Select(e => e.Key), StringComparer.Ordinal))
                    Compare(a[key], b[key], path.Length == 0 ? key : $"{path}.{key}", paths);
                break;
            case (ListNode a, ListNode b) when Names(a) is { } left && Names(b) is { } right:
                foreach (var name in left.Keys.Union(right.Keys, StringComparer.Ordinal))
                    Compare(left.GetValueOrDefault(name), right.GetValueOrDefault(name), $"{path}[{name}]", paths);
                if (!left.Keys.Where(right.ContainsKey).SequenceEqual(right.Keys.Where(left.ContainsKey), StringComparer.Ordinal))
                    paths.Add(path);
                break;
            case (ListNode a, ListNode b) when a.Items.Count == b.Items.Count && a.Items.Any(i => i is not ScalarNode):
                for (var i = 0; i < a.Items.Count; i++)
                    Compare(a.Items[i], b.Items[i], string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), paths);
                break;
            case (ScalarNode a, ScalarNode b) when a.Text == b.Text:
            case (ListNode c, ListNode d) when SameTexts(c, d):
                break;
            default:
                paths.Add(path);
                break;
        }
    }

    /// <summary>Elements by name, in order; null when not every element has one of its own.</summary>
    private static OrderedDictionary<string, Node>? Names(ListNode list)
    {
        var names = new OrderedDictionary<string, Node>(StringComparer.Ordinal);
        foreach (var item in list.Items)
        {
            if ((item as MapNode)?.TextOf("name") is not { } name || !names.TryAdd(name, item))
                return null;
        }
        return names;
    }

    private static bool SameTexts(ListNode a, ListNode b)
        => a.Items.Count == b.Items.Count && a.Items.Zip(b.Items).All(p => p is (ScalarNode x, ScalarNode y) && x.Text == y.Text);
}
