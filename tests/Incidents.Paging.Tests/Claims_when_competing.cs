using Incidents.Paging.Model;
using Incidents.TestKit;
using Xunit;

namespace Incidents.Paging.Tests;

public sealed class Claims_when_competing
{
    private static readonly Dictionary<string, string?> OneLane = new(StringComparer.Ordinal) { ["Paging:Twilio:Concurrency"] = "1" };

    [Theory, EveryDatabase]
    public async Task go_by_urgency_then_pool_then_age(Database database)
    {
        await using var app = await PagingApp.Start(database, OneLane);
        var answer = new TaskCompletionSource();
        app.Vendor.BeforeAnswer = () => answer.Task;
        var first = await app.Open();
        // Two in hand (one lane, one behind it): everything later waits in the table.
        await app.Page(first, "crowd-00", "crowd-01");
        await PagingPaths.Soon(() => app.Vendor.Calls.Any(), "the lane is taken");

        var c = await app.Open(poolRank: 3);
        var a = await app.Open(poolRank: 1);
        await app.Run(work => work.Send(PagingApp.Request(a, 1, high: false, "crowd-10")));
        await app.Run(work => work.Send(PagingApp.Request(c, 1, high: true, "crowd-11")));
        await app.Run(work => work.Send(PagingApp.Request(a, 1, high: true, "crowd-12")));
        await PagingPaths.Soon(async () => (await app.Attempts()).Count == 5, "they stand in the table");
        app.Time.Advance(TimeSpan.FromMilliseconds(1));
        await app.Run(work => work.Send(PagingApp.Request(a, 1, high: true, "crowd-13")));
        await PagingPaths.Soon(async () => (await app.Attempts()).Count == 6, "all stand in the table");
        answer.SetResult();

        await PagingPaths.Drive(app, TimeSpan.FromMilliseconds(10), () => app.Vendor.Calls.Count() == 6);
        Assert.Equal(["+37260000012", "+37260000013", "+37260000011", "+37260000010"], app.Vendor.Calls.Skip(2).Select(v => v.To));
    }

    [Theory, EveryDatabase]
    public async Task are_never_made_after_an_acknowledge_committed(Database database)
    {
        await using var app = await PagingApp.Start(database, OneLane);
        var answer = new TaskCompletionSource();
        app.Vendor.BeforeAnswer = () => answer.Task;
        var incident = await app.Open();
        await app.Page(incident, [.. Enumerable.Range(0, 10).Select(i => $"crowd-{i:00}")]);
        await PagingPaths.Soon(() => app.Vendor.Calls.Any(), "the first is at the vendor");

        await app.Acknowledge(incident, "bruno");
        var claimed = (await app.Attempts()).Where(x => x.Claims > 0).Select(x => x.Id).ToHashSet();
        answer.SetResult();

        await PagingPaths.Soon(async () => (await app.Attempts()).TrueForAll(x => x.State is AttemptState.Canceled && x.NextAt is null), "all cancelled");
        // Two for the lane by the page itself, and at most as many by a look that counted the room a moment before.
        Assert.InRange(claimed.Count, 2, 4);
        Assert.All(app.Vendor.Calls, call => Assert.Contains(call.Attempt, claimed));
        Assert.Equal(app.Vendor.Calls.Select(x => x.Sid).Order(), app.Vendor.Updates.Where(u => u.Status == "canceled").Select(u => u.Sid).Order());
    }

    [Theory, EveryDatabase]
    public async Task share_the_vendors_rate(Database database)
    {
        await using var app = await PagingApp.Start(database, new(StringComparer.Ordinal) { ["Paging:Twilio:RatePerSecond"] = "50" });
        var incident = await app.Open();

        await app.Page(incident, [.. Enumerable.Range(0, 12).Select(i => $"crowd-{i:00}")]);

        await PagingPaths.Soon(() => app.Vendor.Calls.Count() == 5, "one slot's worth");
        await Eventually.Stays(() => app.Vendor.Calls.Count() == 5, "the clock stands still", TimeSpan.FromMilliseconds(150), TestContext.Current.CancellationToken);
        app.Time.Advance(TimeSpan.FromMilliseconds(100));
        await PagingPaths.Soon(() => app.Vendor.Calls.Count() == 10, "two slots' worth");
        await PagingPaths.Drive(app, TimeSpan.FromMilliseconds(100), () => app.Vendor.Calls.Count() == 12);
    }

    [Fact]
    public async Task of_two_processes_send_each_attempt_once()
    {
        await using var one = await PagingApp.Start(Database.Postgres, OneLane);
        await using var two = await one.Second(OneLane);
        var incidents = new List<Incidents.Persistence.Incidents.Incident>();
        for (var i = 0; i < 10; i++)
            incidents.Add(await one.Open());

        await one.Run(work =>
        {
            for (var i = 0; i < 80; i++)
                work.Send(PagingApp.Request(incidents[i % 10], 1, high: true, $"crowd-{i:00}"));
        });

        await PagingPaths.Drive(one, TimeSpan.FromMilliseconds(50), () => one.Vendor.Calls.Count() >= 80);
        await PagingPaths.Soon(async () => (await one.Attempts()).TrueForAll(a => a.State == AttemptState.Sent), "all written");
        Assert.Equal(80, one.Vendor.Calls.Select(c => c.To).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(80, one.Vendor.Calls.Count());
    }
}
