using System.Text;
using System.Text.Json;
using Incidents.Contracts.Messages;
using Incidents.Ingest.Sources;
using Incidents.Kernel;
using Incidents.Tests;

namespace Incidents.Ingest.Tests;

public sealed class Alertmanager_body_when_read
{
    private const string Example = """
        {"version":"4","groupKey":"{}:{alertname=\"DiskFull\"}","truncatedAlerts":0,"status":"firing","receiver":"incidents","groupLabels":{"alertname":"DiskFull"},
         "commonLabels":{},"commonAnnotations":{},"externalURL":"http://alertmanager:9093",
         "alerts":[{"status":"firing","labels":{"alertname":"DiskFull","service":"ledger","severity":"critical"},
           "annotations":{"summary":"Disk full","description":"On db-1.","runbook_url":"https://example.com/run"},
           "startsAt":"2026-03-10T21:00:00.1234567+01:00","endsAt":"0001-01-01T00:00:00Z","generatorURL":"http://prometheus:9090/graph","fingerprint":"c4c12ff0e5d6b3a1"}]}
        """;

    [Fact]
    public void becomes_an_accepted_alert()
    {
        var alert = Assert.Single(Parse(Example).Alerts);

        Assert.Equal(("prometheus", "c4c12ff0e5d6b3a1", true, "Disk full"), (alert.Integration, alert.Key, alert.Firing, alert.Title));
        Assert.Equal("ledger", alert.Labels["service"]);
        Assert.Equal(Instant.FromUtc(2026, 3, 10, 20, 0) + Duration.FromTicks(1234560), alert.StartsAt);
        Assert.Equal((true, (Instant?)null, (string?)null), (alert.StartsAtGiven, alert.EndsAt, alert.Dedup));
        Assert.Equal(["Runbook https://example.com/run", "Source http://prometheus:9090/graph"], alert.Links!.Select(l => $"{l.Text} {l.Href}"));
    }

    [Theory]
    [InlineData("""{"summary":"S","description":"D"}""", "S")]
    [InlineData("""{"summary":"  ","description":"D"}""", "D")]
    [InlineData("""{"description":"D"}""", "D")]
    [InlineData("{}", "DiskFull")]
    public void takes_its_title_from_summary_description_or_name(string annotations, string expected)
        => Assert.Equal(expected, One("""{"labels":{"alertname":"DiskFull"},"annotations":""" + annotations + "}").Title);

    [Fact]
    public void takes_a_hash_of_the_labels_for_a_missing_fingerprint_whatever_their_order()
    {
        var one = One("""{"labels":{"a":"1","b":"2"}}""").Key;

        Assert.Equal(32, one.Length);
        Assert.Equal(one, One("""{"labels":{"b":"2","a":"1"}}""").Key);
        Assert.NotEqual(one, One("""{"labels":{"a":"12","b":""}}""").Key);
    }

    [Theory]
    [InlineData("""{"labels":{"a":"1"}}""", true, true)]
    [InlineData("""{"status":"resolved","labels":{"a":"1"},"endsAt":"2026-03-10T20:05:00Z"}""", false, true)]
    [InlineData("""{"status":"firing","labels":{"a":"1"},"startsAt":"0001-01-01T00:00:00Z"}""", true, true)]
    [InlineData("""{"labels":{"a":1,"b":null,"c":{"d":true}},"annotations":null,"unknown":[1]}""", true, true)]
    [InlineData("""{"annotations":{"summary":"no labels"}}""", true, true)]
    [InlineData("""{}""", true, false)]
    [InlineData("\"text\"", true, false)]
    [InlineData("null", true, false)]
    [InlineData("""{"status":"pending","labels":{"a":"1"}}""", true, true)]
    [InlineData("""{"labels":["a"]}""", true, false)]
    [InlineData("""{"labels":{"a":"1"},"startsAt":"yesterday"}""", true, true)]
    public void tolerates_what_can_be_tolerated_and_leaves_out_only_the_bad_element(string element, bool firing, bool taken)
    {
        var parsed = Parse("""{"alerts":[{"labels":{"x":"1"}},""" + element + """,{"labels":{"x":"2"}}]}""");

        Assert.Equal(taken ? 3 : 2, parsed.Alerts.Count);
        if (taken)
            Assert.Equal(firing, parsed.Alerts[1].Firing);
        else
            Assert.Equal("alerts[1]", Assert.Single(parsed.Faults).Path);
    }

    [Fact]
    public void has_no_end_while_it_fires_and_none_from_the_year_one()
    {
        Assert.Null(One("""{"labels":{"a":"1"},"endsAt":"2026-03-10T20:05:00Z"}""").EndsAt);
        Assert.Null(One("""{"status":"resolved","labels":{"a":"1"},"endsAt":"0001-01-01T00:00:00Z"}""").EndsAt);
        Assert.Equal(Sample.Evening, One("""{"status":"resolved","labels":{"a":"1"},"endsAt":"2026-03-10T20:00:00Z"}""").EndsAt);
    }

    [Fact]
    public void starts_when_received_if_the_source_does_not_say()
    {
        var alert = One("""{"labels":{"a":"1"},"startsAt":"0001-01-01T00:00:00Z"}""");

        Assert.Equal((Sample.Evening, false), (alert.StartsAt, alert.StartsAtGiven));
    }

    [Theory]
    [InlineData(@"{""labels"":{""a"":""half \ud83d character""}}", "half")]
    [InlineData(@"{""labels"":{""a"":""nul \u0000 inside""}}", "nul \uFFFD inside")]
    public void reads_texts_that_are_broken_as_far_as_they_go(string element, string expected)
        => Assert.StartsWith(expected, One(element).Labels["a"], StringComparison.Ordinal);

    [Fact]
    public void reads_broken_utf8_too()
    {
        byte[] body = [.. """{"alerts":[{"labels":{"a":"caf"""u8, 0xE9, .. "\"}}]}"u8];

        using var document = JsonDocument.Parse(body);
        var alert = Assert.Single(new Alertmanager("alertmanager").Parse(document.RootElement, new SourceRequest(Sample.Prometheus, Sample.Evening, null)).Value.Alerts);

        Assert.Equal("caf\uFFFD", alert.Labels["a"]);
    }

    [Fact]
    public void deduplicates_by_group_or_labels_when_the_integration_says_so()
    {
        var byLabels = new Deduplication(DeduplicateBy.Labels, ["alertname", "cluster"]);

        Assert.Equal("group:{}:{alertname=\"DiskFull\"}", Assert.Single(Parse(Example, new Deduplication(DeduplicateBy.Group, [])).Alerts).Dedup);
        Assert.Equal("labels:alertname=DiskFull,cluster=", Assert.Single(Parse(Example, byLabels).Alerts).Dedup);
        Assert.Null(Assert.Single(Parse("""{"alerts":[{"labels":{"a":"1"}}]}""", new Deduplication(DeduplicateBy.Group, [])).Alerts).Dedup);
        Assert.Equal(64, Assert.Single(Parse("""{"groupKey":"long","alerts":[{"labels":{"a":"1"}}]}""".Replace("long", new string('k', 600), StringComparison.Ordinal), new Deduplication(DeduplicateBy.Group, [])).Alerts).Dedup!.Length);
    }

    [Fact]
    public void shows_the_links_of_grafana()
    {
        var alert = One("""{"labels":{"a":"1"},"dashboardURL":"https://g/d","panelURL":"https://g/p","silenceURL":"https://g/s","generatorURL":"javascript:alert(1)","valueString":"x","values":{"B":1}}""");

        Assert.Equal(["Dashboard", "Panel", "Silence"], alert.Links!.Select(l => l.Text));
    }

    [Theory]
    [InlineData("[]", ErrorKind.Malformed)]
    [InlineData("{}", ErrorKind.Invalid)]
    [InlineData("""{"alerts":{}}""", ErrorKind.Invalid)]
    public void is_refused_as_a_whole_only_without_a_list_of_alerts(string body, ErrorKind expected)
    {
        using var document = JsonDocument.Parse(body);

        Assert.Equal(expected, new Alertmanager("alertmanager").Parse(document.RootElement, new SourceRequest(Sample.Prometheus, Sample.Evening, null)).Error!.Kind);
    }

    private static AlertAccepted One(string element) => Assert.Single(Parse("""{"alerts":[""" + element + "]}").Alerts);

    private static Parsed Parse(string body, Deduplication? by = null)
    {
        using var document = JsonDocument.Parse(Encoding.UTF8.GetBytes(body));
        return new Alertmanager("alertmanager").Parse(document.RootElement, new SourceRequest(Sample.Prometheus with { Deduplicate = by ?? Deduplication.Fingerprint }, Sample.Evening, null)).Value;
    }
}
