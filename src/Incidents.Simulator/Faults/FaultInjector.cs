namespace Incidents.Simulator.Faults;

/// <summary>Holds the current faults and decides which of them hit a request.</summary>
internal sealed class FaultInjector(TimeProvider time)
{
    private readonly Lock _gate = new();
    private int? _left;
    private long _second;
    private int _inSecond;

    public FaultSettings Current { get; private set; } = FaultSettings.None;

    public void Set(FaultSettings settings)
    {
        lock (_gate)
        {
            Current = settings;
            _left = settings.Times;
            _inSecond = 0;
        }
    }

    /// <summary>The faults for one request to a resource; status, delay and drop are spent by it.</summary>
    /// <param name="resource"><c>calls</c> or <c>messages</c>.</param>
    public FaultSettings Take(string resource)
    {
        lock (_gate)
        {
            var current = Current;
            if (current.Status is null && current.Delay is null && current.Drop is null) return current;
            var hit = (current.On is null || string.Equals(current.On, resource, StringComparison.Ordinal)) && _left is null or > 0;
            if (!hit) return current with { Status = null, Delay = null, Drop = null };
            if (_left is not null) _left--;
            return current;
        }
    }

    /// <summary>Whether one more request in this second is within the rate.</summary>
    public bool WithinRate()
    {
        lock (_gate)
        {
            if (Current.RatePerSecond is not { } rate) return true;
            var second = time.GetUtcNow().ToUnixTimeSeconds();
            if (second != _second) (_second, _inSecond) = (second, 0);
            return ++_inSecond <= rate;
        }
    }
}
