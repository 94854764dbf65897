using Incidents.Kernel;
using Incidents.Persistence.Incidents;
using Incidents.TestKit;
using Incidents.Tests;
using TestDatabase = Incidents.TestKit.Database;

namespace Incidents.Triage.Tests;

public sealed class Triage_of_alerts
{
    private static readonly Instant Later = Sample.Evening + Duration.FromMinutes(30);

    [Theory, EveryDatabase]
    public async Task opens_one_incident_however_many_transactions_take_the_key_at_once(TestDatabase database)
    {
        await using var ground = await TriageGround.PrepareAsync(database);

        await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => ground.Take(ground.Alert("same"), ground.Alert($"other{i % 3}"), ground.Alert("same")))));

        var incidents = await ground.Incidents();
        Assert.Equal(["other0", "other1", "other2", "same"], incidents.Select(i => i.DedupKey).Order(StringComparer.Ordinal));
        Assert.All(incidents, i => Assert.Equal(1, i.AlertCount));
        var one = incidents.Single(i => i.DedupKey == "same");
        Assert.Equal((IncidentStatus.Triggered, 0, "ana"), (one.Status, one.Level, one.Reachable));
        Assert.Equal([TimelineKinds.Opened, TimelineKinds.LevelStarted], await ground.Timeline(one.Number));
    }

    [Theory, EveryDatabase]
    public async Task opens_nothing_for_a_resolution_that_comes_before_its_firing(TestDatabase database)
    {
        await using var ground = await TriageGround.PrepareAsync(database);

        await ground.Take(ground.Alert("a", firing: false));
        await ground.Take(ground.Alert("a"));
        await ground.Take(ground.Alert("b", firing: false), ground.Alert("b"));

        Assert.Empty(await ground.Incidents());
    }

    [Theory, EveryDatabase]
    public async Task resolves_when_the_source_does_and_opens_a_new_one_for_a_new_episode(TestDatabase database)
    {
        await using var ground = await TriageGround.PrepareAsync(database);

        await ground.Take(ground.Alert("a"));
        await ground.Take(ground.Alert("a"), ground.Alert("a"));
        await ground.Take(ground.Alert("a", firing: false));
        await ground.Take(ground.Alert("a"), ground.Alert("a", firing: false));
        await ground.Take(ground.Alert("a", startsAt: Later));

        var incidents = await ground.Incidents();
        Assert.Equal([IncidentStatus.Resolved, IncidentStatus.Triggered], incidents.Select(i => i.Status));
        Assert.Equal("prometheus", incidents[0].ResolvedBy);
        Assert.Equal([TimelineKinds.Opened, TimelineKinds.LevelStarted, TimelineKinds.AlertResolved, TimelineKinds.Resolved], await ground.Timeline(incidents[0].Number));
        Assert.Equal("resolved", Assert.Single(await ground.Alerts(incidents[0].Number)).Status);
        Assert.Equal("firing", Assert.Single(await ground.Alerts(incidents[1].Number)).Status);
    }

    [Theory, EveryDatabase]
    public async Task ignores_copies_of_an_episode_that_a_newer_one_has_replaced(TestDatabase database)
    {
        await using var ground = await TriageGround.PrepareAsync(database);
        await ground.Take(ground.Alert("a", startsAt: Later));

        await ground.Take(ground.Alert("a", firing: false));
        await ground.Take(ground.Alert("a"));

        var incident = await ground.Single();
        Assert.Equal((IncidentStatus.Triggered, 1), (incident.Status, incident.AlertCount));
    }

    [Theory, EveryDatabase]
    public async Task reopens_what_was_resolved_by_hand_when_the_same_episode_goes_on_for_five_minutes(TestDatabase database)
    {
        await using var ground = await TriageGround.PrepareAsync(database);
        await ground.Take(ground.Alert("a"));
        await ground.Resolve((await ground.Single()).Id);

        ground.Time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
        await ground.Take(ground.Alert("a"));
        var before = await ground.Single();
        ground.Time.Advance(TimeSpan.FromSeconds(1));
        await ground.Take(ground.Alert("a"));
        var after = await ground.Single();

        Assert.Equal(IncidentStatus.Resolved, before.Status);
        Assert.Equal((IncidentStatus.Triggered, 0, "ana"), (after.Status, after.Level, after.Reachable));
        Assert.Equal(before.Episode + 1, after.Episode);
        Assert.Equal([TimelineKinds.Opened, TimelineKinds.LevelStarted, TimelineKinds.Resolved, TimelineKinds.Reopened, TimelineKinds.LevelStarted], await ground.Timeline(after.Number));
    }

    [Theory, EveryDatabase]
    public async Task stays_resolved_by_hand_when_the_source_agrees_later(TestDatabase database)
    {
        await using var ground = await TriageGround.PrepareAsync(database);
        await ground.Take(ground.Alert("a"));
        await ground.Resolve((await ground.Single()).Id);

        ground.Time.Advance(TimeSpan.FromMinutes(10));
        await ground.Take(ground.Alert("a", firing: false));
        await ground.Take(ground.Alert("a"));

        Assert.Equal(("ana", IncidentStatus.Resolved), ((await ground.Single()).ResolvedBy, (await ground.Single()).Status));
    }

    [Theory, EveryDatabase]
    public async Task joins_alerts_of_one_group_and_resolves_with_the_last_of_them(TestDatabase database)
    {
        await using var ground = await TriageGround.PrepareAsync(database);

        await ground.Take(ground.Alert("a", dedup: "group:db"), ground.Alert("b", dedup: "group:db"));
        await ground.Take(ground.Alert("c", dedup: "group:db"));
        await ground.Take(ground.Alert("a", firing: false, dedup: "group:db"), ground.Alert("b", firing: false, dedup: "group:db"));
        var open = await ground.Single();
        await ground.Take(ground.Alert("a", startsAt: Later, dedup: "group:db"));
        await ground.Take(ground.Alert("c", firing: false, dedup: "group:db"));
        var stillOpen = await ground.Single();
        await ground.Take(ground.Alert("a", firing: false, startsAt: Later, dedup: "group:db"));

        Assert.Equal((IncidentStatus.Triggered, 3, "group:db"), (open.Status, open.AlertCount, open.DedupKey));
        Assert.Equal(IncidentStatus.Triggered, stillOpen.Status);
        Assert.Equal(IncidentStatus.Resolved, (await ground.Single()).Status);
        Assert.Equal(["a", "b", "c"], (await ground.Alerts(open.Number)).Select(a => a.Key).Order(StringComparer.Ordinal));
    }

    [Theory, EveryDatabase]
    public async Task keeps_keys_of_different_integrations_apart(TestDatabase database)
    {
        await using var ground = await TriageGround.PrepareAsync(database);

        await ground.Take(ground.Alert("a"), ground.Alert("a", integration: "scripts"));

        Assert.Equal(["prometheus", "scripts"], (await ground.Incidents()).Select(i => i.Integration).Order(StringComparer.Ordinal));
    }

    [Theory, EveryDatabase]
    public async Task follows_the_order_of_acceptance_when_the_source_gives_no_start(TestDatabase database)
    {
        await using var ground = await TriageGround.PrepareAsync(database);

        await ground.Take(ground.Alert("a", given: false));
        await ground.Take(ground.Alert("a", firing: false, startsAt: Later, given: false));
        await ground.Take(ground.Alert("a", startsAt: Later, given: false));

        Assert.Equal([IncidentStatus.Resolved, IncidentStatus.Triggered], (await ground.Incidents()).Select(i => i.Status));
    }

    [Theory, EveryDatabase]
    public async Task drops_records_heartbeats_and_escalates_by_rule(TestDatabase database)
    {
        await using var ground = await TriageGround.PrepareAsync(database, Sample.Build(
        [
            Rules_when_applied.Rule("watchdog", TriageAction.Heartbeat, ("alertname", "Watchdog")),
            Rules_when_applied.Rule("noise", TriageAction.Drop, ("severity", "none")),
            Rules_when_applied.Rule("broken", TriageAction.Drop, ("severity", "(")),
            Rules_when_applied.Rule("straight on", TriageAction.Escalate, ("severity", "critical")) with { Severity = Severity.Sev1 },
        ]));

        await ground.Take(
            ground.Alert("hb", labels: Rules_when_applied.Labels(("alertname", "Watchdog"))),
            ground.Alert("noise", labels: Rules_when_applied.Labels(("severity", "none"))),
            ground.Alert("bad", labels: Rules_when_applied.Labels(("severity", "critical"))));
        await ground.Take(ground.Alert("hb", labels: Rules_when_applied.Labels(("alertname", "Watchdog"))), ground.Alert("noise", firing: false, labels: Rules_when_applied.Labels(("severity", "none"))));

        var incident = await ground.Single();
        Assert.Equal(("bad", Severity.Sev1), (incident.DedupKey, incident.Severity));
        Assert.Equal([TimelineKinds.Opened, TimelineKinds.Triaged, TimelineKinds.Triaged, TimelineKinds.LevelStarted], await ground.Timeline(incident.Number));
    }

    [Theory, EveryDatabase]
    public async Task takes_a_flap_within_one_batch_for_one_incident_with_a_clean_timeline(TestDatabase database)
    {
        await using var ground = await TriageGround.PrepareAsync(database);

        await ground.Take(ground.Alert("a"), ground.Alert("a", firing: false), ground.Alert("a", startsAt: Later));

        var incident = await ground.Single();
        Assert.Equal((IncidentStatus.Triggered, 1), (incident.Status, incident.AlertCount));
        Assert.Empty(await ground.Timeline(0));
    }

    [Theory, EveryDatabase]
    public async Task survives_texts_that_a_database_would_refuse(TestDatabase database)
    {
        await using var ground = await TriageGround.PrepareAsync(database);
        var title = new string('x', 999) + "\U0001F525 fire";

        await ground.Take(ground.Alert("a") with { Title = title, Details = "half \ud83d and nul \0" });

        Assert.Equal(new string('x', 999), (await ground.Single()).Title);
    }

    [Theory, EveryDatabase]
    public async Task never_lets_a_parked_alert_be_silent_nor_opens_twice_for_it(TestDatabase database)
    {
        await using var ground = await TriageGround.PrepareAsync(database);

        await ground.Park(ground.Alert("a"));
        await ground.Park(ground.Alert("a"));
        await ground.Take(ground.Alert("a"));
        await ground.Park(ground.Alert("gone", firing: false));

        var incident = await ground.Single();
        Assert.Equal(("checkout", "a", IncidentStatus.Triggered, 1), (incident.Service, incident.DedupKey, incident.Status, incident.AlertCount));
        Assert.Equal([TimelineKinds.Opened, TimelineKinds.Triaged, TimelineKinds.LevelStarted, TimelineKinds.Parked, TimelineKinds.AlertJoined], await ground.Timeline(incident.Number));
    }
}
