using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Incidents.Server.Tests;

public sealed partial class Metrics_when_documented(SharedServer server)
{
    [Fact]
    public void Are_all_in_the_operations_page()
    {
        var table = new StringBuilder("| series | kind | unit | meaning, labels |\n|---|---|---|---|\n");
        foreach (var m in All().OrderBy(m => m.Series, StringComparer.Ordinal))
            table.Append(CultureInfo.InvariantCulture, $"| `{m.Series}` | {m.Kind} | {m.Unit} | {m.Meaning} |\n");

        Documented.Section("metrics", table.ToString());
    }

    [Fact]
    public async Task Are_those_that_a_server_shows()
    {
        var documented = All().Select(m => m.Series).ToHashSet(StringComparer.Ordinal);

        var shown = (await server.Client.Text("/metrics")).Split('\n').Where(l => l.StartsWith("# TYPE incidents_", StringComparison.Ordinal)).Select(l => l.Split(' ')[2]).ToList();

        Assert.NotEmpty(shown);
        Assert.All(shown, s => Assert.Contains(s, documented));
    }

    private static List<(string Series, string Kind, string Unit, string Meaning)> All()
    {
        var found = new List<(string, string, string, string)>();
        foreach (var file in Directory.EnumerateFiles(RepositoryFolder.PathTo("src"), "*.cs", SearchOption.AllDirectories).Where(f => !f.Contains("/obj/", StringComparison.Ordinal)))
        {
            foreach (Match m in Instrument().Matches(File.ReadAllText(file)))
            {
                var (kind, unit) = (m.Groups["kind"].Value, m.Groups["unit"].Value);
                var series = m.Groups["name"].Value.Replace('.', '_') + (unit == "s" ? "_seconds" : unit == "By" ? "_bytes" : "") + (kind == "Counter" ? "_total" : "");
                found.Add((series, kind switch { "Counter" => "counter", "Histogram" => "histogram", _ => "gauge" }, unit == "s" ? "seconds" : unit.Trim('{', '}'), m.Groups["meaning"].Value));
            }
        }
        return found;
    }

    [GeneratedRegex("""Create(Observable)?(?<kind>Counter|Histogram|Gauge|UpDownCounter)(<\w+>)?\("(?<name>incidents[a-z_.]+)",(.*?)"(?<unit>s|By|\{\w+\})",\s*"(?<meaning>[^"]+)"\)""", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Instrument();
}
