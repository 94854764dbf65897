using Incidents.Kernel;
using Incidents.Persistence.Incidents;
using Incidents.TestKit;
using Microsoft.EntityFrameworkCore;
using TestDatabase = Incidents.TestKit.Database;

namespace Incidents.Persistence.Tests;

public sealed class Idempotency_when_repeated
{
    [Theory, EveryDatabase]
    public async Task answers_as_the_first_time_and_works_once(TestDatabase database)
    {
        await using var ground = await Ground.PrepareAsync(database);
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        var node = await ground.StartAsync(s =>
        {
            s.Consumes = false;
            s.Time = time;
        });

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Do(node, "key", "/incidents", "body", $"answer {i}")));
        var later = await Do(node, "key", "/incidents", "body", "another");
        var otherBody = await Do(node, "key", "/incidents", "other body", "another");
        var otherPath = await Do(node, "key", "/notes", "other body", "elsewhere");
        var without = await Do(node, null, "/incidents", "body", "always");
        time.Advance(TimeSpan.FromHours(24));
        var nextDay = await Do(node, "key", "/incidents", "other body", "anew");

        Assert.Single(answers.Select(a => a.Value).Distinct());
        Assert.Equal(answers[0].Value, later.Value);
        Assert.Equal(ErrorKind.Invalid, otherBody.Error!.Kind);
        Assert.Equal("elsewhere", otherPath.Value);
        Assert.Equal("always", without.Value);
        Assert.Equal("anew", nextDay.Value);
        Assert.Equal(4, await Effects(ground));
    }

    [Theory, EveryDatabase]
    public async Task keeps_nothing_of_a_refusal(TestDatabase database)
    {
        await using var ground = await Ground.PrepareAsync(database);
        var node = await ground.StartAsync(s => s.Consumes = false);

        var refused = await node.Works.Run(work => Idempotency.Once(work, "key", "/x", "b"u8.ToArray(), () => Task.FromResult<Result<string>>(Error.NotFound("Nothing there.")), default), default);
        var repeated = await Do(node, "key", "/x", "b", "now");

        Assert.False(refused.IsOk);
        Assert.Equal("now", repeated.Value);
    }

    private static Task<Result<string>> Do(Node node, string? key, string path, string body, string answer)
        => node.Works.Run(work => Idempotency.Once(work, key, path, System.Text.Encoding.UTF8.GetBytes(body), () =>
        {
            work.Db.Timeline.Add(new TimelineEntry { Incident = 1, At = work.Now, Kind = TimelineKinds.Note, Text = answer });
            return Task.FromResult<Result<string>>(answer);
        }, default), default);

    private static async Task<int> Effects(Ground ground)
    {
        await using var storage = ground.Open();
        await using var db = storage.CreateContext();
        return await db.Timeline.CountAsync();
    }
}
