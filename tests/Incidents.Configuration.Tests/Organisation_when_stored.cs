using Incidents.Contracts.Organisation;
using Incidents.Kernel;
using Incidents.TestKit;
using NodaTime;

namespace Incidents.Configuration.Tests;

public sealed class Organisation_when_stored
{
    private const string Team = "version: 1\nteams: [{ name: t, lead: ana, members: [ana, ben] }]\npeople: [{ login: ana }, { login: ben }]\npools: [{ name: A, rank: 1, mtta: 5m, policy: p }]\npolicies: [{ name: p, levels: [{ page: [{ person: ana }] }] }]\n";

    private static string Rotation(string slots, string overrides = "[]")
        => $"{Team}schedules: [{{ name: s, team: t, pool: A, zone: UTC, layers: [{{ name: l, start: 2026-01-05T00:00, turn: 1d, slots: {slots} }}] }}]\noverrides: {overrides}\n";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [EveryDatabase]
    public async Task applies_the_example_once(Database database)
    {
        await using var installation = await Installation.Create(database);

        Assert.True(await installation.Services.LoadDemoOrganisation(Cancel));
        Assert.False(await installation.Services.LoadDemoOrganisation(Cancel));
        Assert.Empty((await installation.Apply(Sample.Yaml)).Changes);

        var now = installation.Now;
        Assert.Equal(1, now.Version);
        Assert.Equal(["juri", "tiina"], now.Schedules["kitchen"].Layers[0].Slots.SelectMany(s => s));
        Assert.Equal(["watchdog is a heartbeat", "noise", "flapping disks", "warnings go to a person first", "critical goes straight on"], now.TriageRules.Select(r => r.Name));
        Assert.Equal("bruno", now.PeopleByPhone["+5511900000002"]);
        Assert.Equal("prometheus", now.IntegrationsByKey["demo-prometheus-key"].Name);
        Assert.Equal("first-line", now.FirstLineSchedule);
        Assert.Equal(Duration.FromMinutes(30), now.Pools["C"].EffectiveLevelTimeout);
        Assert.Equal(5, now.Schedules["payments"].Layers[2].Level);
        Assert.Equal(new OverrideView(OverrideKind.Replace, "maarja", "ana", "system"), OverrideView.Of(now.Overrides["payments"].Single()));
        Assert.Equal(Instant.FromUnixTimeSeconds(0), now.ScheduleHistory["payments"].Single().From);
    }

    private sealed record OverrideView(OverrideKind Kind, string Person, string? With, string? Author)
    {
        public static OverrideView Of(Override o) => new(o.Kind, o.Person, o.With, o.Author);
    }

    [Fact]
    public async Task is_unchanged_by_a_dry_run_or_faults()
    {
        await using var installation = await Installation.Create();
        await installation.Apply(Sample.Yaml);

        Assert.Single((await installation.Try(Sample.With("mtta: 5m  ", "mtta: 4m  "), dryRun: true)).Value.Plan.Changes);
        Assert.Equal(ErrorKind.Invalid, (await installation.Try(Sample.With("mtta: 5m  ", "mtta: 0m  "))).Error?.Kind);
        Assert.Equal(ErrorKind.Stale, (await installation.Try(Sample.With("mtta: 5m  ", "mtta: 4m  "), expected: 7)).Error?.Kind);

        Assert.Empty((await installation.Apply(Sample.Yaml)).Changes);
        Assert.Equal(1, (await installation.Cache.Fresh(Cancel)).Version);
    }

    [Theory]
    [EveryDatabase]
    public async Task closes_versions_of_a_schedule_and_never_rewrites_them(Database database)
    {
        await using var installation = await Installation.Create(database);
        var first = Instant.FromUtc(2026, 11, 21, 12, 0);
        await installation.Apply(Rotation("[[ana], [ben]]"));
        installation.Time.Advance(TimeSpan.FromHours(1));
        await installation.Apply(Rotation("[[ben]]"));
        installation.Time.Advance(TimeSpan.FromHours(1));
        await installation.Apply(Rotation("[[ben], [ana]]"), effective: first + Duration.FromHours(10));

        Assert.Equal(["1970-01-01T00:00:00Z..2026-11-21T13:00:00Z ana+ben", "2026-11-21T13:00:00Z..2026-11-21T22:00:00Z ben", "2026-11-21T22:00:00Z.. ben+ana"], History(installation));

        // Before the third came into force a fourth takes its place at once.
        await installation.Apply(Rotation("[[ana]]"));
        Assert.Equal(["1970-01-01T00:00:00Z..2026-11-21T13:00:00Z ana+ben", "2026-11-21T13:00:00Z..2026-11-21T14:00:00Z ben", "2026-11-21T14:00:00Z.. ana"], History(installation));

        // Deleted and created again: the time between stays empty, and both are known by one name.
        installation.Time.Advance(TimeSpan.FromHours(1));
        await installation.Apply("version: 1\nschedules: []");
        installation.Time.Advance(TimeSpan.FromHours(1));
        await installation.Apply(Rotation("[[ben]]"));
        Assert.Equal(["2026-11-21T14:00:00Z..2026-11-21T15:00:00Z ana", "2026-11-21T16:00:00Z.. ben"], History(installation)[^2..]);

        Assert.Equal("effective", (await installation.Try(Rotation("[[ana]]"), effective: first)).Error?.Faults[0].Path);
    }

    [Fact]
    public async Task carries_the_history_of_a_renamed_schedule()
    {
        await using var installation = await Installation.Create();
        await installation.Apply(Rotation("[[ana]]"));
        installation.Time.Advance(TimeSpan.FromHours(1));
        await installation.Apply(Rotation("[[ana]]").Replace("name: s,", "name: line, formerly: s,", StringComparison.Ordinal));

        Assert.Equal(["line"], installation.Now.ScheduleHistory.Keys);
        Assert.Equal(["line", "line"], installation.Now.ScheduleHistory["line"].Select(v => v.Schedule.Name));
    }

    [Fact]
    public async Task begins_a_version_of_a_schedule_when_the_calendar_of_its_windows_changes()
    {
        await using var installation = await Installation.Create();
        string With(string holidays) => Rotation("[[ana]]").Replace("slots: [[ana]]", "slots: [[ana]], windows: [{ from: \"09:00\", to: \"17:00\", on: workdays, calendar: c }]", StringComparison.Ordinal)
            + $"calendars: [{{ name: c, zone: UTC, businessHours: {{ days: [mon, tue, wed, thu, fri], from: \"09:00\", to: \"17:00\" }}, holidays: {holidays} }}]\n";
        await installation.Apply(With("[2026-01-01]"));
        Assert.Null(Assert.Single(installation.Now.ScheduleHistory["s"]).Calendars);

        installation.Time.Advance(TimeSpan.FromHours(1));
        var change = (await installation.Cache.Fresh(Cancel)).Version;
        await installation.Apply(With("[]"));

        var versions = installation.Now.ScheduleHistory["s"];
        Assert.Equal([1, 0], versions.Select(v => v.Calendars!["c"].Holidays.Count));
        Assert.Equal(versions[0].To, versions[1].From);
        Assert.Null(versions[1].To);
        Assert.Equal(change + 1, installation.Now.Version);
    }

    [Fact]
    public async Task keeps_what_an_override_did_before_it_was_taken_away_or_changed()
    {
        await using var installation = await Installation.Create();
        const string Given = "[{ schedule: s, from: 2026-11-21T10:00:00Z, to: 2026-11-21T20:00:00Z, replace: ana, with: ben, reason: x }]";
        await installation.Apply(Rotation("[[ana]]", Given));
        Assert.Equal(["10:00-20:00 Primary x"], Overrides(installation));

        installation.Time.Advance(TimeSpan.FromHours(1));
        await installation.Apply(Rotation("[[ana]]", Given.Replace("reason: x", "reason: y", StringComparison.Ordinal)));
        Assert.Equal(["10:00-20:00 Primary y"], Overrides(installation));

        await installation.Apply(Rotation("[[ana]]", Given.Replace("reason: x", "position: secondary", StringComparison.Ordinal)));
        Assert.Equal(["10:00-13:00 Primary y", "13:00-20:00 Secondary "], Overrides(installation).Order());

        installation.Time.Advance(TimeSpan.FromHours(1));
        await installation.Apply(Rotation("[[ana]]"));
        Assert.Equal(["10:00-13:00 Primary y", "13:00-14:00 Secondary "], Overrides(installation).Order());
    }

    [Theory]
    [EveryDatabase]
    public async Task reaches_other_processes_within_a_second(Database database)
    {
        await using var installation = await Installation.Create(database);
        await using var other = installation.Other();
        using var watch = ActivatorUtilities(other);
        await watch.StartAsync(Cancel);
        Assert.Equal(0, other.Now.Version);

        await installation.Apply(Sample.Yaml);
        Assert.Equal(1, installation.Now.Version);
        Assert.Equal(0, other.Now.Version);
        Assert.Equal(1, (await installation.Other().Cache.AtLeast(1, Cancel)).Version);

        await Eventually.True(() => other.Time.TimerCount > 0, "the watch waits", cancel: Cancel);
        other.Time.Advance(TimeSpan.FromSeconds(1));
        await Eventually.True(() => other.Now.Version == 1, "the change has arrived", cancel: Cancel);
        await watch.StopAsync(Cancel);
    }

    [Theory]
    [EveryDatabase]
    public async Task survives_applies_that_race(Database database)
    {
        await using var installation = await Installation.Create(database);
        await installation.Apply(Sample.Yaml);

        var outcomes = await Task.WhenAll(Enumerable.Range(1, 8).Select(i => installation.Try(Sample.With("mtta: 5m  ", $"mtta: {10 + i}m  "))));

        Assert.All(outcomes, o => Assert.Single(o.Value.Plan.Changes));
        Assert.Equal(9, (await installation.Cache.Fresh(Cancel)).Version);
    }

    private static Storage.OrganisationWatch ActivatorUtilities(Installation installation)
        => Microsoft.Extensions.DependencyInjection.ActivatorUtilities.CreateInstance<Storage.OrganisationWatch>(installation.Services);

    private static List<string> History(Installation installation) => [.. installation.Now.ScheduleHistory["s"].Select(v =>
        $"{v.From}..{v.To} {string.Join('+', v.Schedule.Layers[0].Slots.SelectMany(s => s))}")];

    private static List<string> Overrides(Installation installation) => [.. installation.Now.Overrides["s"].Select(o =>
        $"{o.From.InUtc().TimeOfDay:HH:mm}-{o.To.InUtc().TimeOfDay:HH:mm} {o.Position} {o.Reason}")];

    [Theory]
    [EveryDatabase]
    public async Task keeps_what_was_known_of_people_pools_and_schedules_under_names_that_are_gone(Database database)
    {
        const string before = "version: 1\nteams: [{ name: t, members: [ana, ben] }]\npeople: [{ login: ana, zone: Europe/Tallinn, pay: [{ from: 2026-01-01, rate: 30, currency: EUR }] }, { login: ben }]\n"
            + "pools: [{ name: A, rank: 1, mtta: 5m, pay: [{ from: 2026-01-01, standby: 1.5, secondary: 0.5, work: 2, increment: 15m, classes: { business: 1, offHours: 1, night: 1, weekend: 1, holiday: 1 } }] }]\n"
            + "schedules: [{ name: s, team: t, pool: A, zone: UTC, layers: [{ name: l, start: 2026-01-05T00:00, turn: 1d, slots: [[ben]] }] }]\n";
        await using var installation = await Installation.Create(database);
        await installation.Apply(before);
        Assert.Empty((await installation.Apply(before)).Changes);

        await installation.Apply("version: 1\nteams: [{ name: t, members: [benno] }]\npeople: [{ login: benno, formerly: ben }]\npools: [{ name: Gold, formerly: A, rank: 1, mtta: 5m }]\n"
            + "schedules: [{ name: duty, formerly: s, team: t, pool: Gold, zone: UTC, layers: [{ name: l, start: 2026-01-05T00:00, turn: 1d, slots: [[benno]] }] }]\n");
        var now = installation.Now;

        Assert.Equal(30m, now.FormerPeople["ana"].Pay.Single().Rate);
        Assert.Equal("benno", now.FormerPeople["ben"].Login);
        Assert.Equal(2, now.FormerPeople.Count);
        Assert.Equal("Gold", Assert.Single(now.FormerPools).Value.Name);
        Assert.Equal("duty", now.FormerSchedules["s"]);
        Assert.False(now.People.ContainsKey("ana"));
    }
}
