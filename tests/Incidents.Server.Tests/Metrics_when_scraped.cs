using System.Globalization;
using System.Text.RegularExpressions;

namespace Incidents.Server.Tests;

public sealed partial class Metrics_when_scraped(SharedServer server)
{
    [Fact]
    public async Task Begin_their_failures_at_zero()
    {
        await using var fresh = await ServerProcess.StartAsync(new Dictionary<string, string>(StringComparer.Ordinal), "--empty");

        var lines = (await fresh.Client.Text("/metrics")).Split('\n');

        foreach (var series in new[]
        {
            """incidents_messages_failures_total{endpoint="triage"}""", """incidents_messages_failures_total{endpoint="paging"}""", """incidents_messages_parked_total{endpoint="escalation"}""",
            """incidents_messages_database_unavailable_total{endpoint="paging"}""", "incidents_messages_publish_errors_total", "incidents_messages_parked_now", "incidents_triage_broken_rules_total",
            """incidents_ingest_refused_total{reason="unavailable"}""", """incidents_paging_errors_total{reason="vendorUnreachable"}""", """incidents_paging_pages_total{state="unreachable"}""",
            "incidents_paging_bad_signatures_total", "incidents_paging_lapsed_leases_total", """incidents_access_refused_total{reason="database_away"}""",
        })
            Assert.Contains(series + " 0", lines);
    }

    [Fact]
    public async Task Are_well_formed_prometheus_text()
    {
        using var answer = await server.Client.Ask("/metrics");
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        var families = new HashSet<string>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        string family = "", kind = "";
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith("# HELP ", StringComparison.Ordinal))
                Assert.True(families.Add(line.Split(' ')[2]), "Told twice: " + line);
            else if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
                (family, kind) = (line.Split(' ')[2], line.Split(' ')[3]);
            else
            {
                var sample = Sample().Match(line);
                Assert.True(sample.Success, line);
                Assert.True(seen.Add(line[..line.LastIndexOf(' ')]), "Twice: " + line);
                Assert.Equal(family, kind == "histogram" ? Suffix().Replace(sample.Groups["name"].Value, "") : sample.Groups["name"].Value);
                Assert.True(double.TryParse(sample.Groups["value"].Value, CultureInfo.InvariantCulture, out _), line);
            }
        }
    }

    [Fact]
    public async Task Tell_how_long_accepting_took_once_an_alert_came()
    {
        using var accepted = await server.Client.Send(await server.Client.GenericPath(), new { summary = "Scraped", dedupKey = Guid.NewGuid().ToString() });
        Assert.Equal(202, (int)accepted.StatusCode);

        var lines = (await server.Client.Text("/metrics")).Split('\n');

        var buckets = lines.Where(l => l.StartsWith("incidents_ingest_accept_time_seconds_bucket", StringComparison.Ordinal)).Select(l => double.Parse(l.Split(' ')[1], CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(buckets.Order(), buckets);
        Assert.Contains("le=\"+Inf\"", lines.Last(l => l.StartsWith("incidents_ingest_accept_time_seconds_bucket", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.True(double.Parse(lines.Single(l => l.StartsWith("incidents_ingest_accepted_total ", StringComparison.Ordinal)).Split(' ')[1], CultureInfo.InvariantCulture) >= 1);
    }

    [GeneratedRegex("""^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(\{([a-zA-Z_][a-zA-Z0-9_]*="([^"\\\n]|\\["\\n])*",?)*\})? (?<value>\S+)$""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Sample();

    [GeneratedRegex("_(bucket|sum|count)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Suffix();
}
