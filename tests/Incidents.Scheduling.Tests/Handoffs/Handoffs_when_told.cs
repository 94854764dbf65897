using Incidents.Persistence.Incidents;
using Incidents.Persistence.Transactions;
using Incidents.Scheduling.Handoffs;
using Incidents.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Incidents.Scheduling.Tests.Handoffs;

public sealed class Handoffs_when_told
{
    private static readonly DateTimeOffset Nine = new(2026, 3, 3, 9, 0, 0, TimeSpan.Zero);

    private static Task<int> Look(Office office) => office.Services.GetRequiredService<HandoffDesk>().Look(TestContext.Current.CancellationToken);

    private static Task Open(Office office, long number, string title, IncidentStatus status, string? by, string service = "checkout")
        => office.Services.GetRequiredService<WorkRunner>().Run(work =>
        {
            var at = work.Now - Duration.FromMinutes(10);
            work.Db.Incidents.Add(new Incident
            {
                Number = number, Id = Guid.NewGuid(), Title = title, Service = service, Status = status, Severity = Incidents.Kernel.Severity.Sev2, Pool = "A", OpenedAt = at, PagingStartsAt = at,
                LastActivityAt = at, AcknowledgedBy = by, AcknowledgedAt = by is null ? null : at + Duration.FromMinutes(3), ResolvedAt = status == IncidentStatus.Resolved ? work.Now : null,
            });
            return Task.CompletedTask;
        }, TestContext.Current.CancellationToken);

    [Theory, EveryDatabase]
    public async Task reach_both_once_however_many_processes_look(Database database)
    {
        await using var office = await Office.Start(database);
        await Open(office, 7, "Disk full", IncidentStatus.Acknowledged, "bruno");
        await Open(office, 8, "Gone again", IncidentStatus.Resolved, "bruno");
        await Open(office, 9, "Not ours", IncidentStatus.Triggered, null, "elsewhere");
        office.Time.AdvanceTo(Nine - TimeSpan.FromSeconds(1));
        Assert.Equal(0, await Look(office));
        office.Time.AdvanceTo(Nine);
        await using var other = database == Database.Postgres ? await office.Second() : null;

        var counts = await Task.WhenAll(Look(office), other is null ? Task.FromResult(0) : Look(other));
        office.Time.Advance(TimeSpan.FromMinutes(20));
        await Look(office);

        Assert.Equal(1, counts.Sum());
        var notices = await office.Notices();
        Assert.Equal(["bruno: Your duty is over: payments (primary)", "carla: You are on call: payments (primary)"], notices.Select(n => n.Person + ": " + n.Subject).Order());
        var start = notices.Single(n => n.Person == "carla").Text;
        Assert.Contains("Before you: bruno.", start, StringComparison.Ordinal);
        Assert.Contains("Open: 1\n#7 SEV2 Disk full (acknowledged, bruno has it)", start, StringComparison.Ordinal);
        Assert.Contains("2 incidents, acknowledged after 3 min on average.", start, StringComparison.Ordinal);
        Assert.DoesNotContain("Not ours", start, StringComparison.Ordinal);
        var listed = Assert.Single((await office.Get("/api/v1/schedules/payments/handoffs")).Body.GetProperty("items").EnumerateArray());
        Assert.Equal(("told", start), (listed.GetProperty("state").GetString(), listed.GetProperty("startText").GetString()));
    }

    [Theory, EveryDatabase]
    public async Task are_caught_up_with_after_a_downtime_unless_they_are_stale(Database database)
    {
        await using var office = await Office.Start(database);
        office.Time.AdvanceTo(Nine + TimeSpan.FromMinutes(59));
        await using (var restarted = database == Database.Postgres ? await office.Second() : null)
            Assert.Equal(1, await Look(restarted ?? office));
        Assert.Equal("late", Assert.Single((await office.Get("/api/v1/schedules/payments/handoffs")).Body.GetProperty("items").EnumerateArray()).GetProperty("state").GetString());

        office.Time.AdvanceTo(Nine.AddDays(1) + TimeSpan.FromHours(1));
        Assert.Equal(0, await Look(office));
        Assert.Equal(2, (await office.Notices()).Count);
    }

    [Fact]
    public async Task tell_those_whom_a_later_edit_put_there()
    {
        await using var office = await Office.Start(Database.Sqlite);
        office.Time.AdvanceTo(Nine);
        await Look(office);

        await office.Apply(Office.Document + "\noverrides: [{ schedule: payments, from: 2026-03-03T09:00:00Z, to: 2026-03-04T09:00:00Z, replace: carla, with: dora }]\n");
        await Look(office);

        Assert.Equal(["bruno end", "carla end", "carla start", "dora start"], (await office.Notices()).Select(n => n.Person + " " + n.Key.Split(' ')[^1]).Order());
    }
}
