using System.Text;
using System.Text.RegularExpressions;

namespace Incidents.Configuration.Document;

/// <summary>
/// Nodes → YAML, always the same text for the same nodes: sections and items in block form, small things inside an item on one line.
/// Quotes wherever any YAML reader, old or new, could take a text for something else.
/// </summary>
internal static partial class YamlWriter
{
    private const int Width = 110;

    public static string Write(MapNode document)
    {
        var text = new StringBuilder();
        foreach (var (key, value) in document.Entries)
        {
            if (text.Length > 0)
                text.Append('\n');
            text.Append(Key(key)).Append(':');
            Value(text, value, indent: 0, depth: 0);
        }
        return text.ToString();
    }

    /// <summary>Writes what follows "key:", with the line's end.</summary>
    private static void Value(StringBuilder text, Node node, int indent, int depth)
    {
        if (OnOneLine(node, depth) is { } line && indent + line.Length <= Width)
        {
            text.Append(' ').Append(line).Append('\n');
            return;
        }
        text.Append('\n');
        if (node is MapNode map)
            Map(text, map, indent + 2, depth + 1, firstIndented: true);
        else
            List(text, (ListNode)node, indent + 2, depth + 1);
    }

    private static void Map(StringBuilder text, MapNode map, int indent, int depth, bool firstIndented)
    {
        var indented = firstIndented;
        foreach (var (key, value) in map.Entries)
        {
            if (indented)
                text.Append(' ', indent);
            indented = true;
            text.Append(Key(key)).Append(':');
            Value(text, value, indent, depth);
        }
    }

    private static void List(StringBuilder text, ListNode list, int indent, int depth)
    {
        foreach (var item in list.Items)
        {
            text.Append(' ', indent).Append('-');
            if (item is MapNode { Entries.Count: > 0 } map && (depth <= 1 || OnOneLine(item, depth) is not { } line || indent + line.Length > Width))
            {
                text.Append(' ');
                Map(text, map, indent + 2, depth, firstIndented: false);
            }
            else
            {
                Value(text, item, indent, depth);
            }
        }
    }

    /// <summary>Null when it must be written in block form: sections and whatever has items of its own.</summary>
    private static string? OnOneLine(Node node, int depth) => node switch
    {
        ScalarNode or ListNode { Items.Count: 0 } or MapNode { Entries.Count: 0 } => Flow(node),
        ListNode when depth == 0 => null,
        _ => Flow(node),
    };

    private static string Flow(Node node) => node switch
    {
        MapNode { Entries.Count: 0 } => "{}",
        MapNode map => "{ " + string.Join(", ", map.Entries.Select(e => $"{Key(e.Key)}: {Flow(e.Value)}")) + " }",
        ListNode list => "[" + string.Join(", ", list.Items.Select(Flow)) + "]",
        ScalarNode { IsText: false } scalar => scalar.Text,
        var text => Quoted(((ScalarNode)text).Text),
    };

    private static string Key(string key) => Quoted(key);

    private static string Quoted(string text)
    {
        if (PlainPattern().IsMatch(text) && !OldWords.Contains(text) && ScalarNode.Plain(text, 0).IsText)
            return text;
        if (!text.Any(c => char.IsControl(c) || c is '\u2028' or '\u2029' or '\ufeff' || char.IsSurrogate(c)) && !text.Contains('\'', StringComparison.Ordinal))
            return text.Contains('"', StringComparison.Ordinal) || text == "***" ? $"'{text}'" : text.Contains('\\', StringComparison.Ordinal) ? $"'{text}'" : $"\"{text}\"";
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            quoted.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\t' => "\\t",
                _ when char.IsControl(c) || c is '\u2028' or '\u2029' or '\ufeff' => $"\\u{(int)c:x4}",
                _ => c.ToString(),
            });
        }
        return quoted.Append('"').ToString();
    }

    /// <summary>Booleans and nulls of YAML 1.1.</summary>
    private static readonly HashSet<string> OldWords = new(StringComparer.OrdinalIgnoreCase) { "y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan" };

    /// <summary>Words, dates and instants; anything else is quoted. No times of day: YAML 1.1 reads 09:00 as 540.</summary>
    [GeneratedRegex(@"\A(?:[\p{L}_][\p{L}\p{Nd}_.@/+-]*(?: [\p{L}\p{Nd}_.@/+-]+)*|[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9:.]+Z?)?|[0-9]+(?:[a-z]+[0-9]*)+)\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PlainPattern();
}
