using Incidents.Configuration.Document;
using Incidents.Configuration.Plan;

namespace Incidents.Configuration.Tests;

public sealed class Example_document_when_applied
{
    private static string Export(IReadOnlyList<PresentItem> present) => YamlWriter.Write(Exporting.Document(present, withPay: true));

    [Fact]
    public void creates_everything_and_a_second_time_plans_nothing()
    {
        var plan = Sample.Plan(Sample.Yaml);
        var present = Sample.Apply(Sample.Yaml);

        Assert.Equal("2 calendar, 6 person, 3 team, 3 pool, 3 schedule, 1 override, 1 temporary, 1 absence, 3 policy, 5 service, 1 firstLine, 5 triage, 2 integration",
            string.Join(", ", plan.Value.Changes.GroupBy(c => c.Section.Kind).Select(g => $"{g.Count()} {g.Key}")));
        Assert.Empty(Sample.Plan(Sample.Yaml, present).Value.Changes);
    }

    [Fact]
    public void round_trips_through_its_export_with_masked_keys()
    {
        var present = Sample.Apply(Sample.Yaml);
        var export = Export(present);

        Assert.DoesNotContain("demo-prometheus-key", export, StringComparison.Ordinal);
        Assert.Empty(Sample.Plan(export, present).Value.Changes);
        Assert.Equal(export, Export(present));

        var keys = 0;
        var elsewhere = Sample.Apply(string.Join('\n', export.Split('\n').Select(l => l.Replace("'***'", $"another-key-{(l.Contains("***", StringComparison.Ordinal) ? keys++ : 0)}", StringComparison.Ordinal))));
        Assert.Equal(export, Export(elsewhere));
    }

    [Fact]
    public void does_not_care_for_comments_key_order_explicit_defaults_or_the_order_of_named_things()
    {
        var present = Sample.Apply(Sample.Yaml);
        var same = Sample.Yaml
            .Replace("  - { name: ledger, team: payments, pool: A, schedule: payments }\n", "", StringComparison.Ordinal)
            .Replace("services:\n", "services: # moved\n  - { schedule: payments, pool: A, team: payments, name: ledger, dependsOn: [] }\n", StringComparison.Ordinal)
            .Replace("eventsPerShift: 2,", "eventsPerShift: { max: 2, breach: warn },", StringComparison.Ordinal)
            .Replace("{ name: weekly, position: primary,", "{ name: weekly, level: 1, advance: elapsed, position: primary,", StringComparison.Ordinal)
            .Replace("mtta: 15m", "mtta: 900s", StringComparison.Ordinal)
            .Replace("from: 2026-12-24T15:00:00Z", "from: 2026-12-24T17:00:00+02:00", StringComparison.Ordinal)
            .Replace("rate: 80.00", "rate: 80", StringComparison.Ordinal);

        Assert.NotEqual(Sample.Yaml, same);
        Assert.Equal("", Sample.Describe(Sample.Plan(same, present) is { Error: null } plan ? plan.Value : throw new InvalidOperationException(string.Join('\n', Sample.Faults(same, present)))));
    }

    [Fact]
    public void keeps_whom_an_overloaded_shift_routes_to()
    {
        var routed = Sample.Yaml.Replace("eventsPerShift: { max: 2, breach: warn }", "eventsPerShift: { max: 2, breach: warn, route: secondary }", StringComparison.Ordinal);
        var elsewhere = Sample.Yaml.Replace("onCallShare: { max: 25, breach: warn }", "onCallShare: { max: 25, breach: warn, route: secondary }", StringComparison.Ordinal);
        var present = Sample.Apply(routed);

        Assert.Contains("route: secondary", Export(present), StringComparison.Ordinal);
        Assert.Empty(Sample.Plan(routed, present).Value.Changes);
        Assert.Equal("pools[A].limits.onCallShare.route", Assert.Single(Sample.Faults(elsewhere, present)).Path);
    }

    [Fact]
    public void leaves_absent_sections_and_deletes_absent_items()
    {
        var present = Sample.Apply(Sample.Yaml);

        Assert.Empty(Sample.Plan("version: 1", present).Value.Changes);
        Assert.Equal("delete override payments/2026-12-24T15:00:00Z/2026-12-25T12:00:00Z/replace/maarja/ana",
            Sample.Describe(Sample.Plan("version: 1\noverrides: []", present).Value));
        Assert.Equal("delete firstLine firstLine", Sample.Describe(Sample.Plan("version: 1\nfirstLine: {}", present).Value));
        Assert.Equal("teams[support].lead, teams[support].members[0], schedules[first-line].layers[desk].slots[0][0]", string.Join(", ",
            Sample.Faults(string.Join('\n', Sample.Yaml.Split('\n').Where(l => !l.Contains("login: lena", StringComparison.Ordinal))), present).Select(f => f.Path)));
    }

    [Fact]
    public void checks_a_partial_document_against_what_stays()
    {
        var present = Sample.Apply(Sample.Yaml);

        var faults = Sample.Faults("version: 1\nteams: [{ name: payments, lead: ana }]", present);

        Assert.Contains(faults, f => f is { Path: "schedules[kitchen].team", Message: "team 'kitchen' would be removed, but is still named here." });
    }

    [Theory]
    [InlineData("mtta: 5m  ", "mtta: 4m  ", "update pool A (mtta)")]
    [InlineData("breach: enforce }\n      qualified", "breach: warn }\n      qualified", "update pool A (limits.doublePrimary.breach)")]
    [InlineData("turn: 1w", "turn: 2w", "update schedule payments (layers[weekly].turn)")]
    [InlineData("[ana], [bruno], [maarja]", "[ana], [bruno]", "update schedule payments (layers[weekly].slots)")]
    [InlineData("{ name: text, kind: sms, address: \"+5511900000001\" }", "{ name: text, kind: sms, address: \"+5511900000009\" }", "update person ana (contacts[text].address)")]
    [InlineData("reason: family", "reason: travel", "update override payments/2026-12-24T15:00:00Z/2026-12-25T12:00:00Z/replace/maarja/ana (reason)")]
    [InlineData("timeout: 2s }, { page: [{ person: bruno", "timeout: 3s }, { page: [{ person: bruno", "update policy quick (levels[0].timeout)")]
    [InlineData("firstLine: { schedule: first-line }", "firstLine: { schedule: kitchen }", "update firstLine firstLine (schedule)")]
    [InlineData("key: demo-generic-key", "key: another-generic-key", "update integration scripts (key)")]
    public void names_what_differs(string old, string replacement, string expected)
        => Assert.Equal(expected, Sample.Describe(Sample.Plan(Sample.With(old, replacement), Sample.Apply(Sample.Yaml)).Value));

    [Theory]
    [InlineData("notify: { high: [{ contact: mobile }], low: [{ contact: chat }] }", "notify: { high: [] }")]
    [InlineData("notify: { high: [{ contact: mobile }], low: [{ contact: chat }] },", "")]
    [InlineData(", lastResort: { page: [{ roster: own }], every: 2s }", "")]
    [InlineData("deduplicate: fingerprint", "deduplicate: [b, a]")]
    [InlineData("levelTimeout: 2m  ", "levelTimeout: 5m  ")]
    public void exports_defaults_and_their_opposites_faithfully(string old, string replacement)
    {
        var present = Sample.Apply(Sample.With(old, replacement));

        Assert.Equal("", Sample.Describe(Sample.Plan(Export(present), present).Value));
    }

    [Fact]
    public void sees_a_triage_rule_that_moved()
    {
        const string Noise = "  - { name: noise, when: { severity: none }, do: drop }\n";
        var moved = Sample.With(Noise, "").Replace("triage:     ", "triage:     ", StringComparison.Ordinal).Replace("\nintegrations:", Noise + "\nintegrations:", StringComparison.Ordinal);
        var present = Sample.Apply(Sample.Yaml);

        Assert.Contains("update triage noise (order)", Sample.Describe(Sample.Plan(moved, present).Value), StringComparison.Ordinal);
        Assert.Empty(Sample.Plan(moved, Sample.Apply(moved, present)).Value.Changes);
    }

    [Fact]
    public void keeps_generates_or_replaces_keys()
    {
        var present = Sample.Apply(Sample.Yaml);

        Assert.Empty(Sample.Plan(Sample.With("kind: generic, key: demo-generic-key", "kind: generic"), present).Value.Changes);
        Assert.Empty(Sample.Plan(Sample.With("key: demo-generic-key", "key: '***'"), present).Value.Changes);

        var fresh = Sample.Plan(Sample.With("kind: generic, key: demo-generic-key", "kind: generic")).Value;
        Assert.Equal([new("scripts", "generated-key-of-thirty-two-char")], fresh.GeneratedKeys);
    }
}
