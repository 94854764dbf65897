using System.Globalization;
using System.Text.RegularExpressions;

namespace Incidents.Configuration.Document;

/// <summary>A value of the document before it has meaning. <see cref="Line"/> is 1-based; 0: it was not read from a text.</summary>
internal abstract class Node
{
    public int Line { get; init; }

    /// <summary>What a person would call it, for messages.</summary>
    public abstract string Describe();
}

/// <summary><see cref="IsText"/>: written in quotes, or plain and by YAML's core schema neither null, a boolean nor a number.</summary>
internal sealed partial class ScalarNode(string text, bool isText) : Node
{
    public string Text { get; } = text;
    public bool IsText { get; } = isText;
    public bool IsNull => !IsText && Text is "" or "~" or "null" or "Null" or "NULL";
    public bool IsBoolean => !IsText && Text is "true" or "True" or "TRUE" or "false" or "False" or "FALSE";

    public static ScalarNode OfText(string text) => new(text, isText: true);
    public static ScalarNode OfNumber(decimal value) => new((value / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture), isText: false);

    /// <summary>A scalar written without quotes.</summary>
    public static ScalarNode Plain(string text, int line)
        => new(text, isText: !(text is "" or "~" or "null" or "Null" or "NULL" or "true" or "True" or "TRUE" or "false" or "False" or "FALSE" || Number().IsMatch(text))) { Line = line };

    public override string Describe()
    {
        if (IsNull)
            return "nothing";
        var shown = Text.Length > 60 ? Text[..60] + "…" : Text;
        return IsText ? $"'{shown}'" : IsBoolean ? $"the boolean {shown}" : $"the number {shown}";
    }

    [GeneratedRegex(@"\A(?:[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();
}

internal sealed class ListNode(IReadOnlyList<Node> items) : Node
{
    public IReadOnlyList<Node> Items { get; } = items;

    public static ListNode OfTexts(IEnumerable<string> texts) => new([.. texts.Select(ScalarNode.OfText)]);

    public override string Describe() => "a list";
}

/// <summary>Keys in the order of the document; a repeated key is kept aside with its line.</summary>
internal sealed class MapNode(IReadOnlyList<KeyValuePair<string, Node>> entries, IReadOnlyList<(string Key, int Line)> repeated) : Node
{
    public IReadOnlyList<KeyValuePair<string, Node>> Entries { get; } = entries;
    public IReadOnlyList<(string Key, int Line)> Repeated { get; } = repeated;

    public Node? this[string key]
    {
        get
        {
            foreach (var entry in Entries)
            {
                if (entry.Key == key)
                    return entry.Value;
            }
            return null;
        }
    }

    public string? TextOf(string key) => this[key] is ScalarNode { IsNull: false } scalar ? scalar.Text : null;

    /// <summary>The same map with one value set, in place or at the end; null removes it.</summary>
    public MapNode With(string key, Node? value)
    {
        var changed = Entries.Where(e => e.Key != key || value is not null).Select(e => e.Key == key ? new(key, value!) : e).ToList();
        if (value is not null && this[key] is null)
            changed.Add(new(key, value));
        return new MapNode(changed, []) { Line = Line };
    }

    public override string Describe() => "a mapping";
}

/// <summary>Builds the canonical form of an item: keys in the order of the calls, absent and default values left out.</summary>
internal sealed class MapWriter
{
    private readonly List<KeyValuePair<string, Node>> entries = [];

    public MapWriter Set(string key, Node? value)
    {
        if (value is not null)
            entries.Add(new(key, value));
        return this;
    }

    public MapWriter Set(string key, string? text) => Set(key, text is null ? null : ScalarNode.OfText(text));
    public MapWriter Set(string key, decimal? number) => Set(key, number is null ? null : ScalarNode.OfNumber(number.Value));

    /// <summary>An empty list is left out: everywhere it is the default.</summary>
    public MapWriter Set(string key, IReadOnlyCollection<string> texts) => Set(key, texts.Count == 0 ? null : ListNode.OfTexts(texts));

    public MapWriter Set<T>(string key, IReadOnlyCollection<T> values, Func<T, Node> write)
        => Set(key, values.Count == 0 ? null : new ListNode([.. values.Select(write)]));

    public MapNode Build() => new(entries, []);
}
