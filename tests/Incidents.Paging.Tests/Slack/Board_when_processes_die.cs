using Incidents.Paging.Channels.Slack;
using Incidents.Persistence.Incidents;
using Incidents.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Xunit;
using Incident = Incidents.Persistence.Incidents.Incident;
using Store = Incidents.Persistence.Storage.Database;

namespace Incidents.Paging.Tests.Slack;

/// <summary>One message per incident, whoever is killed and however many processes there are. The clock moves only where it is said.</summary>
public sealed class Board_when_processes_die
{
    private static Instant Now(PagingApp app) => Instant.FromDateTimeOffset(app.Time.GetUtcNow());

    private static Task Touch(PagingApp app, Incident i) => app.Run(work => work.Announce("incident", new { id = i.Id, number = i.Number }));

    private static async Task Change(PagingApp app, Incident i, IncidentStatus status)
    {
        await app.Actions.Change(i.Id, status, "ana");
        await Touch(app, i);
    }

    private static List<Written> About(FakeSlack slack, Incident i) => [.. slack.Written.Where(w => w.Conversation == FakeSlack.Channel && w.About == i.Id.ToString())];

    private static async Task<SlackIncident?> Row(PagingApp app, Incident i)
    {
        await using var db = app.Services.GetRequiredService<Store>().CreateContext();
        return await db.Set<SlackIncident>().AsNoTracking().SingleOrDefaultAsync(r => r.Incident == i.Id);
    }

    [Theory, EveryDatabase]
    public async Task what_one_of_them_has_posted_is_found_and_brought_up_to_date_by_another(Database database)
    {
        await using var slack = await FakeSlack.Start();
        await using var app = await PagingApp.Start(database, slack.Settings());
        var (lost, other) = (await app.Open("Lost"), await app.Open("Other"));
        // As a process leaves it that is killed between Slack's taking the message and its own writing that down.
        await app.Run(work => work.Db.Add(new SlackIncident { Incident = lost.Id, Number = lost.Number, Marks = 1, DueAt = work.Now, PostingSince = work.Now, LeaseUntil = work.Now + Duration.FromHours(1) }));
        var ts = slack.Post(FakeSlack.Channel, lost.Id.ToString(), "as it was");

        // While its lease holds the others leave it alone; they do not stand still meanwhile.
        await Touch(app, other);
        await PagingPaths.Drive(app, TimeSpan.FromMilliseconds(100), () => About(slack, other).Count > 0);
        Assert.Single(About(slack, lost));

        app.Time.Advance(TimeSpan.FromHours(1));
        await PagingPaths.Drive(app, TimeSpan.FromMilliseconds(100), async () => await Row(app, lost) is { LeaseUntil: null, DueAt: null, Ts: not null });

        Assert.Equal(ts, (await Row(app, lost))!.Ts);
        Assert.Equal([("post", ts), ("update", ts)], About(slack, lost).Select(w => (w.Method, w.Ts)));
    }

    [Theory, EveryDatabase]
    public async Task what_one_of_them_had_not_posted_yet_is_posted_by_another(Database database)
    {
        await using var slack = await FakeSlack.Start();
        await using var app = await PagingApp.Start(database, slack.Settings());
        var lost = await app.Open("Lost");
        await app.Run(work => work.Db.Add(new SlackIncident { Incident = lost.Id, Number = lost.Number, Marks = 1, DueAt = work.Now, PostingSince = work.Now, LeaseUntil = work.Now + Duration.FromHours(1) }));

        app.Time.Advance(TimeSpan.FromHours(1));
        await PagingPaths.Drive(app, TimeSpan.FromMilliseconds(100), async () => await Row(app, lost) is { LeaseUntil: null, DueAt: null, Ts: not null });

        Assert.Equal(["post"], About(slack, lost).Select(w => w.Method));
    }

    [Fact]
    public async Task two_of_them_show_each_incident_once_and_never_what_it_was_after_what_it_is()
    {
        await using var slack = await FakeSlack.Start();
        await using var one = await PagingApp.Start(Database.Postgres, slack.Settings());
        await using var two = await one.Second(slack.Settings());
        var incidents = new List<Incident>();
        for (var i = 0; i < 6; i++)
            incidents.Add(await one.Open($"Number {i}"));

        await Task.WhenAll(incidents.Select(async (incident, i) =>
        {
            var app = i % 2 == 0 ? one : two;
            await Touch(app, incident);
            await Change(app, incident, IncidentStatus.Acknowledged);
            await Change(app, incident, IncidentStatus.Resolved);
        }));

        await PagingPaths.Drive(one, TimeSpan.FromMilliseconds(20), () => incidents.TrueForAll(i => About(slack, i) is { Count: > 0 } all && all[^1].Text.Contains("resolved", StringComparison.Ordinal)));
        foreach (var shown in incidents.Select(i => About(slack, i)))
        {
            Assert.Single(shown, w => w.Method == "post");
            var ranks = shown.ConvertAll(w => w.Text.Contains("resolved", StringComparison.Ordinal) ? 2 : w.Text.Contains("has it", StringComparison.Ordinal) && !w.Text.Contains("nobody", StringComparison.Ordinal) ? 1 : 0);
            Assert.Equal(ranks.Order(), ranks);
        }
    }

    [Fact]
    public async Task a_long_wait_for_the_channels_pace_keeps_its_lease()
    {
        await using var slack = await FakeSlack.Start();
        await using var one = await PagingApp.Start(Database.Postgres, slack.Settings(("Paging:Slack:MessageInterval", "00:00:40")));
        await using var two = await one.Second(slack.Settings(("Paging:Slack:MessageInterval", "00:00:40")));
        var incidents = new[] { await one.Open("First"), await one.Open("Second") };

        foreach (var incident in incidents)
            await Touch(one, incident);

        // The second waits for 40 s, longer than a lease that nobody renews.
        await PagingPaths.Drive(one, TimeSpan.FromMilliseconds(250), () => incidents.All(i => About(slack, i).Count > 0));
        await PagingPaths.Soon(async () => await Row(one, incidents[0]) is { Ts: not null } && await Row(one, incidents[1]) is { Ts: not null }, "both are written down");
        Assert.All(incidents, i => Assert.Single(About(slack, i)));
    }
}
