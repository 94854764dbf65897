namespace Incidents.Configuration.Document;

/// <summary>
/// Reads one mapping of the document: each call takes a key, adds its faults, and answers with the value or a harmless placeholder, so that reading
/// always goes on and every fault is found at once. <see cref="Close"/> reports the keys that nobody took.
/// </summary>
internal sealed class MapReader
{
    private readonly MapNode node;
    private readonly HashSet<string> known = new(StringComparer.Ordinal);

    public MapReader(MapNode node, string path, Faults faults)
    {
        (this.node, Path, Faults) = (node, path, faults);
        faults.Locate(path, node);
        foreach (var (key, line) in node.Repeated)
            faults.Add(At(key), "is given twice.", line);
    }

    public string Path { get; }
    public Faults Faults { get; }

    public IEnumerable<string> Keys => node.Entries.Select(e => e.Key);

    public string At(string key) => Path.Length == 0 ? key : Path + "." + key;

    public void Fault(string key, string message) => Faults.Add(At(key), message);

    public bool Has(string key) => node[key] is not (null or ScalarNode { IsNull: true });

    /// <summary>The raw value, null when absent or null.</summary>
    public Node? Take(string key)
    {
        known.Add(key);
        var value = node[key];
        if (value is null or ScalarNode { IsNull: true })
            return null;
        Faults.Locate(At(key), value);
        return value;
    }

    public T? Optional<T>(string key, Func<ScalarNode, Parsed<T>> parse) where T : struct
        => Take(key) is { } value && TryScalar(value, At(key), parse, out var parsed) ? parsed : null;

    public T Optional<T>(string key, Func<ScalarNode, Parsed<T>> parse, T whenAbsent)
        => Take(key) is { } value ? Scalar(value, At(key), parse, whenAbsent) : whenAbsent;

    public string? OptionalText(string key, Func<ScalarNode, Parsed<string>> parse)
        => Take(key) is { } value && Scalar(value, At(key), parse, "") is { Length: > 0 } text ? text : null;

    public T Required<T>(string key, Func<ScalarNode, Parsed<T>> parse, T placeholder)
    {
        if (Take(key) is { } value)
            return Scalar(value, At(key), parse, placeholder);
        Fault(key, "is required.");
        return placeholder;
    }

    public string RequiredText(string key, Func<ScalarNode, Parsed<string>> parse) => Required(key, parse, "");

    public IReadOnlyList<T> List<T>(string key, Func<Node, string, T> read, string identity = "name")
        => Take(key) is { } value ? Items(value, At(key), read, identity) : [];

    public IReadOnlyList<T> Scalars<T>(string key, Func<ScalarNode, Parsed<T>> parse, T placeholder)
        => List(key, (value, path) => Scalar(value, path, parse, placeholder));

    /// <summary>A list of mappings; each reader is closed here.</summary>
    public IReadOnlyList<T> Maps<T>(string key, Func<MapReader, T> read, string identity = "name") where T : class
        => [.. List(key, (value, path) => Map(value, path, read), identity).OfType<T>()];

    public T? OptionalMap<T>(string key, Func<MapReader, T> read) where T : class
        => Take(key) is { } value ? Map(value, At(key), read) : null;

    public T? RequiredMap<T>(string key, Func<MapReader, T> read) where T : class
    {
        if (Has(key))
            return OptionalMap(key, read);
        known.Add(key);
        Fault(key, "is required.");
        return null;
    }

    public T? Map<T>(Node value, string path, Func<MapReader, T> read) where T : class
    {
        if (value is not MapNode map)
        {
            Faults.Add(path, $"must be a mapping, not {value.Describe()}.", value.Line);
            return null;
        }
        var reader = new MapReader(map, path, Faults);
        var result = read(reader);
        reader.Close();
        return result;
    }

    public T Scalar<T>(Node value, string path, Func<ScalarNode, Parsed<T>> parse, T placeholder)
        => TryScalar(value, path, parse, out var parsed) ? parsed : placeholder;

    private bool TryScalar<T>(Node value, string path, Func<ScalarNode, Parsed<T>> parse, out T parsed)
    {
        Faults.Locate(path, value);
        var (result, problem) = value is ScalarNode scalar ? parse(scalar) : new(default!, $"must be a single value, not {value.Describe()}.");
        parsed = result;
        if (problem is not null)
            Faults.Add(path, problem, value.Line);
        return problem is null;
    }

    public IReadOnlyList<T> Items<T>(Node value, string path, Func<Node, string, T> read, string identity = "name")
    {
        if (value is not ListNode list)
        {
            Faults.Add(path, $"must be a list, not {value.Describe()}.", value.Line);
            return [];
        }
        Faults.Locate(path, value);
        var labels = new HashSet<string>(StringComparer.Ordinal);
        var read1 = new List<T>(list.Items.Count);
        for (var i = 0; i < list.Items.Count; i++)
        {
            var name = (list.Items[i] as MapNode)?.TextOf(identity);
            var label = name is { Length: > 0 and <= 100 } && labels.Add(name) ? name : i.ToString(System.Globalization.CultureInfo.InvariantCulture);
            read1.Add(read(list.Items[i], $"{path}[{label}]"));
        }
        return read1;
    }

    /// <summary>Accepts a key without reading it.</summary>
    public void Ignore(string key) => known.Add(key);

    /// <summary>Reports the keys that nothing asked for.</summary>
    public void Close()
    {
        foreach (var (key, value) in node.Entries)
        {
            if (!known.Contains(key))
                Faults.Add(At(key), $"is not known here.{Guess(key)}{Expected()}", value.Line);
        }
    }

    private string Guess(string key) => Document.Faults.DidYouMean(key, known);

    private string Expected() => known.Count == 0 ? "" : " Known: " + string.Join(", ", known) + ".";
}
