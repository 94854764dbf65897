using Incidents.Contracts.Messages;
using Incidents.Paging.Model;
using Incidents.Paging.Pipeline;
using Incidents.Paging.Vendors;
using Incidents.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using Store = Incidents.Persistence.Storage.Database;

namespace Incidents.Paging.Tests.Vendors;

public sealed class Queue_when_many_wait
{
    /// <summary>Five requests a tenth of a second.</summary>
    private static readonly Dictionary<string, string?> Slow = new(StringComparer.Ordinal) { ["Paging:Twilio:RatePerSecond"] = "50" };

    private static readonly TimeSpan Slot = TimeSpan.FromMilliseconds(100);

    private static PageRequested Of(Persistence.Incidents.Incident i, string service, bool high, params string[] people) => PagingApp.Request(i, 1, high, people) with { Service = service };

    [Theory, EveryDatabase]
    public async Task lets_one_urgent_page_of_pool_A_go_before_three_hundred_others(Database database)
    {
        await using var app = await PagingApp.Start(database, Slow);
        var quiet = new List<Persistence.Incidents.Incident>();
        for (var i = 0; i < 3; i++)
            quiet.Add(await app.Open(poolRank: 3));
        await app.Run(work =>
        {
            foreach (var incident in quiet)
                work.Send(Of(incident, "checkout", high: false, [.. Enumerable.Range(0, 100).Select(i => $"crowd-{i:00}")]));
        });
        await PagingPaths.Soon(async () => (await app.Attempts()).Count == 300 && app.Vendor.Calls.Count() == 5, "one slot's worth of 300");
        var from = app.Time.GetUtcNow();
        var before = app.Vendor.Calls.Count();

        var urgent = await app.Open(poolRank: 1);
        await app.Run(work => work.Send(Of(urgent, "payments", high: true, "tiina")));
        await PagingPaths.Soon(async () => (await app.Attempts(urgent.Id)).Count == 1, "it stands in the table");
        await PagingPaths.Drive(app, Slot, () => app.Vendor.Calls.Any(c => c.To == FakeOrganisation.Tiina));

        Assert.InRange((app.Time.GetUtcNow() - from).TotalSeconds, 0, 1);
        Assert.InRange(app.Vendor.Calls.TakeWhile(c => c.To != FakeOrganisation.Tiina).Count(), before, before + 5);
        Assert.True((await app.Attempts()).Count(a => a.State == AttemptState.Waiting) > 250);
    }

    [Theory, EveryDatabase]
    public async Task keeps_lanes_free_for_high_urgency_at_a_vendor_that_hangs(Database database)
    {
        var answer = new TaskCompletionSource();
        await using var app = await PagingApp.Start(database, new(StringComparer.Ordinal) { ["Paging:Twilio:Concurrency"] = "4" });
        using var atLast = new AtLast(answer);
        app.Vendor.BeforeAnswer = () => answer.Task;
        var quiet = await app.Open(poolRank: 3);
        await app.Run(work => work.Send(Of(quiet, "checkout", high: false, [.. Enumerable.Range(0, 20).Select(i => $"crowd-{i:00}")])));
        await PagingPaths.Soon(() => app.Vendor.Calls.Count() == 3, "three of four lanes");

        var urgent = await app.Open(poolRank: 1);
        await app.Run(work => work.Send(Of(urgent, "payments", high: true, "tiina")));

        await PagingPaths.Soon(() => app.Vendor.Calls.Count() == 4, "the fourth lane");
        Assert.Equal(FakeOrganisation.Tiina, app.Vendor.Calls.Last().To);
    }

    [Theory, EveryDatabase]
    public async Task is_fair_between_people_and_services(Database database)
    {
        await using var app = await PagingApp.Start(database, Slow);
        // Takes the slot, so that everything after it waits.
        var first = await app.Open();
        await app.Run(work => work.Send(Of(first, "checkout", high: true, [.. Enumerable.Range(90, 5).Select(i => $"crowd-{i:00}")])));
        await PagingPaths.Soon(() => app.Vendor.Calls.Count() == 5, "the slot is used up");
        var floods = new List<Persistence.Incidents.Incident>();
        for (var i = 0; i < 40; i++)
            floods.Add(await app.Open());
        await app.Run(work =>
        {
            // One person's flood: forty texts, and as many calls that wait for the line.
            foreach (var incident in floods)
                work.Send(Of(incident, "flooded", high: true, "bruno"));
        });
        await PagingPaths.Soon(async () => (await app.Attempts()).Count == 85, "bruno's flood stands in the table");
        app.Time.Advance(TimeSpan.FromMilliseconds(1));
        var other = await app.Open("Search is slow");
        var same = await app.Open("Search is down");

        await app.Run(work =>
        {
            work.Send(Of(other, "flooded", high: true, "ana"));
            work.Send(Of(same, "search", high: true, "bruno"));
        });
        await PagingPaths.Soon(async () => (await app.Attempts(other.Id)).Count == 3 && (await app.Attempts(same.Id)).Count == 2, "the others' too");
        await PagingPaths.Drive(app, Slot, () => app.Vendor.Messages.Count() >= 20);

        var order = app.Vendor.Messages.Select(m => m.Body).ToList();
        Assert.InRange(order.FindIndex(b => b.Contains("Search is slow", StringComparison.Ordinal)), 0, 8);
        Assert.InRange(order.FindIndex(b => b.Contains("Search is down", StringComparison.Ordinal)), 0, 8);
        // And nobody waits for ever: the flood goes on.
        await PagingPaths.Drive(app, Slot, () => app.Vendor.Messages.Count() == 42);
    }

    [Fact]
    public async Task shares_the_limit_exactly_between_processes()
    {
        await using var app = await PagingApp.Start(Database.Postgres, consumes: false);
        var store = app.Services.GetRequiredService<Store>();
        var clock = app.Services.GetRequiredService<Kernel.Clock>();
        var processes = Enumerable.Range(0, 2).Select(_ => new RateBudget(store, clock, "shared", 200)).ToList();

        for (var slot = 0; slot < 5; slot++)
        {
            var taken = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => processes[i % 2].Take(1 + (i % 3), TestContext.Current.CancellationToken).AsTask()));
            // What one has asked for ahead it still has: the two together come to the limit, and never beyond it.
            Assert.InRange(taken.Sum(), 0, 20);
            var rest = await processes[0].Take(20, TestContext.Current.CancellationToken) + await processes[1].Take(20, TestContext.Current.CancellationToken);
            Assert.Equal(20, taken.Sum() + rest);
            Assert.Equal(0, await processes[0].Take(1, TestContext.Current.CancellationToken) + await processes[1].Take(1, TestContext.Current.CancellationToken));
            app.Time.Advance(Slot);
        }
    }

    [Theory, EveryDatabase]
    public async Task takes_in_what_an_earlier_release_left_without_a_queue(Database database)
    {
        await using var app = await PagingApp.Start(database);
        var incident = await app.Open();
        var at = incident.OpenedAt;
        var page = new Page { Id = Guid.NewGuid(), Incident = incident.Id, Number = incident.Number, Person = "tiina", Episode = 1, Step = 1, Level = 1, High = true, PoolRank = 1, Title = incident.Title, CreatedAt = at };
        await app.Run(work =>
        {
            work.Db.Add(page);
            work.Db.Add(page.Attempt(Guid.NewGuid(), "mobile", Contracts.Organisation.ContactKind.Voice, FakeOrganisation.Tiina, 0, at, at));
            work.Db.Add(page.Attempt(Guid.NewGuid(), "chat", Contracts.Organisation.ContactKind.Webhook, "https://x", 0, at, at));
        });

        await PagingPaths.Drive(app, TimeSpan.FromMilliseconds(250), () => app.Vendor.Calls.Any());

        await PagingPaths.Soon(async () => (await app.Attempts()).Exists(a => a is { State: AttemptState.Sent, Vendor: "twilio" }), "sent");
        await PagingPaths.Soon(async () => (await app.Attempts()).Exists(a => a is { State: AttemptState.Failed, Reason: Reason.NoChannel }), "no channel for the other");
    }
}
