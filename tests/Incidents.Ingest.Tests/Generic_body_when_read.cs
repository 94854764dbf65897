using System.Text.Json;
using Incidents.Contracts.Messages;
using Incidents.Ingest.Accepting;
using Incidents.Ingest.Sources;
using Incidents.Kernel;
using Incidents.Tests;

namespace Incidents.Ingest.Tests;

public sealed class Generic_body_when_read
{
    [Fact]
    public void becomes_an_accepted_alert()
    {
        var alert = Take("""
            {"summary":"Backup failed","dedupKey":"backup","status":"firing","severity":"error","service":"ledger","details":{"host":"db-1","try":3},
             "links":[{"href":"https://example.com/log","text":"Log"},{"href":"http://example.com"}],"startsAt":"2026-03-10T19:00:00Z"}
            """);

        Assert.Equal(("scripts", "backup", true, "Backup failed"), (alert.Integration, alert.Key, alert.Firing, alert.Title));
        Assert.Equal((Severity.Sev2, "ledger", true), (alert.Severity, alert.Service, alert.StartsAtGiven));
        Assert.Equal("details: host=db-1 service=ledger severity=error try=3", "details: " + string.Join(' ', alert.Labels.OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => $"{l.Key}={l.Value}")));
        Assert.Equal([new AlertLink("https://example.com/log", "Log"), new AlertLink("http://example.com", null)], alert.Links);
    }

    [Theory]
    [InlineData("critical", Severity.Sev1)]
    [InlineData("error", Severity.Sev2)]
    [InlineData("warning", Severity.Sev3)]
    [InlineData("info", Severity.Sev4)]
    [InlineData("SEV1", Severity.Sev1)]
    [InlineData("SEV4", Severity.Sev4)]
    public void knows_these_severities(string text, Severity expected) => Assert.Equal(expected, Take($$"""{"summary":"s","severity":"{{text}}"}""").Severity);

    [Fact]
    public void finds_a_key_in_the_body_the_header_or_the_content()
    {
        Assert.Equal("body", Take("""{"summary":"s","dedupKey":"body"}""", "header").Key);
        Assert.Equal("header", Take("""{"summary":"s"}""", "header").Key);
        Assert.Equal(Take("""{"summary":"s","service":"x"}""").Key, Take("""{"service":"x","summary":"s","severity":"info"}""").Key);
        Assert.NotEqual(Take("""{"summary":"s"}""").Key, Take("""{"summary":"s","service":"x"}""").Key);
        Assert.Equal(32, Take("""{"summary":"s"}""", new string('h', 600)).Key.Length);
    }

    [Fact]
    public void resolves_with_the_key_alone()
    {
        var alert = Take("""{"status":"resolved","dedupKey":"backup"}""");

        Assert.Equal((false, "backup", Sample.Evening), (alert.Firing, alert.Key, alert.EndsAt!.Value));
    }

    /// <summary>All faults at once, each with its field.</summary>
    [Theory]
    [InlineData("{}", "summary")]
    [InlineData("""{"status":"resolved","summary":"s"}""", "dedupKey")]
    [InlineData("""{"summary":"s","status":"over"}""", "status")]
    [InlineData("""{"summary":"s","severity":"loud"}""", "severity")]
    [InlineData("""{"summary":1,"severity":2}""", "severity,summary,summary")]
    [InlineData("""{"summary":"s","details":[],"links":{},"startsAt":"now"}""", "details,links,startsAt")]
    [InlineData("""{"summary":"s","links":[{"href":"ftp://x"},{"text":"y"},{"href":"https://ok"}]}""", "links[0].href,links[1].href")]
    [InlineData("""{"summary":"s","dedup_key":"x","Status":"firing"}""", "Status,dedup_key")]
    public void lists_every_fault_with_its_field(string body, string paths)
    {
        var error = Parse(body).Error!;

        Assert.Equal(400, error.Status());
        Assert.Equal(paths, string.Join(',', error.Faults.Select(f => f.Path).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void bounds_its_texts()
        => Assert.Equal("At most 512 characters.", Assert.Single(Parse($$"""{"summary":"s","dedupKey":"{{new string('k', 513)}}"}""").Error!.Faults).Message);

    private static AlertAccepted Take(string body, string? key = null) => Assert.Single(Parse(body, key).Value.Alerts);

    private static Result<Parsed> Parse(string body, string? key = null)
    {
        using var document = JsonDocument.Parse(body);
        return new Generic().Parse(document.RootElement, new SourceRequest(Sample.Scripts, Sample.Evening, key));
    }
}

public sealed class AlertJson_of_an_alert
{
    private static readonly Dictionary<string, string> Labels = new() { ["a"] = "1", ["ünï"] = "\"<&'\u2028\u0001é🔥" };

    public static TheoryData<AlertAccepted> Alerts { get; } =
    [
        new AlertAccepted("i", "k", true, "t", Labels, new Dictionary<string, string>(), Sample.Evening, null, Sample.Evening),
        new AlertAccepted("i", "k", false, "t\n", new Dictionary<string, string>(), Labels, Sample.Evening + Duration.FromTicks(12340), Sample.Evening, Sample.Evening,
            "d", "s", Severity.Sev4, [new AlertLink("https://x", null), new AlertLink("https://y", "Y")], "details", false, "note"),
        new AlertAccepted("i", "k", true, "t", Labels, Labels, Instant.FromUtc(2026, 12, 31, 23, 59, 59), null, Sample.Evening, Links: []),
    ];

    [Theory, MemberData(nameof(Alerts))]
    public void equals_that_of_the_shared_serializer(AlertAccepted alert)
        => Assert.Equal(JsonSerializer.Serialize(alert, Json.Options), System.Text.Encoding.UTF8.GetString(AlertJson.Serialize(alert)));
}

public sealed class Texts_from_outside
{
    [Theory]
    [InlineData("plain", 10, "plain")]
    [InlineData("plain", 3, "pla")]
    [InlineData("ab\U0001F525", 4, "ab\U0001F525")]
    [InlineData("ab\U0001F525", 3, "ab")]
    [InlineData("nul\0", 10, "nul\uFFFD")]
    [InlineData("", 10, "")]
    public void are_cut_and_cleaned_by_whole_characters(string text, int max, string expected) => Assert.Equal(expected, Texts.Clean(text, max));

    [Fact]
    public void lose_half_characters()
    {
        Assert.Equal("\uFFFDx", Texts.Clean("\ud83dx"));
        Assert.Equal("x\uFFFD", Texts.Clean("x\udd25"));
        Assert.Equal("\uFFFD\U0001F525", Texts.Clean("\ud83d\U0001F525"));
    }
}
