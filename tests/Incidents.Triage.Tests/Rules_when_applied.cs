using Incidents.Contracts.Messages;
using Incidents.Kernel;
using Incidents.Persistence.Incidents;
using Incidents.Tests;
using Incidents.Triage.Rules;

namespace Incidents.Triage.Tests;

public sealed class Rules_when_applied
{
    [Theory]
    [InlineData("critical|page", "critical", true)]
    [InlineData("critical|page", "page", true)]
    [InlineData("critical|page", "pager", false)]
    [InlineData("critical|page", "not critical", false)]
    [InlineData("critical", "critical\n", false)]
    [InlineData(".*", "", true)]
    [InlineData("", "", true)]
    [InlineData("CRITICAL", "critical", false)]
    [InlineData("(?i:CRITICAL)", "critical", true)]
    public void match_the_whole_value(string pattern, string value, bool matches)
        => Assert.Equal(matches, Rules(Rule("r", TriageAction.Drop, ("severity", pattern))).Decide(Labels(("severity", value))).Rule is not null);

    [Fact]
    public void take_the_first_whose_patterns_all_match()
    {
        var rules = Rules(
            Rule("both", TriageAction.Drop, ("alertname", "Disk.*"), ("severity", "info")),
            Rule("disk", TriageAction.Escalate, ("alertname", "Disk.*")),
            Rule("any", TriageAction.Hold));

        Assert.Equal("both", rules.Decide(Labels(("alertname", "DiskFull"), ("severity", "info"))).Rule!.Name);
        Assert.Equal("disk", rules.Decide(Labels(("alertname", "DiskFull"))).Rule!.Name);
        Assert.Equal("any", rules.Decide(Labels()).Rule!.Name);
    }

    [Fact]
    public void take_an_absent_label_for_the_empty_text()
        => Assert.NotNull(Rules(Rule("no team", TriageAction.Drop, ("team", ""))).Decide(Labels()).Rule);

    [Theory]
    [InlineData("(")]
    [InlineData("a)(b")]
    [InlineData("(?=x)")]
    [InlineData(@"(a)\1")]
    public void pass_over_a_broken_one_and_say_so(string pattern)
    {
        var outcome = Rules(Rule("broken", TriageAction.Drop, ("severity", pattern)), Rule("next", TriageAction.Escalate)).Decide(Labels());

        Assert.Equal("next", outcome.Rule!.Name);
        Assert.Equal(["broken"], outcome.Broken);
    }

    [Fact]
    public void are_not_slowed_down_by_a_label_made_for_that()
    {
        var outcome = Rules(Rule("bait", TriageAction.Drop, ("severity", "(a+)+b"))).Decide(Labels(("severity", new string('a', 5000))));

        Assert.Null(outcome.Rule);
        Assert.Empty(outcome.Broken);
    }

    [Theory]
    [InlineData("warning", true)]
    [InlineData("info", true)]
    [InlineData("critical", false)]
    [InlineData("warnings", false)]
    [InlineData(null, false)]
    public void find_low_urgency_by_the_integration(string? severity, bool low)
        => Assert.Equal(low, Rules().IsLowUrgency(Sample.Prometheus, severity is null ? Labels() : Labels(("severity", severity))));

    [Fact]
    public void take_a_broken_urgency_for_high()
    {
        var broken = Sample.Prometheus with { LowUrgency = "(" };

        Assert.False(CompiledRules.Of(Sample.Build(null, broken)).IsLowUrgency(broken, Labels(("severity", "("))));
    }

    internal static CompiledRules Rules(params TriageRule[] rules) => CompiledRules.Of(Sample.Build(rules));

    internal static TriageRule Rule(string name, TriageAction action, params (string Label, string Pattern)[] when)
        => new(name, when.ToDictionary(w => w.Label, w => w.Pattern), action, null, null, null);

    internal static Dictionary<string, string> Labels(params (string Name, string Value)[] labels) => labels.ToDictionary(l => l.Name, l => l.Value);
}

public sealed class AlertFacts_of_an_alert
{
    private static readonly RuleOutcome NoRule = new(null, []);

    [Theory]
    [InlineData("ledger", "ledger", "")]
    [InlineData("gone", "checkout", "The service 'gone' is unknown: taken for checkout.")]
    [InlineData(null, "checkout", "")]
    public void name_the_service_by_label_else_the_default(string? label, string expected, string note)
    {
        var facts = Of(label is null ? [] : Rules_when_applied.Labels(("service", label)));

        Assert.Equal(expected, facts.Service);
        Assert.Equal(note, string.Join(' ', facts.Notes));
    }

    [Fact]
    public void say_so_when_there_is_no_service_at_all()
    {
        var lost = Sample.Prometheus with { DefaultService = null };

        var facts = Of(Rules_when_applied.Labels(("service", "gone")), integration: lost);

        Assert.Null(facts.Service);
        Assert.Contains("no default", Assert.Single(facts.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void prefer_the_service_that_the_source_named_outside_its_labels()
        => Assert.Equal("order-board", Of(Rules_when_applied.Labels(("service", "ledger")), alert => alert with { Service = "order-board" }).Service);

    [Theory]
    [InlineData(null, null, null, Severity.Sev3)]
    [InlineData("critical", null, null, Severity.Sev1)]
    [InlineData("error", null, null, Severity.Sev2)]
    [InlineData("nonsense", null, null, Severity.Sev3)]
    [InlineData("critical", Severity.Sev4, null, Severity.Sev4)]
    [InlineData("critical", Severity.Sev4, Severity.Sev2, Severity.Sev2)]
    public void take_the_severity_of_rule_then_source_then_label(string? label, Severity? source, Severity? rule, Severity expected)
    {
        var outcome = rule is null ? NoRule : new RuleOutcome(Rules_when_applied.Rule("r", TriageAction.Escalate) with { Severity = rule }, []);

        Assert.Equal(expected, Of(label is null ? [] : Rules_when_applied.Labels(("severity", label)), a => a with { Severity = source }, outcome: outcome).Severity);
    }

    [Theory]
    [InlineData(TriageAction.Escalate, "Triage rule 'r' escalates it at once.")]
    [InlineData(TriageAction.FirstLine, "Triage rule 'r' asks for first-line support, whose console is not there yet: escalated at once.")]
    [InlineData(TriageAction.Hold, "Triage rule 'r' would hold it, which is not there yet: escalated at once.")]
    public void tell_what_the_rule_did(TriageAction action, string expected)
        => Assert.Equal(expected, Assert.Single(Of([], outcome: new RuleOutcome(Rules_when_applied.Rule("r", action), [])).Notes));

    [Fact]
    public void tell_which_rules_are_broken()
        => Assert.Equal("Triage rule 'b' is broken and was passed over.", Assert.Single(Of([], outcome: new RuleOutcome(null, ["b"])).Notes));

    [Fact]
    public void carry_key_urgency_and_details()
    {
        var facts = Of(Rules_when_applied.Labels(("severity", "warning")), a => a with { Dedup = "group:x", Annotations = Rules_when_applied.Labels(("description", "More of it.")) });

        Assert.Equal(("group:x", Urgency.Low, "More of it.", "prometheus", "source"), (facts.DedupKey, facts.Urgency, facts.Details, facts.Actor, facts.Via));
    }

    private static NewIncident Of(Dictionary<string, string> labels, Func<AlertAccepted, AlertAccepted>? change = null, Integration? integration = null, RuleOutcome? outcome = null)
    {
        var alert = new AlertAccepted("prometheus", "fp", true, "Title", labels, new Dictionary<string, string>(), Sample.Evening, null, Sample.Evening);
        return AlertFacts.Of(Sample.Organisation, integration ?? Sample.Prometheus, change?.Invoke(alert) ?? alert, outcome ?? NoRule, Rules_when_applied.Rules());
    }
}
