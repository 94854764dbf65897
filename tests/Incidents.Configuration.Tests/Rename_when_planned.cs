namespace Incidents.Configuration.Tests;

public sealed class Rename_when_planned
{
    private static string Renamed => Sample.Yaml
        .Replace("login: juri,", "login: jyri, formerly: juri,", StringComparison.Ordinal)
        .Replace("lead: juri", "lead: jyri", StringComparison.Ordinal)
        .Replace("members: [juri, tiina]", "members: [jyri, tiina]", StringComparison.Ordinal)
        .Replace("people: [juri, tiina]", "people: [jyri, tiina]", StringComparison.Ordinal)
        .Replace("slots: [[juri], [tiina]]", "slots: [[jyri], [tiina]]", StringComparison.Ordinal);

    [Fact]
    public void keeps_the_identity_and_updates_who_refers_to_it()
    {
        var present = Sample.Apply(Sample.Yaml);
        var plan = Sample.Plan(Renamed, present).Value;

        Assert.Equal("update person jyri (login); update team kitchen (lead, members); update schedule kitchen (layers[daily].slots[0]); update temporary year-end stocktaking (shifts[0].people)", Sample.Describe(plan));
        Assert.Equal("juri", plan.Changes[0].Before!.Item.Name);
    }

    [Fact]
    public void is_done_once_and_means_nothing_in_an_empty_organisation()
    {
        var present = Sample.Apply(Renamed, Sample.Apply(Sample.Yaml));

        Assert.Empty(Sample.Plan(Renamed, present).Value.Changes);
        Assert.Empty(Sample.Plan(Renamed, Sample.Apply(Renamed)).Value.Changes);
    }

    [Fact]
    public void carries_overrides_along()
    {
        var renamed = Sample.Yaml
            .Replace("- name: payments\n    team", "- name: money\n    formerly: payments\n    team", StringComparison.Ordinal)
            .Replace("schedule: payments", "schedule: money", StringComparison.Ordinal)
            .Replace("qualifiedFor: [payments]", "qualifiedFor: [money]", StringComparison.Ordinal);

        var plan = Sample.Plan(renamed, Sample.Apply(Sample.Yaml)).Value;

        Assert.Contains("update override money/2026-12-24T15:00:00Z/2026-12-25T12:00:00Z/replace/maarja/ana (schedule)", Sample.Describe(plan), StringComparison.Ordinal);
        Assert.DoesNotContain("create", Sample.Describe(plan), StringComparison.Ordinal);
        Assert.DoesNotContain("delete", Sample.Describe(plan), StringComparison.Ordinal);
    }

    [Fact]
    public void is_refused_while_the_old_name_is_still_used()
    {
        Assert.Contains(Sample.Faults(Sample.With("name: ledger,", "name: ledger, formerly: reports,")), f => f.Path == "services[ledger].formerly");
        Assert.Contains(
            Sample.Faults(Sample.With("  - { name: reports, team: kitchen, pool: C, schedule: kitchen }\n", "").Replace("name: ledger,", "name: ledger, formerly: reports,", StringComparison.Ordinal), Sample.Apply(Sample.Yaml)),
            f => f.Path == "services[ledger].formerly" && f.Message.Contains("two cannot become one", StringComparison.Ordinal));
    }
}
