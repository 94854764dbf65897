using Incidents.Simulator.Calls;
using Incidents.Simulator.Messages;

namespace Incidents.Simulator.Phones;

/// <summary>What one handset holds: calls under way, and the latest calls and texts.</summary>
internal sealed class Phone(string number)
{
    private const int Kept = 40;

    private readonly Lock _gate = new();
    private readonly List<Call> _live = [];
    private readonly Queue<object> _past = [];

    public string Number { get; } = number;
    public int Missed { get; private set; }
    public DateTimeOffset TouchedAt { get; private set; }

    /// <summary>The number that last called or texted this phone; a reply goes there.</summary>
    public string? LastFrom { get; private set; }

    public bool Idle
    {
        get { lock (_gate) return _live.Count == 0; }
    }

    public void Begin(Call call)
    {
        lock (_gate)
        {
            _live.Add(call);
            if (!call.Request.Inbound) LastFrom = call.Request.From;
            TouchedAt = call.ReceivedAt;
        }
    }

    public void End(Call call)
    {
        lock (_gate)
        {
            if (!_live.Remove(call)) return;
            Remember(call);
            if (call.ReachedAt(CallStatus.Ringing) is not null && call.ReachedAt(CallStatus.InProgress) is null && !call.Declined) Missed++;
        }
    }

    public void Add(Message message)
    {
        lock (_gate)
        {
            Remember(message);
            TouchedAt = message.CreatedAt;
            if (!message.Inbound) LastFrom = message.From;
        }
    }

    /// <summary>The missed calls were looked at.</summary>
    public void Seen()
    {
        lock (_gate) Missed = 0;
    }

    /// <summary>The call in which the person is, else the one that has rung longest; null when there is neither.</summary>
    public Call? Current => InCall ?? Ringing;

    public Call? InCall
    {
        get { lock (_gate) return _live.Find(c => c.Status == CallStatus.InProgress); }
    }

    public Call? Ringing
    {
        get { lock (_gate) return _live.Find(c => c.Status == CallStatus.Ringing); }
    }

    public int RingingCount
    {
        get { lock (_gate) return _live.Count(c => c.Status == CallStatus.Ringing); }
    }

    /// <summary>Finished calls and texts, oldest first.</summary>
    public IReadOnlyList<object> Past
    {
        get { lock (_gate) return [.. _past]; }
    }

    private void Remember(object item)
    {
        _past.Enqueue(item);
        if (_past.Count > Kept) _past.Dequeue();
    }
}
