using Incidents.Paging.Vendors;
using NodaTime;
using Xunit;

namespace Incidents.Paging.Tests.Vendors;

public sealed class Breaker_when_requests_fail
{
    private static readonly Instant Start = Instant.FromUtc(2026, 3, 2, 9, 0);
    private readonly Breaker breaker = new(failures: 3, open: Duration.FromSeconds(2), longest: Duration.FromSeconds(6));

    private static Instant At(double seconds) => Start + Duration.FromSeconds(seconds);

    [Fact]
    public void opens_after_so_many_in_a_row_and_not_before()
    {
        Assert.False(breaker.Failed(Entry.Free, At(0)));
        Assert.False(breaker.Failed(Entry.Free, At(0)));
        breaker.Succeeded();
        Assert.False(breaker.Failed(Entry.Free, At(1)));
        Assert.False(breaker.Failed(Entry.Free, At(1)));
        Assert.Equal((BreakerState.Closed, Entry.Free), (breaker.State(At(1)), breaker.Enter(At(1))));

        Assert.True(breaker.Failed(Entry.Free, At(1)));

        Assert.Equal((BreakerState.Open, Entry.Refused, false), (breaker.State(At(2.9)), breaker.Enter(At(2.9)), breaker.Lets(At(2.9))));
    }

    [Fact]
    public void lets_one_try_and_closes_when_it_succeeds()
    {
        Open();

        Assert.True(breaker.Lets(At(2)));
        Assert.Equal(Entry.Probe, breaker.Enter(At(2)));
        Assert.Equal((BreakerState.HalfOpen, Entry.Refused, false), (breaker.State(At(2)), breaker.Enter(At(2)), breaker.Lets(At(60))));

        Assert.True(breaker.Succeeded());
        Assert.Equal((BreakerState.Closed, Entry.Free), (breaker.State(At(2)), breaker.Enter(At(2))));
    }

    [Fact]
    public void waits_twice_as_long_after_each_try_that_fails_up_to_a_bound()
    {
        Open();
        var at = 2.0;
        var waits = new List<double>();
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(Entry.Probe, breaker.Enter(At(at)));
            Assert.False(breaker.Failed(Entry.Probe, At(at)));
            waits.Add((breaker.Until!.Value - At(at)).TotalSeconds);
            at += waits[^1];
        }

        Assert.Equal([4.0, 6.0, 6.0], waits);
    }

    [Fact]
    public void does_not_take_the_late_failures_of_others_for_news()
    {
        Open();

        Assert.False(breaker.Failed(Entry.Free, At(1)));

        Assert.Equal(At(2), breaker.Until);
        Assert.Equal(Entry.Probe, breaker.Enter(At(2)));
        breaker.Left(Entry.Probe);
        Assert.Equal(Entry.Probe, breaker.Enter(At(2)));
    }

    private void Open()
    {
        for (var i = 0; i < 3; i++)
            breaker.Failed(Entry.Free, At(0));
    }
}
