using Incidents.Kernel;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Incidents.Configuration.Document;

/// <summary>YAML text → nodes. Bounded in depth and size, so that no document (aliases of aliases) can exhaust the process.</summary>
internal sealed class YamlReader
{
    private const int Deepest = 30;
    private const int MostNodes = 500_000;

    private readonly Parser parser;
    private readonly Dictionary<string, (Node Node, int Size)> anchors = new(StringComparer.Ordinal);
    private int count;

    private YamlReader(string text) => parser = new Parser(new StringReader(text));

    /// <summary>The one document of <paramref name="text"/>; <see cref="ErrorKind.Malformed"/> with line and column when it is not YAML.</summary>
    public static Result<Node> Read(string text)
    {
        var reader = new YamlReader(text);
        try
        {
            return reader.ReadStream();
        }
        catch (YamlException broken)
        {
            return Malformed(broken.Start, Strip(broken.Message));
        }
        catch (Exception lost) when (lost is InvalidOperationException or ArgumentException or IndexOutOfRangeException or FormatException or OverflowException)
        {
            // The library's scanner gives up on some texts with exceptions that are not its own.
            return Malformed(reader.parser.Current?.End ?? Mark.Empty, "What follows cannot be read; look for unbalanced brackets or quotes.");
        }
        catch (TooMuchException tooMuch)
        {
            return Error.Invalid("", tooMuch.Message);
        }
    }

    private static Error Malformed(Mark at, string message)
        => Error.Malformed($"Not YAML: line {at.Line}, column {at.Column}: {message}") with { Faults = [new Fault($"line {at.Line}, column {at.Column}", message)] };

    private Result<Node> ReadStream()
    {
        Next<StreamStart>();
        if (parser.Current is StreamEnd)
            return ScalarNode.Plain("", 1);
        Next<DocumentStart>();
        var root = ReadNode(0);
        Next<DocumentEnd>();
        if (parser.Current is not StreamEnd)
            return Error.Invalid("", $"The text holds more than one YAML document; the second starts in line {parser.Current?.Start.Line}.");
        return root;
    }

    private Node ReadNode(int depth)
    {
        if (depth > Deepest)
            throw new TooMuchException($"Nested deeper than {Deepest} levels (line {parser.Current?.Start.Line}).");
        Count(1);
        var before = count;
        switch (parser.Current)
        {
            case AnchorAlias alias:
                parser.MoveNext();
                if (!anchors.TryGetValue(alias.Value.Value, out var known))
                    throw new SemanticErrorException(alias.Start, alias.End, $"The alias '*{alias.Value.Value}' has no anchor before it.");
                Count(known.Size);
                return known.Node;
            case Scalar scalar:
                parser.MoveNext();
                return Anchored(scalar, before, ReadScalar(scalar));
            case SequenceStart list:
                parser.MoveNext();
                var items = new List<Node>();
                while (parser.Current is not SequenceEnd)
                    items.Add(ReadNode(depth + 1));
                parser.MoveNext();
                return Anchored(list, before, new ListNode(items) { Line = Line(list) });
            case MappingStart map:
                parser.MoveNext();
                return Anchored(map, before, ReadMap(map, depth));
            case var other:
                throw new SemanticErrorException(other?.Start ?? Mark.Empty, other?.End ?? Mark.Empty, "Unexpected end.");
        }
    }

    private MapNode ReadMap(MappingStart map, int depth)
    {
        var entries = new List<KeyValuePair<string, Node>>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var repeated = new List<(string, int)>();
        while (parser.Current is not MappingEnd)
        {
            var start = parser.Current!;
            if (ReadNode(depth + 1) is not ScalarNode key)
                throw new SemanticErrorException(start.Start, start.End, "A key must be a plain text.");
            var value = ReadNode(depth + 1);
            if (seen.Add(key.Text))
                entries.Add(new(key.Text, value));
            else
                repeated.Add((key.Text, Line(start)));
        }
        parser.MoveNext();
        return new MapNode(entries, repeated) { Line = Line(map) };
    }

    private static ScalarNode ReadScalar(Scalar scalar)
    {
        if (scalar.Style == ScalarStyle.Plain && (scalar.Tag.IsEmpty || scalar.Tag.IsNonSpecific))
            return ScalarNode.Plain(scalar.Value, Line(scalar));
        var number = !scalar.Tag.IsEmpty && !scalar.Tag.IsNonSpecific && scalar.Tag.Value is "tag:yaml.org,2002:int" or "tag:yaml.org,2002:float" or "tag:yaml.org,2002:bool" or "tag:yaml.org,2002:null";
        return number ? ScalarNode.Plain(scalar.Value, Line(scalar)) : new ScalarNode(scalar.Value, isText: true) { Line = Line(scalar) };
    }

    private Node Anchored(NodeEvent start, int before, Node node)
    {
        if (!start.Anchor.IsEmpty)
            anchors[start.Anchor.Value] = (node, count - before + 1);
        return node;
    }

    private void Count(int more)
    {
        count += more;
        if (count > MostNodes)
            throw new TooMuchException($"More than {MostNodes:N0} values.");
    }

    private void Next<T>() where T : ParsingEvent
    {
        if (parser.Current is null)
            parser.MoveNext();
        if (parser.Current is not T)
            throw new SemanticErrorException(parser.Current?.Start ?? Mark.Empty, parser.Current?.End ?? Mark.Empty, "Unexpected end.");
        parser.MoveNext();
    }

    private static int Line(ParsingEvent at) => (int)at.Start.Line;

    /// <summary>The library puts the position before its message; we say it ourselves.</summary>
    private static string Strip(string message)
    {
        var end = message.IndexOf("): ", StringComparison.Ordinal);
        return message.StartsWith('(') && end > 0 ? message[(end + 3)..] : message;
    }

    private sealed class TooMuchException(string message) : Exception(message);
}
