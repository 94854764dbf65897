namespace Incidents.Configuration.Tests;

public sealed class Schedule_when_it_uses_everything
{
    private const string Everything = """
        version: 1
        calendars: [{ name: c, zone: America/New_York, businessHours: { days: [mon, fri], from: "09:00", to: "17:00" }, night: { from: "22:00", to: "06:00" }, holidays: [2026-12-25] }]
        people: [{ login: ana, calendar: c }, { login: ben, zone: Europe/Tallinn }, { login: cleo }, { login: dora, qualifiedFor: [line] }]
        teams: [{ name: t, lead: ana, members: [ana, ben] }]
        pools: [{ name: A, rank: 1, mtta: 5m, policy: p, limits: { roster: { single: 8, perSite: 6, apart: 5h, breach: warn } } }]
        policies: [{ name: p, levels: [{ page: [{ schedule: line, position: secondary }, { roster: line }] }] }]
        schedules:
          - name: line
            team: t
            pool: A
            zone: America/Sao_Paulo
            layers:
              - { name: hours, start: 2026-01-05T10:00:30, turn: 12h, slots: [[ana], [], [ben, cleo]] }
              - { name: days, level: 1, zone: Australia/Lord_Howe, start: 2026-01-05T10:00, until: 2027-01-05T10:00, turn: 3d, slots: [[dora]], advance: worked-turns, windows: [{ days: [sat, sun], from: "22:00", to: "06:00" }, { from: "00:00", to: "00:00", on: holidays-and-weekends, calendar: c }, { days: [mon], from: "08:00", to: "12:30", on: workdays, calendar: c }] }
              - { name: weeks, position: secondary, level: 7, start: 2026-01-05T10:00, turn: 2w, slots: [[ana], [ben]] }
              - { name: months, start: 2026-01-31T00:00, turn: 1mo, slots: [[cleo]] }
              - { name: next, position: secondary, level: 7, zone: UTC, nextInOrderOf: weeks, until: 2028-01-01T00:00, windows: [{ from: "20:00", to: "08:00" }] }
        overrides:
          - { schedule: line, from: 2026-12-24T15:00:00.5Z, to: 2026-12-25T12:00:00Z, replace: ana, with: ben, reason: "a reason: with, signs", swap: 0198c0de-0000-7000-8000-000000000001 }
          - { schedule: line, from: 2026-12-24T15:00:00+02:00, to: 2026-12-25T12:00:00Z, position: secondary, add: cleo }
          - { schedule: line, from: 2026-12-24T15:00:00Z, to: 2026-12-25T12:00:00Z, remove: dora }
        temporarySchedules:
          - { name: empty on purpose, schedule: line, from: 2026-12-31T00:00:00Z, to: 2027-01-01T00:00:00Z, reason: closed }
          - name: fair
            schedule: line
            from: 2026-12-01T00:00:00Z
            to: 2026-12-03T00:00:00Z
            shifts:
              - { from: 2026-12-02T06:00:00Z, to: 2026-12-02T18:00:00Z, position: secondary, people: [ben] }
              - { from: 2026-12-01T06:00:00+02:00, to: 2026-12-01T18:00:00Z, people: [dora, ana] }
        absences:
          - { person: ana, from: 2027-03-14, to: 2027-03-15, reason: the day of the change is an hour short }
          - { person: ben, from: 2026-12-24, to: 2026-12-24T20:00:00Z }
          - { person: cleo, from: 2026-12-24T10:00:00+01:00, to: 2026-12-26 }
        """;

    private static string Export(string yaml) => YamlOf(Sample.Apply(yaml));

    private static string YamlOf(IReadOnlyList<Plan.PresentItem> present) => Document.YamlWriter.Write(Exporting.Document(present, withPay: true));

    [Fact]
    public void plans_nothing_for_its_own_export()
    {
        var present = Sample.Apply(Everything);
        var export = YamlOf(present);

        Assert.Equal("", Sample.Describe(Sample.Plan(export, present).Value));
        Assert.Equal("", Sample.Describe(Sample.Plan(Everything, present).Value));
        Assert.Equal(export, Export(export));
        foreach (var feature in new[] { "swap: ", "temporarySchedules:", "nextInOrderOf: weeks", "worked-turns", "1mo", "holidays-and-weekends", "position: secondary" })
            Assert.Contains(feature, export, StringComparison.Ordinal);
    }

    [Fact]
    public void writes_days_of_absence_as_instants_of_the_persons_zone()
    {
        var export = Export(Everything);

        Assert.Contains("person: ana\n    from: 2027-03-14T05:00:00Z\n    to: 2027-03-15T04:00:00Z", export, StringComparison.Ordinal);
        Assert.Contains("person: ben\n    from: 2026-12-23T22:00:00Z\n    to: 2026-12-24T20:00:00Z", export, StringComparison.Ordinal);
        Assert.Contains("person: cleo\n    from: 2026-12-24T09:00:00Z\n    to: 2026-12-26T00:00:00Z", export, StringComparison.Ordinal);
    }

    [Fact]
    public void is_renamed_with_everything_that_names_it()
    {
        var present = Sample.Apply(Everything);
        var renamed = Everything.Replace("- name: line\n", "- name: duty\n    formerly: line\n", StringComparison.Ordinal).Replace("schedule: line", "schedule: duty", StringComparison.Ordinal)
            .Replace("[line]", "[duty]", StringComparison.Ordinal).Replace("roster: line", "roster: duty", StringComparison.Ordinal)
            .Replace("login: ana,", "login: anna, formerly: ana,", StringComparison.Ordinal).Replace("lead: ana", "lead: anna", StringComparison.Ordinal).Replace("[ana", "[anna", StringComparison.Ordinal)
            .Replace(" ana]", " anna]", StringComparison.Ordinal).Replace("replace: ana", "replace: anna", StringComparison.Ordinal).Replace("person: ana", "person: anna", StringComparison.Ordinal);

        var plan = Sample.Plan(renamed, present);

        Assert.True(plan.IsOk, string.Join('\n', plan.Error?.Faults ?? []));
        Assert.All(plan.Value.Changes, c => Assert.Equal(Configuration.Plan.ChangeAction.Update, c.Action));
        Assert.Empty(Sample.Plan(YamlOf(Sample.Apply(renamed, present)), Sample.Apply(renamed, present)).Value.Changes);
    }
}
