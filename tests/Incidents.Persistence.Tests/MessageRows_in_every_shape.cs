using Incidents.Contracts.Messages;
using Incidents.Persistence.Bus;
using Incidents.Persistence.Messages;
using Incidents.TestKit;
using Microsoft.Data.Sqlite;
using Npgsql;
using TestDatabase = Incidents.TestKit.Database;

namespace Incidents.Persistence.Tests;

/// <summary>The mechanism's conformance suite: the same on both databases and both transports.</summary>
[Collection(BrokerCollection.Name)]
public sealed class MessageRows_in_every_shape(Broker broker)
{
    [Theory, EveryShape]
    public async Task what_commits_is_consumed_once_and_what_rolls_back_leaves_nothing(TestDatabase database, Transport transport)
    {
        await using var ground = await Prepare(database, transport);
        var node = await ground.StartAsync();

        await node.Send(Enumerable.Range(1, 300));
        await Assert.ThrowsAsync<InvalidOperationException>(() => node.Works.Run(work =>
        {
            work.Send(new StepDue(Guid.Empty, 1000));
            throw new InvalidOperationException("No.");
        }, default));
        await ground.Empty();

        Assert.Equal(Enumerable.Range(1, 300), node.Script.Steps);
        Assert.Equal(300, node.Script.Attempts.Count);
    }

    [Theory, EveryShape]
    public async Task without_the_short_way_everything_goes_over_the_bus(TestDatabase database, Transport transport)
    {
        await using var ground = await Prepare(database, transport);
        var node = await ground.StartAsync(s => s.Messages.LocalFirst = false);

        await node.Send(Enumerable.Range(1, 200));
        await ground.Empty();

        Assert.Equal(Enumerable.Range(1, 200), node.Script.Steps);
        Assert.Equal(0, node.Count("handed_over/local"));
        Assert.Equal(200, node.Count("handed_over/bus"));
    }

    [Theory, EveryShape]
    public async Task a_second_copy_finds_no_row_and_is_dropped(TestDatabase database, Transport transport)
    {
        await using var ground = await Prepare(database, transport);
        var node = await ground.StartAsync(s => s.Messages.LocalFirst = false);
        var id = (await node.Send(1))[0];
        await ground.Empty();
        var copy = new Delivery { Id = id, Endpoint = "escalation", Type = "escalation.step-due", DueAt = node.Clock.Now, HandedOverAt = node.Clock.Now };

        await node.Get<IBusLink>().Publish("escalation", [copy, copy], CancellationToken.None);
        await node.Get<IBusLink>().Publish("escalation", [copy], CancellationToken.None);
        await node.Send(2);
        await ground.Empty();
        await Eventually.Stays(() => node.Script.Attempts.Count == 2, "no copy reaches the consumer", TimeSpan.FromMilliseconds(200));

        Assert.Equal([1, 2], node.Script.Steps);
    }

    [Theory, EveryShape]
    public async Task a_timer_is_never_early_and_fires_by_itself(TestDatabase database, Transport transport)
    {
        await using var ground = await Prepare(database, transport);
        var node = await ground.StartAsync();
        var before = node.Clock.Now;

        await node.Send([1], Duration.FromMilliseconds(700));
        await node.Send([2], Duration.FromMilliseconds(400));
        await node.Send([3], Duration.FromHours(1));
        await Eventually.True(() => node.Script.Consumed.Count == 2, "both timers fired");

        Assert.Equal([2, 1], node.Script.Consumed.Select(m => m.Step));
        var at = node.Script.ConsumedAt.ToArray();
        Assert.True(at[0] >= before + Duration.FromMilliseconds(400), $"{at[0] - before}");
        Assert.True(at[1] >= before + Duration.FromMilliseconds(700), $"{at[1] - before}");
        Assert.False(Assert.Single(await ground.Rows()).Published);
    }

    [Theory, EveryShape]
    public async Task a_message_that_fails_is_redone_alone_counted_parked_and_can_be_replayed(TestDatabase database, Transport transport)
    {
        await using var ground = await Prepare(database, transport);
        var gate = new TaskCompletionSource();
        var healed = false;
        var node = await ground.StartAsync(s =>
        {
            s.Workers = 1;
            s.Script.Each = async m =>
            {
                if (m.Step == 0) await gate.Task;
                if (m.Step == 7 && !healed) throw new InvalidOperationException("Seven does not work.");
            };
        });
        NewMessage[] rows = [.. Enumerable.Range(0, 21).Select(i => Step(i, node.Clock.Now))];
        await node.Insert(rows);
        // While the first one is held, the others gather into one batch.
        node.Get<Handover>().Committed(rows[..1], node.Clock.Now);
        await Eventually.True(() => node.Script.Attempts.Any(m => m.Step == 0), "the first is in hand");
        node.Get<Handover>().Committed(rows[1..], node.Clock.Now);
        gate.SetResult();

        await Eventually.True(() => !node.Script.Parked.IsEmpty, "it is parked");

        Assert.Equal(Enumerable.Range(0, 21).Where(i => i != 7), node.Script.Steps);
        Assert.Contains(node.Script.Batches, b => b > 1);
        var parked = Assert.Single(node.Script.Parked);
        Assert.Equal(7, parked.Message.Step);
        Assert.Contains("Seven does not work.", parked.Error, StringComparison.Ordinal);
        var overview = node.Get<MessageOverview>();
        var row = Assert.Single(await overview.Parked(10, default));
        Assert.Equal((3, "escalation.step-due"), (row.Failures, row.Type));
        Assert.Equal(1, (await overview.Count(default)).Parked);
        Assert.Equal(3, node.Count("failures"));

        healed = true;
        Assert.True(await overview.Replay(row.Id, default));
        await ground.Empty();
        Assert.Contains(7, node.Script.Steps);
        Assert.Single(node.Script.Parked);
        Assert.False(await overview.Replay(row.Id, default));
    }

    [Theory, EveryShape]
    public async Task contention_is_redone_at_once_and_never_counted(TestDatabase database, Transport transport)
    {
        await using var ground = await Prepare(database, transport);
        var thrown = 0;
        var node = await ground.StartAsync(s => s.Script.Each = _ => Interlocked.Increment(ref thrown) > 2
            ? Task.CompletedTask
            : throw (database == TestDatabase.Postgres ? new PostgresException("could not serialize", "ERROR", "ERROR", "40001") : new SqliteException("database is locked", 5)));

        await node.Send(1);
        await ground.Empty();

        Assert.Equal([1], node.Script.Steps);
        Assert.Equal(3, node.Script.Attempts.Count);
        Assert.Equal(0, node.Count("failures"));
    }

    [Theory, EveryShape]
    public async Task a_type_of_a_newer_release_is_left_alone(TestDatabase database, Transport transport)
    {
        await using var ground = await Prepare(database, transport);
        var node = await ground.StartAsync();
        var unknown = new NewMessage(Guid.CreateVersion7(), "escalation", "escalation.from-the-future", "{}"u8.ToArray(), node.Clock.Now, Published: true, Message: null);
        await node.Insert(unknown);

        node.Get<Handover>().Committed([unknown], node.Clock.Now);
        await node.Send(1, 2);
        await Eventually.True(() => node.Script.Consumed.Count == 2, "the known ones are consumed");

        var row = Assert.Single(await ground.Rows());
        Assert.Equal((unknown.Id, 0, (Instant?)null), (row.Id, row.Failures, row.ParkedAt));
    }

    [Theory, EveryShape]
    public async Task what_was_handed_over_and_lost_is_driven_again(TestDatabase database, Transport transport)
    {
        await using var ground = await Prepare(database, transport);
        var node = await ground.StartAsync();
        var longAgo = node.Clock.Now - Duration.FromSeconds(20);
        // Committed and marked as handed over by a process that died before it did so.
        await node.Insert([.. Enumerable.Range(1, 600).Select(i => Step(i, longAgo))]);

        await ground.Empty(TimeSpan.FromSeconds(30));

        Assert.Equal(Enumerable.Range(1, 600), node.Script.Steps);
    }

    private static NewMessage Step(int step, Instant at) => new(Guid.CreateVersion7(), "escalation", "escalation.step-due",
        System.Text.Encoding.UTF8.GetBytes($"{{\"incident\":\"{Guid.Empty}\",\"step\":{step}}}"), at, Published: true, Message: null);

    private Task<Ground> Prepare(TestDatabase database, Transport transport) => Ground.PrepareAsync(database, transport, transport == Transport.RabbitMq ? broker.Uri : null);
}
