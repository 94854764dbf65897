using System.Text.RegularExpressions;

namespace Incidents.Server.Tests;

/// <summary>Tables of docs/ that follow from the code: the text between two markers.</summary>
internal static partial class Documented
{
    /// <summary>Holds the section equal to what the code says; INCIDENTS_APPROVE=1 writes it.</summary>
    public static void Section(string name, string text, string page = "operations.md")
    {
        var file = RepositoryFolder.PathTo("docs", page);
        var (begin, end) = ($"<!-- {name}: written by a test -->", $"<!-- /{name} -->");
        var document = File.ReadAllText(file);
        var (from, to) = (document.IndexOf(begin, StringComparison.Ordinal), document.IndexOf(end, StringComparison.Ordinal));
        Assert.True(from >= 0 && to > from, $"docs/{page} has no section {begin} … {end}.");
        Approval.Holds(document[..(from + begin.Length)] + "\n" + text.TrimEnd() + "\n" + document[to..], "docs", page);
    }

    /// <summary>Meanings of a type's properties, its bases' too, from their summaries in the source; code marks become back quotes.</summary>
    public static Dictionary<string, string> Meanings(Type type)
    {
        var meanings = type.BaseType == typeof(object) ? new(StringComparer.Ordinal) : Meanings(type.BaseType!);
        var head = new Regex($@"class {type.Name}( : \w+)?\n", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));
        var source = Directory.EnumerateFiles(RepositoryFolder.PathTo("src"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal)).Select(File.ReadAllText).First(t => head.IsMatch(t) && t.Contains($"namespace {type.Namespace};", StringComparison.Ordinal));
        var own = source[head.Match(source).Index..];
        foreach (var found in Summary().Matches(own).GroupBy(m => m.Groups["name"].Value, StringComparer.Ordinal))
            meanings.TryAdd(found.Key, Plain(found.First().Groups["text"].Value));
        return meanings;
    }

    private static string Plain(string text) => Mark().Replace(LineStart().Replace(text, " ").Trim(), "`").Replace("|", "\\|", StringComparison.Ordinal);

    /// <summary>Where a summary goes on in the next line of the source.</summary>
    [GeneratedRegex(@"\s*\n\s*///\s*", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex LineStart();

    [GeneratedRegex(@"/// <summary>(?<text>.+?)</summary>\s*(\[[^\]]+\]\s*)*public [^\s]+ (?<name>\w+) \{ get; set; \}", RegexOptions.ExplicitCapture | RegexOptions.Singleline, 5000)]
    private static partial Regex Summary();

    [GeneratedRegex("</?c>", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Mark();
}
