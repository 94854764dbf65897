using System.Text.Json;
using Incidents.Contracts.Seams;
using Incidents.Persistence.Incidents;
using Incidents.Scheduling.Limits;
using Incidents.Scheduling.Limits.Nightly;
using Incidents.Scheduling.Overload;
using Incidents.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Incidents.Scheduling.Tests.Limits;

/// <summary>On both databases and over HTTP. Monday 4 January 2027, 08:00 UTC: ana is primary of duty, bruno follows; nobody on 18–25 January.</summary>
public class Limits_api
{
    private const string Now = "2027-01-04T08:00Z";

    private static Staff Crew(OverloadRoute route = OverloadRoute.Primary) => new Staff()
        .Pool(PoolLimits.None with { EventsPerShift = new CountLimit(2, Breach.Warn, route), Qualified = Breach.Enforce })
        .People("ana, bruno, lead", "UTC").Schedule("duty", "A", "UTC", Given.Layer("weekly", "2027-01-04T00:00", "1w", "ana, bruno, -"), Given.NextInOrderOf("weekly"));

    [Theory, EveryDatabase]
    public async Task shows_findings_and_lets_managers_waive_them(Database database)
    {
        await using var host = await LimitsHost.Start(database, Crew().Build(), Now);
        var all = await host.Get("/api/v1/limits/findings?rule=uncovered");
        var first = all.GetProperty("items")[0];

        Assert.Equal(
            ("uncovered", "warn", "duty", "2027-01-18T00:00:00Z", "2027-01-25T00:00:00Z", 168m, "hours"),
            (first.Text("rule"), first.Text("severity"), first.Text("schedule"), first.Text("from"), first.Text("to"), first.GetProperty("numbers").GetProperty("measured").GetDecimal(), first.GetProperty("numbers").Text("unit")));
        Assert.False(first.TryGetProperty("waived", out var not) && not.ValueKind != JsonValueKind.Null);

        await host.Send(HttpMethod.Post, "/api/v1/limits/waivers", new { rule = "uncovered", subject = first.Text("fingerprint"), reason = "office is closed" }, 403, "Responder");
        await host.Send(HttpMethod.Post, "/api/v1/limits/waivers", new { rule = "gap", subject = "", reason = "", until = "2027-01-01T00:00:00Z" }, 422);
        var waiver = await host.Send(HttpMethod.Post, "/api/v1/limits/waivers", new { rule = "uncovered", subject = first.Text("fingerprint"), reason = "office is closed" }, 201);
        var after = (await host.Get("/api/v1/limits/findings?rule=uncovered&schedule=duty")).GetProperty("items");

        Assert.Equal(("office is closed", "lead"), (after[0].GetProperty("waived").Text("reason"), after[0].GetProperty("waived").Text("by")));
        Assert.All(after.EnumerateArray().Skip(1), f => Assert.Equal(JsonValueKind.Null, f.GetProperty("waived").ValueKind));

        await host.Send(HttpMethod.Delete, $"/api/v1/limits/waivers/{waiver.Text("id")}", null, 204);
        Assert.Equal(JsonValueKind.Null, (await host.Get("/api/v1/limits/findings?rule=uncovered")).GetProperty("items")[0].GetProperty("waived").ValueKind);
        Assert.Equal(0, (await host.Get("/api/v1/limits/waivers")).GetProperty("items").GetArrayLength());
        Assert.Equal("lead", (await host.Get("/api/v1/limits/waivers?ended=true")).GetProperty("items")[0].Text("endedBy"));
        await host.Send(HttpMethod.Delete, $"/api/v1/limits/waivers/{Guid.NewGuid()}", null, 404);
    }

    [Theory]
    [InlineData("/api/v1/limits/findings?schedule=nowhere", "schedule")]
    [InlineData("/api/v1/limits/findings?rule=gap", "rule")]
    [InlineData("/api/v1/limits/findings?person=nobody", "person")]
    [InlineData("/api/v1/limits/findings?from=2027-01-04T00:00:00Z&to=2029-01-04T00:00:00Z", "to")]
    [InlineData("/api/v1/limits/load?pool=Z", "pool")]
    [InlineData("/api/v1/fairness?team=nobody", "team")]
    [InlineData("/api/v1/fairness?from=2027-01-04T00:00:00Z&to=2027-01-04T00:00:00Z", "to")]
    public async Task names_the_parameter_that_is_wrong(string path, string field)
    {
        await using var host = await LimitsHost.Start(Database.Sqlite, Crew().Build(), Now);

        Assert.Equal(field, (await host.Get(path, 422)).GetProperty("errors")[0].Text("path"));
    }

    [Theory, EveryDatabase]
    public async Task pages_through_findings(Database database)
    {
        await using var host = await LimitsHost.Start(database, Crew().Build(), Now);
        var whole = (await host.Get("/api/v1/limits/findings")).GetProperty("items").EnumerateArray().Select(f => f.Text("fingerprint")).ToArray();
        var seen = new List<string>();
        for (var cursor = "0"; cursor is not null;)
        {
            var page = await host.Get($"/api/v1/limits/findings?limit=2&cursor={cursor}");
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(f => f.Text("fingerprint")));
            cursor = page.GetProperty("nextCursor").GetString();
        }

        Assert.True(whole.Length > 2);
        Assert.Equal(whole, seen);
    }

    [Theory, EveryDatabase]
    public async Task counts_events_of_shifts_marks_the_third_and_tells_the_lead_once(Database database)
    {
        await using var host = await LimitsHost.Start(database, Crew(OverloadRoute.Secondary).Build(), Now);
        var counter = host.Services.GetRequiredService<DutyEventCounter>();
        var load = host.Services.GetRequiredService<ShiftLoads>();
        var one = await host.Incident("2027-01-04T01:00Z", (TimelineKinds.PageSent, "ana", "2027-01-04T01:00Z"), (TimelineKinds.Delivered, "ana", "2027-01-04T01:00Z"), (TimelineKinds.Acknowledged, "ana", "2027-01-04T01:01Z"));
        var two = await host.Incident("2027-01-04T02:00Z", (TimelineKinds.Acknowledged, "ana", "2027-01-04T02:01Z"), (TimelineKinds.PageSent, "lead", "2027-01-04T02:01Z"));
        bool Diverts(Guid incident) => load.GoesToSecondary(host.Current, "duty", "ana", incident, Given.At(Now));

        Assert.False(Diverts(Guid.Empty));
        Assert.Equal(2, await counter.Count([one, two], TestContext.Current.CancellationToken));
        Assert.Equal(0, await counter.Count([one, two], TestContext.Current.CancellationToken));
        await load.Refresh(TestContext.Current.CancellationToken);
        Assert.True(Diverts(Guid.Empty));
        Assert.False(Diverts(await Id(host, two)));
        Assert.Empty(await host.Notices());

        var three = await host.Incident("2027-01-04T03:00Z", (TimelineKinds.PageSent, "ana", "2027-01-04T03:00Z"));
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => counter.Count([one, two, three], TestContext.Current.CancellationToken)));

        var shift = (await host.Get("/api/v1/limits/load?person=ana")).GetProperty("items")[0];
        Assert.Equal((3, 2m, true), (shift.GetProperty("events").GetInt32(), shift.GetProperty("max").GetDecimal(), shift.GetProperty("overloaded").GetBoolean()));
        var notice = Assert.Single(await host.Notices());
        Assert.Equal(("lead", "overload", "ana is overloaded on duty"), (notice.Person, notice.Kind, notice.Subject));
        await using var db = host.Context();
        Assert.Equal([three], await db.Timeline.Where(t => t.Kind == TimelineKinds.Overloaded).Select(t => t.Incident).ToListAsync(TestContext.Current.CancellationToken));
        Assert.Equal("eventsPerShift", (await host.Get("/api/v1/limits/findings?rule=eventsPerShift")).GetProperty("items")[0].Text("rule"));
        Assert.Equal(3, (await host.Get("/api/v1/fairness?from=2027-01-04T00:00:00Z&to=2027-01-05T00:00:00Z")).GetProperty("items")[0].GetProperty("pages").GetInt32());
    }

    [Theory, EveryDatabase]
    public async Task marks_a_shift_whose_third_event_went_to_the_secondary(Database database)
    {
        await using var host = await LimitsHost.Start(database, Crew(OverloadRoute.Secondary).Build(), Now);
        var counter = host.Services.GetRequiredService<DutyEventCounter>();
        var one = await host.Incident("2027-01-04T01:00Z", (TimelineKinds.PageSent, "ana", "2027-01-04T01:00Z"));
        var diverted = await host.Incident("2027-01-04T03:00Z", (TimelineKinds.Overloaded, "ana", "2027-01-04T03:00Z"), (TimelineKinds.PageSent, "bruno", "2027-01-04T03:00Z"));

        await counter.Count([one, diverted], TestContext.Current.CancellationToken);
        await counter.Count([one, diverted], TestContext.Current.CancellationToken);

        Assert.Equal("ana is overloaded on duty", Assert.Single(await host.Notices()).Subject);
        var loads = (await host.Get("/api/v1/limits/load")).GetProperty("items").EnumerateArray().ToDictionary(i => i.Text("person"), i => i.GetProperty("events").GetInt32());
        Assert.Equal((1, 1), (loads["ana"], loads["bruno"]));
    }

    [Fact]
    public async Task pages_as_usual_when_counters_were_not_read_for_long()
    {
        await using var host = await LimitsHost.Start(Database.Sqlite, Crew(OverloadRoute.Secondary).Build(), Now);
        var load = host.Services.GetRequiredService<ShiftLoads>();
        long[] incidents = [await host.Incident("2027-01-04T01:00Z", (TimelineKinds.PageSent, "ana", "2027-01-04T01:00Z")), await host.Incident("2027-01-04T01:00Z", (TimelineKinds.PageSent, "ana", "2027-01-04T01:00Z"))];
        await host.Services.GetRequiredService<DutyEventCounter>().Count(incidents, TestContext.Current.CancellationToken);
        await load.Refresh(TestContext.Current.CancellationToken);

        Assert.True(load.GoesToSecondary(host.Current, "duty", "ana", Guid.Empty, Given.At("2027-01-04T08:02Z")));
        Assert.False(load.GoesToSecondary(host.Current, "duty", "ana", Guid.Empty, Given.At("2027-01-04T08:03Z")));
        Assert.False(load.GoesToSecondary(Crew().Build(), "duty", "ana", Guid.Empty, Given.At(Now)));
    }

    [Theory, EveryDatabase]
    public async Task tells_the_lead_each_night_what_is_new_and_makes_up_for_a_missed_one(Database database)
    {
        await using var host = await LimitsHost.Start(database, Crew().Build(), Now);
        NightlyLint[] processes = [host.Services.GetRequiredService<NightlyLint>(), host.Services.GetRequiredService<NightlyLint>()];

        var done = await Task.WhenAll(processes.Select(p => p.Run(TestContext.Current.CancellationToken)));
        Assert.Equal(1, done.Sum());
        var notice = Assert.Single(await host.Notices());
        Assert.Equal(("lead", "limits", "limits:team:2027-01-04"), (notice.Person, notice.Kind, notice.Key));
        Assert.Contains("Nobody is primary on duty from 2027-01-18 00:00 UTC", notice.Text, StringComparison.Ordinal);

        // The nights of the 5th and 6th are missed; gaps that come into sight are no news, a new one is.
        host.Time.Advance(TimeSpan.FromDays(3));
        await processes[0].Run(TestContext.Current.CancellationToken);
        Assert.Single(await host.Notices());
        await using (var db = host.Context())
            Assert.Equal(["2027-01-04", "2027-01-07"], await db.Set<LintRun>().OrderBy(r => r.Date).Select(r => r.Date).ToListAsync(TestContext.Current.CancellationToken));

        host.Current = Crew().Override(Given.Remove("bruno", "2027-01-12T00:00Z", "2027-01-13T00:00Z")).Build();
        host.Time.Advance(TimeSpan.FromDays(1));
        await processes[1].Run(TestContext.Current.CancellationToken);
        Assert.Equal("1 new breach of staffing limits in team", (await host.Notices())[1].Subject);
    }

    [Theory, EveryDatabase]
    public async Task guards_a_save_unless_it_is_waived(Database database)
    {
        await using var host = await LimitsHost.Start(database, Crew().Build(), Now);
        var guard = host.Services.GetRequiredService<IOrganisationGuard>();
        var after = Crew().People("guest", schedules: "").Override(Given.Replace("ana", "guest", "2027-01-05T00:00Z", "2027-01-06T00:00Z")).Build();
        async Task<IReadOnlyList<Kernel.Fault>> Check() => await guard.Check(host.Current, after, Given.At(Now), TestContext.Current.CancellationToken);

        var fault = Assert.Single(await Check());
        Assert.Equal("schedules[duty]", fault.Path);
        Assert.Contains("guest is on duty (override from 2027-01-05 00:00 UTC) and is not qualified for it. Enforced by pool A (qualified). Add duty to qualifiedFor of guest", fault.Message, StringComparison.Ordinal);

        await host.Send(HttpMethod.Post, "/api/v1/limits/waivers", new { rule = "qualified", subject = "schedule:duty/person:guest/override from 2027-01-05 00:00 UTC", reason = "in training" }, 201);
        Assert.Empty(await Check());
    }

    [Fact]
    public async Task proposes_and_previews_without_changing_anything()
    {
        await using var host = await LimitsHost.Start(Database.Sqlite, Crew().Build(), Now);

        var proposal = await host.Send(HttpMethod.Post, "/api/v1/schedules/duty/proposals", new { goal = "overrides", to = "2027-02-01T00:00:00Z" }, 200, "Responder");
        Assert.Equal("Nobody is primary", proposal.GetProperty("edit").GetProperty("overrides")[0].Text("reason"));
        Assert.Equal("rotation", (await host.Send(HttpMethod.Post, "/api/v1/schedules/duty/proposals", new { goal = "rotation" }, 200)).Text("goal"));
        await host.Send(HttpMethod.Post, "/api/v1/schedules/nowhere/proposals", new { }, 404);
        await host.Send(HttpMethod.Post, "/api/v1/schedules/duty/proposals", new { goal = "fun" }, 422);
        await host.Send(HttpMethod.Post, "/api/v1/schedules/duty/proposals", new { }, 403, "Observer");

        await host.Send(HttpMethod.Post, "/api/v1/schedules/preview", new { schedules = new[] { new { name = "x" } } }, 422);
        host.Drafted = Crew().Override(Given.Add("bruno", "2027-01-18T00:00Z", "2027-01-25T00:00Z")).Build();
        var preview = await host.Send(HttpMethod.Post, "/api/v1/schedules/preview", new { overrides = proposal.GetProperty("edit").GetProperty("overrides"), from = "2027-01-04T00:00:00Z", to = "2027-02-01T00:00:00Z" }, 200);
        Assert.Equal(["overrides"], host.Draft!.Select(p => p.Key));
        Assert.Equal("bruno", preview.GetProperty("changes")[0].GetProperty("after")[0].GetString());
        Assert.Equal("uncovered", preview.GetProperty("goneFindings")[0].Text("rule"));
        Assert.NotEqual(JsonValueKind.Null, preview.GetProperty("cost").ValueKind);
        Assert.Equal(0, preview.GetProperty("gaps").GetProperty("after").EnumerateArray().Count(g => g.Text("position") == "primary"));
        await host.Send(HttpMethod.Post, "/api/v1/schedules/preview", new { from = "tomorrow" }, 422);
    }

    private static async Task<Guid> Id(LimitsHost host, long number)
    {
        await using var db = host.Context();
        return (await db.Incidents.SingleAsync(i => i.Number == number, TestContext.Current.CancellationToken)).Id;
    }
}

internal static class Elements
{
    public static string Text(this JsonElement element, string property) => element.GetProperty(property).GetString()!;
}
