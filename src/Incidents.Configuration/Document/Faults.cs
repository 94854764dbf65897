using System.Globalization;
using Incidents.Kernel;

namespace Incidents.Configuration.Document;

/// <summary>
/// Collects every fault of a document. Paths name things where they have a name and count where they have none:
/// <c>people[ana].contacts[mobile].address</c>, <c>policies[default].levels[0].page[0]</c>. The line, when known, ends the message.
/// </summary>
internal sealed class Faults
{
    private const int Most = 500;
    private readonly List<(Fault Fault, int Line)> found = [];
    private readonly Dictionary<string, int> lines = new(StringComparer.Ordinal);

    public bool Any => found.Count > 0;

    /// <summary>One to go on with; this one stays as it is.</summary>
    public Faults Copy()
    {
        var copy = new Faults();
        copy.found.AddRange(found);
        foreach (var (path, line) in lines)
            copy.lines[path] = line;
        return copy;
    }

    /// <summary>In the order of the document; those without a line come last.</summary>
    public IReadOnlyList<Fault> ToList() => [.. found.OrderBy(f => f.Line == 0 ? int.MaxValue : f.Line).Select(f => f.Fault).Distinct().Take(Most)];

    /// <summary>Remembers where a path stands in the text, for faults that are found later.</summary>
    public void Locate(string path, Node node)
    {
        if (node.Line > 0)
            lines.TryAdd(path, node.Line);
    }

    public void Add(string path, string message, int line = 0)
    {
        if (line == 0)
            line = LineOf(path);
        var text = line == 0 ? message : string.Create(CultureInfo.InvariantCulture, $"{message} (line {line})");
        found.Add((new Fault(path, text), line));
    }

    /// <summary>The line of the path, else of the nearest thing around it.</summary>
    private int LineOf(string path)
    {
        while (path.Length > 0)
        {
            if (lines.TryGetValue(path, out var line))
                return line;
            path = path[..Math.Max(0, path.LastIndexOfAny(['.', '[']))];
        }
        return 0;
    }

    /// <summary>The same names, "a, b or c".</summary>
    public static string Choice(IEnumerable<string> words)
    {
        var list = words.ToList();
        return list.Count switch { 0 => "nothing", 1 => list[0], _ => string.Join(", ", list.SkipLast(1)) + " or " + list[^1] };
    }

    /// <summary>" Did you mean 'x'?", or nothing when no candidate is near.</summary>
    public static string DidYouMean(string wrong, IEnumerable<string> candidates)
    {
        var allowed = wrong.Length < 3 ? 0 : Math.Min(3, wrong.Length / 3);
        var best = candidates.Select(c => (Name: c, Distance: Distance(wrong, c))).Where(c => c.Distance <= allowed)
            .OrderBy(c => c.Distance).ThenBy(c => c.Name, StringComparer.Ordinal).FirstOrDefault();
        return best.Name is null ? "" : $" Did you mean '{best.Name}'?";
    }

    /// <summary>Edits (insert, delete, replace, swap of neighbours) between two words; letter case costs nothing. Long words are never near.</summary>
    private static int Distance(string a, string b)
    {
        if (a.Length > 64 || b.Length > 64 || Math.Abs(a.Length - b.Length) > 3)
            return int.MaxValue;
        a = a.ToLowerInvariant();
        b = b.ToLowerInvariant();
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
            rows[i, 0] = i;
        for (var j = 0; j <= b.Length; j++)
            rows[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                rows[i, j] = Math.Min(Math.Min(rows[i - 1, j] + 1, rows[i, j - 1] + 1), rows[i - 1, j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
            }
        }
        return rows[a.Length, b.Length];
    }
}
