using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.TestKit;
using Incidents.Tests;
using TestDatabase = Incidents.TestKit.Database;

namespace Incidents.Triage.Tests;

public sealed class Followed_alerts_when_taken
{
    [Theory, EveryDatabase]
    public async Task tell_what_became_of_them_and_the_others_leave_nothing(TestDatabase database)
    {
        await using var ground = await TriageGround.PrepareAsync(database);

        var ids = await ground.Take(
            ground.Alert("a", dedup: "group") with { Followed = true }, ground.Alert("b", dedup: "group") with { Followed = true }, ground.Alert("b", dedup: "group") with { Followed = true },
            ground.Alert("quiet"), ground.Alert("unknown", firing: false) with { Followed = true }, ground.Alert("a", firing: false, dedup: "group") with { Followed = true });

        var number = (await ground.Incidents()).Single(i => i.DedupKey == "group").Number;
        var outcomes = await ground.Outcomes(ids);
        Assert.Equal(
            [new("opened", number, null), new("joined", number, null), new("repeat", number, null), null, new("resolvedUnknown", null, null), new("resolved", number, null)],
            ids.Select(outcomes.GetValueOrDefault));
    }

    [Theory, EveryDatabase]
    public async Task name_the_rule_that_dropped_them(TestDatabase database)
    {
        var rule = new TriageRule("noise", new Dictionary<string, string>(StringComparer.Ordinal) { ["team"] = "nobody" }, TriageAction.Drop, null, null, null);
        await using var ground = await TriageGround.PrepareAsync(database, Sample.Build([rule]));

        var ids = await ground.Take(ground.Alert("a", labels: new() { ["team"] = "nobody" }) with { Followed = true });

        Assert.Equal(new AlertOutcome("dropped", null, "noise"), (await ground.Outcomes(ids))[ids[0]]);
        Assert.Empty(await ground.Incidents());
    }

    [Theory, EveryDatabase]
    public async Task tell_that_they_were_parked_until_they_are_taken_after_all(TestDatabase database)
    {
        await using var ground = await TriageGround.PrepareAsync(database);
        var alert = ground.Alert("a") with { Followed = true };

        var id = await ground.Park(alert);
        var parked = await ground.Outcomes(id);
        await ground.Take(id, alert);

        Assert.Equal("parked", parked[id].Outcome);
        Assert.Equal(new AlertOutcome("joined", (await ground.Single()).Number, null), (await ground.Outcomes(id))[id]);
    }
}
