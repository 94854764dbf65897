using Xunit;

namespace Incidents.TestKit.Tests;

public sealed class FakeTimeProvider_when_advanced
{
    private readonly FakeTimeProvider clock = new();
    private readonly List<string> fired = [];

    [Fact]
    public void fires_timers_in_due_order_each_at_its_own_time()
    {
        var start = clock.GetUtcNow();
        using var late = clock.CreateTimer(_ => fired.Add($"late {(clock.GetUtcNow() - start).TotalSeconds}"), null, TimeSpan.FromSeconds(5), Timeout.InfiniteTimeSpan);
        using var soon = clock.CreateTimer(_ => fired.Add($"soon {(clock.GetUtcNow() - start).TotalSeconds}"), null, TimeSpan.FromSeconds(2), Timeout.InfiniteTimeSpan);

        clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(["soon 2", "late 5"], fired);
        Assert.Equal(start.AddSeconds(10), clock.GetUtcNow());
        Assert.Null(clock.NextDue);
    }

    [Fact]
    public void fires_a_periodic_timer_once_for_each_period()
    {
        using var timer = clock.CreateTimer(_ => fired.Add("tick"), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));

        clock.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal(3, fired.Count);
    }

    [Fact]
    public void fires_what_a_timer_sets_for_later_in_the_same_advance()
    {
        ITimer? second = null;
        using var first = clock.CreateTimer(
            _ => second = clock.CreateTimer(_ => fired.Add("second"), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);

        clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(["second"], fired);
        second?.Dispose();
    }

    [Fact]
    public void does_not_fire_a_disposed_or_stopped_timer()
    {
        var disposed = clock.CreateTimer(_ => fired.Add("disposed"), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        using var stopped = clock.CreateTimer(_ => fired.Add("stopped"), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        disposed.Dispose();
        stopped.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Empty(fired);
    }

    [Fact]
    public async Task completes_a_delay_and_cancels_a_token_source()
    {
        using var source = new CancellationTokenSource(TimeSpan.FromSeconds(30), clock);
        var delay = Task.Delay(TimeSpan.FromSeconds(10), clock, TestContext.Current.CancellationToken);

        clock.Advance(TimeSpan.FromSeconds(10));
        await delay;

        Assert.False(source.IsCancellationRequested);
        clock.Advance(TimeSpan.FromSeconds(20));
        Assert.True(source.IsCancellationRequested);
    }

    [Fact]
    public void measures_elapsed_time_on_its_own_clock()
    {
        var before = clock.GetTimestamp();

        clock.Advance(TimeSpan.FromMilliseconds(1500));

        Assert.Equal(TimeSpan.FromMilliseconds(1500), clock.GetElapsedTime(before));
    }
}
