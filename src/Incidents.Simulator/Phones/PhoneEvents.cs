using System.Collections.Concurrent;

namespace Incidents.Simulator.Phones;

/// <summary>
/// Tells open pages which phones changed. A page gets the state of each changed phone, not the changes, so a slow page
/// costs a set of numbers and never falls behind for good.
/// </summary>
internal sealed class PhoneEvents
{
    private readonly ConcurrentDictionary<Subscription, bool> _subscriptions = [];

    public void Changed(string number)
    {
        foreach (var (subscription, _) in _subscriptions) subscription.Mark(number);
    }

    public Subscription Subscribe()
    {
        var subscription = new Subscription(s => _subscriptions.TryRemove(s, out _));
        _subscriptions[subscription] = true;
        return subscription;
    }

    internal sealed class Subscription(Action<Subscription> removed) : IDisposable
    {
        private readonly Lock _gate = new();
        private readonly SemaphoreSlim _signal = new(0, 1);
        private HashSet<string> _changed = new(StringComparer.Ordinal);

        public void Mark(string number)
        {
            lock (_gate)
            {
                _changed.Add(number);
                if (_signal.CurrentCount == 0) _signal.Release();
            }
        }

        /// <summary>The numbers that changed since the last call; empty when nothing did for as long as the wait.</summary>
        public async Task<IReadOnlyCollection<string>> NextAsync(TimeSpan wait, CancellationToken cancellationToken)
        {
            if (!await _signal.WaitAsync(wait, cancellationToken)) return [];
            lock (_gate)
            {
                var changed = _changed;
                _changed = new HashSet<string>(StringComparer.Ordinal);
                return changed;
            }
        }

        public void Dispose() => removed(this);
    }
}
