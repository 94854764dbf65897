namespace Incidents.TestKit;

/// <summary>
/// A clock that stands still until a test moves it. Timers fire during <see cref="Advance"/>, in the order in which
/// they are due, each with the clock at its own due time. Timestamps follow the same clock; the zone is UTC.
/// </summary>
public sealed class FakeTimeProvider : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<FakeTimer> timers = [];
    private DateTimeOffset now;
    private long order;

    /// <param name="start">Default: 2026-03-02T09:00:00Z, a Monday.</param>
    public FakeTimeProvider(DateTimeOffset? start = null)
    {
        now = start ?? new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
        if (now.Offset != TimeSpan.Zero) now = now.ToUniversalTime();
    }

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>When the next timer is due; null when none is set.</summary>
    public DateTimeOffset? NextDue
    {
        get { lock (gate) return timers.Count == 0 ? null : timers.Min(timer => timer.Due); }
    }

    /// <summary>How many timers are waiting.</summary>
    public int TimerCount
    {
        get { lock (gate) return timers.Count; }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate) return now;
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    /// <summary>Moves the clock forward and fires what becomes due on the way, on the calling thread.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative: this clock never goes back.</exception>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        AdvanceTo(GetUtcNow() + by);
    }

    /// <inheritdoc cref="Advance"/>
    public void AdvanceTo(DateTimeOffset target)
    {
        target = target.ToUniversalTime();
        ArgumentOutOfRangeException.ThrowIfLessThan(target, GetUtcNow());
        while (TakeDue(target) is { } timer) timer.Fire();
        lock (gate)
        {
            if (target > now) now = target;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new FakeTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private FakeTimer? TakeDue(DateTimeOffset until)
    {
        lock (gate)
        {
            var next = timers.Where(timer => timer.Due <= until).OrderBy(timer => timer.Due).ThenBy(timer => timer.Order).FirstOrDefault();
            if (next is null) return null;
            if (next.Due > now) now = next.Due;
            if (next.Period > TimeSpan.Zero) Arm(next, next.Due + next.Period);
            else timers.Remove(next);
            return next;
        }
    }

    private void Arm(FakeTimer timer, DateTimeOffset due)
    {
        timer.Due = due;
        timer.Order = order++;
    }

    private sealed class FakeTimer(FakeTimeProvider clock, TimerCallback callback, object? state) : ITimer
    {
        private bool disposed;

        public DateTimeOffset Due { get; set; }
        public long Order { get; set; }
        public TimeSpan Period { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock.gate)
            {
                if (disposed) return false;
                clock.timers.Remove(this);
                Period = period == Timeout.InfiniteTimeSpan ? TimeSpan.Zero : period;
                if (dueTime == Timeout.InfiniteTimeSpan) return true;
                clock.Arm(this, clock.now + dueTime);
                if (dueTime > TimeSpan.Zero)
                {
                    clock.timers.Add(this);
                    return true;
                }

                // Due at once: it fires now, as the system's timer would, and waits only for its next period.
                if (Period > TimeSpan.Zero)
                {
                    clock.Arm(this, clock.now + Period);
                    clock.timers.Add(this);
                }
            }

            ThreadPool.QueueUserWorkItem(_ => Fire());
            return true;
        }

        public void Fire()
        {
            if (!disposed) callback(state);
        }

        public void Dispose()
        {
            lock (clock.gate)
            {
                disposed = true;
                clock.timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
