using Incidents.Persistence.Events;
using Incidents.TestKit;
using Npgsql;
using TestDatabase = Incidents.TestKit.Database;

namespace Incidents.Persistence.Tests;

public sealed class EventTail_when_commits_overtake
{
    [Theory, EveryDatabase]
    public async Task hands_facts_to_subscribers_in_order_and_resumes_behind_a_position(TestDatabase database)
    {
        await using var ground = await Ground.PrepareAsync(database);
        var node = await ground.StartAsync(s => s.Consumes = false);
        var tail = node.Get<EventTail>();
        await Announce(node, "before");
        var (reader, subscription) = tail.Subscribe();
        using var _ = subscription;

        for (var i = 1; i <= 5; i++)
            await Announce(node, $"fact{i}");
        var seen = new List<Announced>();
        await Eventually.True(() =>
        {
            while (reader.TryRead(out var fact)) seen.Add(fact);
            return seen.Any(f => f.Kind == "fact5");
        }, "all arrived");

        Assert.Equal(["fact1", "fact2", "fact3", "fact4", "fact5"], seen.Where(f => f.Kind != "before").Select(f => f.Kind));
        var third = seen.Single(f => f.Kind == "fact3").Position;
        Assert.Equal(["fact4", "fact5"], (await tail.Since(EventPosition.Parse(third.ToString())!.Value, 10, default)).Select(f => f.Kind));
    }

    [Fact]
    public async Task holds_back_what_an_older_transaction_may_still_precede()
    {
        await using var ground = await Ground.PrepareAsync(TestDatabase.Postgres);
        var node = await ground.StartAsync(s => s.Consumes = false);
        var tail = node.Get<EventTail>();
        await Announce(node, "first");
        // What other databases of the server have open holds facts back too, for as long as it is.
        var start = default(EventPosition);
        await Eventually.True(async () => (start = await tail.Newest(default)) != default, "the first is visible");
        await using var connection = new NpgsqlConnection(ground.ConnectionString);
        await connection.OpenAsync();
        await using var older = await connection.BeginTransactionAsync();
        await Insert(connection, older, "older");

        await Announce(node, "newer");
        var meanwhile = await tail.Since(start, 10, default);
        var newest = await tail.Newest(default);
        await older.CommitAsync();
        var after = await Eventually.Get(async () => await tail.Since(start, 10, default) is { Count: 2 } both ? both : null, "both are visible");

        Assert.Empty(meanwhile);
        Assert.Equal(start, newest);
        Assert.Equal(["older", "newer"], after.Select(f => f.Kind));
    }

    [Theory]
    [InlineData("12-34", true)]
    [InlineData("12", false)]
    [InlineData("a-b", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void reads_only_positions(string? text, bool known) => Assert.Equal(known, EventPosition.Parse(text) is not null);

    private static Task Announce(Node node, string kind) => node.Works.Run(work =>
    {
        work.Announce(kind, new { });
        return Task.CompletedTask;
    }, default);

    private static async Task Insert(NpgsqlConnection connection, NpgsqlTransaction transaction, string kind)
    {
        await using var command = new NpgsqlCommand($"insert into platform.events (kind, data, at) values ('{kind}', '{{}}', now())", connection, transaction);
        await command.ExecuteNonQueryAsync();
    }
}
