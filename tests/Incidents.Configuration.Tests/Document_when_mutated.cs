using Incidents.Configuration.Document;

namespace Incidents.Configuration.Tests;

/// <summary>Nodes of the example dropped, emptied or replaced by something of another kind: faults or a plan, never an exception, and what is accepted is stable.</summary>
public sealed class Document_when_mutated
{
    private static readonly Node[] Strangers =
    [
        ScalarNode.Plain("", 0), ScalarNode.Plain("true", 0), ScalarNode.Plain("-1", 0), ScalarNode.Plain("0", 0), ScalarNode.Plain("1e400", 0), ScalarNode.Plain("99999999999999999999", 0),
        ScalarNode.Plain(".nan", 0), ScalarNode.OfText(""), ScalarNode.OfText("x"), ScalarNode.OfText("***"), ScalarNode.OfText("9999-12-31"), ScalarNode.OfText("2026-12-24T15:00:00Z"),
        ScalarNode.OfText("99999999h"), ScalarNode.OfText("((("), ScalarNode.OfText("a\u0000\ud800\u2028b"), new ListNode([]), new ListNode([ScalarNode.OfText("x")]), new ListNode([new ListNode([])]),
        new MapNode([], []), new MapNode([new("x", ScalarNode.OfText("y"))], []),
    ];

    [Fact]
    public void never_throws_and_stays_idempotent_and_exportable()
    {
        var root = (MapNode)YamlReader.Read(Sample.Yaml).Value;
        var present = Sample.Apply(Sample.Yaml);
        var (refused, accepted) = (0, 0);

        foreach (var mutated in Mutations(root))
        {
            var yaml = YamlWriter.Write((MapNode)mutated);
            var plan = Sample.Plan(yaml, present);
            if (plan.Error is { } error)
            {
                Assert.NotEmpty(error.Faults);
                refused++;
            }
            else
            {
                var after = Sample.Apply(yaml, present);
                Assert.True(Sample.Plan(yaml, after).Value.Changes.Count == 0, yaml);
                var export = YamlWriter.Write(Exporting.Document(after, withPay: true));
                Assert.True(Sample.Plan(export, after) is { IsOk: true, Value.Changes.Count: 0 }, export);
                accepted++;
            }
        }

        Assert.True(refused > 250, $"{refused} refused");
        Assert.True(accepted > 50, $"{accepted} accepted");
    }

    /// <summary>In turn dropped and replaced; every stranger meets many nodes.</summary>
    private static IEnumerable<Node> Mutations(Node root)
    {
        var count = 0;
        foreach (var (path, _) in Nodes(root, []))
        {
            yield return Replace(root, path, 0, ++count % 2 == 0 ? null : Strangers[count / 2 * 7 % Strangers.Length]);
        }
    }

    private static IEnumerable<(int[] Path, Node Node)> Nodes(Node node, int[] path)
    {
        if (path.Length > 0)
            yield return (path, node);
        var children = node switch { MapNode map => map.Entries.Select(e => e.Value).ToList(), ListNode list => list.Items, _ => [] };
        for (var i = 0; i < children.Count; i++)
        {
            foreach (var below in Nodes(children[i], [.. path, i]))
                yield return below;
        }
    }

    private static Node Replace(Node node, int[] path, int at, Node? with)
    {
        if (at == path.Length)
            return with!;
        var drop = with is null && at == path.Length - 1;
        switch (node)
        {
            case MapNode map:
                var entries = map.Entries.ToList();
                if (drop)
                    entries.RemoveAt(path[at]);
                else
                    entries[path[at]] = new(entries[path[at]].Key, Replace(entries[path[at]].Value, path, at + 1, with));
                return new MapNode(entries, []);
            case ListNode list:
                var items = list.Items.ToList();
                if (drop)
                    items.RemoveAt(path[at]);
                else
                    items[path[at]] = Replace(items[path[at]], path, at + 1, with);
                return new ListNode(items);
            default:
                return node;
        }
    }

    private const string Awkward = "{}[]:,-&*!|>'\"%@` \n\t#?a1é";

    [Fact]
    public void survives_texts_cut_and_bent_at_every_place()
    {
        var random = new Random(20261121);
        for (var round = 0; round < 600; round++)
        {
            var at = random.Next(Sample.Yaml.Length);
            var length = random.Next(1, 12);
            var text = (round % 3) switch
            {
                0 => Sample.Yaml[..at],
                1 => Sample.Yaml.Remove(at, Math.Min(length, Sample.Yaml.Length - at)),
                _ => Sample.Yaml.Insert(at, new string([.. Enumerable.Range(0, length).Select(_ => Awkward[random.Next(Awkward.Length)])])),
            };

            _ = Sample.Plan(text);
        }
    }
}
