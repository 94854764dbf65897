using Incidents.Contracts.Messages;
using Incidents.Persistence.Bus;
using Incidents.Persistence.Messages;
using Incidents.TestKit;
using TestDatabase = Incidents.TestKit.Database;

namespace Incidents.Persistence.Tests;

[Collection(BrokerCollection.Name)]
public sealed class MessageRows_when_things_go_wrong(Broker broker)
{
    [Theory, EveryDatabase]
    public async Task a_bus_that_is_down_delays_nobody(TestDatabase database)
    {
        await using var ground = await Ground.PrepareAsync(database);
        var node = await ground.StartAsync(s =>
        {
            s.Link = new NoBus();
            s.Messages.LocalFirst = false;
        });

        await node.Send(Enumerable.Range(1, 100));
        await node.Send([101], Duration.FromMilliseconds(300));
        await ground.Empty();

        Assert.Equal(Enumerable.Range(1, 101), node.Script.Steps);
    }

    [Fact]
    public async Task a_broker_that_never_answers_delays_nobody()
    {
        await using var ground = await Ground.PrepareAsync(TestDatabase.Sqlite);
        var node = await ground.StartAsync(s => s.Bus = new Uri($"amqp://guest:guest@127.0.0.1:{FreePort.Take()}/"));

        await node.Send(1, 2, 3);
        await node.Send([4], Duration.FromMilliseconds(200));
        await ground.Empty();

        Assert.Equal([1, 2, 3, 4], node.Script.Steps);
    }

    [Theory, EveryDatabase]
    public async Task a_broker_that_is_connected_and_takes_nothing_delays_nobody_and_is_used_again_when_it_does(TestDatabase database)
    {
        await using var ground = await Ground.PrepareAsync(database);
        var wire = new OddWire();
        wire.Hang();
        var node = await ground.StartAsync(s =>
        {
            s.Wire = wire;
            s.Messages.LocalFirst = false;
        });

        await node.Send(Enumerable.Range(1, 100));
        await ground.Empty();
        Assert.False(node.Get<IBusLink>().IsHealthy);
        await node.Send([101]);
        await node.Send([102], Duration.FromMilliseconds(300));
        await ground.Empty();

        Assert.Equal(Enumerable.Range(1, 102), node.Script.Steps);
        var sent = wire.Sent;
        wire.Recover();
        await Eventually.True(() => node.Get<IBusLink>().IsHealthy, "the link is believed again");
        Assert.True(wire.Sent > sent, "an empty message tried the broker");
    }

    [Theory, EveryDatabase]
    public async Task a_broker_that_confirms_and_delivers_nothing_delays_nobody_for_long(TestDatabase database)
    {
        await using var ground = await Ground.PrepareAsync(database);
        var node = await ground.StartAsync(s =>
        {
            s.Wire = new OddWire();
            s.Messages.LocalFirst = false;
        });

        await node.Send(Enumerable.Range(1, 600));
        await ground.Empty();

        Assert.Equal(Enumerable.Range(1, 600), node.Script.Steps);
    }

    [Fact]
    public async Task what_a_broker_does_not_take_from_a_process_without_the_consumer_is_given_back_to_one_that_has_it()
    {
        await using var ground = await Ground.PrepareAsync(TestDatabase.Postgres);
        var hung = new OddWire();
        hung.Hang();
        var sender = await ground.StartAsync(s =>
        {
            s.Wire = hung;
            s.Consumes = false;
        });

        await sender.Send(Enumerable.Range(1, 200));
        await Eventually.True(async () => (await ground.Rows()).TrueForAll(r => !r.Published), "all are given back");
        var consumer = await ground.StartAsync(s => s.Wire = new OddWire());
        await ground.Empty();

        Assert.Equal(Enumerable.Range(1, 200), consumer.Script.Steps);
        Assert.True(sender.Count("publish_errors") > 0);
    }

    [Theory, EveryDatabase]
    public async Task a_database_that_is_away_for_a_moment_costs_no_more_than_that_moment(TestDatabase database)
    {
        await using var ground = await Ground.PrepareAsync(database);
        var tries = 0;
        var node = await ground.StartAsync(s => s.Script.Each = m => m.Step == 3 && Interlocked.Increment(ref tries) <= 3 ? throw new IOException("The connection is gone.") : Task.CompletedTask);

        await node.Send(1, 2, 3, 4);
        await ground.Empty();

        Assert.Equal([1, 2, 3, 4], node.Script.Steps);
        Assert.Equal(0, node.Count("redriven"));
        Assert.Equal(0, node.Count("failures"));
        Assert.True(node.Count("database_unavailable") >= 3);
    }

    [Fact]
    public async Task without_a_bus_another_process_takes_what_this_one_cannot_consume()
    {
        await using var ground = await Ground.PrepareAsync(TestDatabase.Postgres);
        var consumer = await ground.StartAsync(s => s.Link = new NoBus());
        var sender = await ground.StartAsync(s =>
        {
            s.Link = new NoBus();
            s.Consumes = false;
        });

        await sender.Send(Enumerable.Range(1, 50));
        await sender.Send([51], Duration.FromMilliseconds(300));
        await ground.Empty();

        Assert.Equal(Enumerable.Range(1, 51), consumer.Script.Steps);
    }

    [Fact]
    public async Task a_process_without_the_consumer_sends_over_the_broker_to_one_that_has_it()
    {
        await using var ground = await Ground.PrepareAsync(TestDatabase.Postgres, Transport.RabbitMq, broker.Uri);
        var consumer = await ground.StartAsync();
        var sender = await ground.StartAsync(s => s.Consumes = false);

        await sender.Send(Enumerable.Range(1, 200));
        await ground.Empty();

        Assert.Equal(Enumerable.Range(1, 200), consumer.Script.Steps);
        Assert.Equal(200, sender.Count("handed_over/bus"));
    }

    [Theory, EveryDatabase]
    public async Task what_a_stopped_process_left_is_consumed_by_the_next_one(TestDatabase database)
    {
        await using var ground = await Ground.PrepareAsync(database);
        var first = await ground.StartAsync(s => s.Consumes = false);
        await first.Send(Enumerable.Range(1, 30));
        await first.Stop();

        var second = await ground.StartAsync();
        await ground.Empty(TimeSpan.FromSeconds(30));

        Assert.Equal(Enumerable.Range(1, 30), second.Script.Steps);
    }

    [Theory, EveryDatabase]
    public async Task a_cancelled_timer_is_gone_and_a_cancelled_send_never_was(TestDatabase database)
    {
        await using var ground = await Ground.PrepareAsync(database);
        var node = await ground.StartAsync();
        var timer = (await node.Send([1], Duration.FromHours(1)))[0];

        await node.Works.Run(work =>
        {
            work.Cancel(timer);
            work.Cancel(work.Send(new StepDue(Guid.Empty, 2), work.Now + Duration.FromHours(1)));
            return Task.CompletedTask;
        }, default);

        Assert.Empty(await ground.Rows());
    }

    [Theory, EveryDatabase]
    public async Task a_parked_message_can_be_discarded_and_is_tried_again_by_itself(TestDatabase database)
    {
        await using var ground = await Ground.PrepareAsync(database);
        var broken = true;
        var node = await ground.StartAsync(s =>
        {
            s.Messages.ParkAfter = 1;
            s.Messages.ParkedRetry = TimeSpan.FromSeconds(1.5);
            s.Script.Each = m => broken || m.Step == 1 ? throw new InvalidOperationException("No.") : Task.CompletedTask;
        });
        await node.Send(1, 2);
        await Eventually.True(() => node.Script.Parked.Count == 2, "both are parked");
        var overview = node.Get<MessageOverview>();
        var first = (await overview.Parked(10, default)).Single(m => m.Body.Contains("\"step\":1", StringComparison.Ordinal));

        broken = false;
        Assert.True(await overview.Discard(first.Id, default));
        await ground.Empty();

        Assert.Equal([2], node.Script.Steps);
        Assert.Equal(2, node.Script.Parked.Count);
    }

    /// <summary>1,500 rows at one a virtual second, of which 512 fit into the process; the sweeper looks about once a second.</summary>
    [Fact]
    public async Task a_slow_consumer_causes_no_storm()
    {
        const int rows = 1500;
        await using var ground = await Ground.PrepareAsync(TestDatabase.Sqlite);
        var time = new FakeTimeProvider();
        var started = new TaskCompletionSource();
        var node = await ground.StartAsync(s =>
        {
            s.Time = time;
            s.Workers = 1;
            s.MaxBatch = 1;
            s.Prefetch = 8;
            s.Messages.LocalFirst = false;
            s.Script.Each = async _ =>
            {
                await started.Task;
                time.Advance(TimeSpan.FromSeconds(1));
            };
        });
        await node.Send(Enumerable.Range(1, rows));
        await Eventually.True(() => node.Count("handed_over/bus") == rows, "all are on the bus");

        started.SetResult();
        await ground.Empty(TimeSpan.FromSeconds(60));

        var publishes = node.Count("handed_over/bus") / (double)rows;
        Assert.True(publishes <= 1.1, $"{publishes:0.00} publishes a row");
        // Its last look may have begun many rows ago, and its next one waits for the clock, which the rows no longer move.
        await Eventually.True(() =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            return node.Get<Sweeper>().LastGoodSweep > node.Clock.Now - Duration.FromSeconds(60);
        }, "the sweeper still looks");
    }
}
