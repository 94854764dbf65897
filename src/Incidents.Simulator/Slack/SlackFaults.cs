using System.Globalization;

namespace Incidents.Simulator.Slack;

/// <summary>How the simulated workspace misbehaves. A new set replaces the former one; an empty one is a healthy vendor.</summary>
internal sealed record SlackFaultSettings
{
    public static readonly SlackFaultSettings None = new();

    /// <summary>HTTP status instead of doing anything; 429 comes with <see cref="RetryAfter"/>.</summary>
    public int? Status { get; init; }

    /// <summary>An error code in an answer of 200 instead of doing anything (<c>internal_error</c>, <c>account_inactive</c>, …).</summary>
    public string? Error { get; init; }

    /// <summary>Seconds in <c>Retry-After</c>. Default 1.</summary>
    public int RetryAfter { get; init; } = 1;

    /// <summary>How long the answer waits, in milliseconds.</summary>
    public int? DelayMs { get; init; }

    /// <summary><c>request</c>: the connection breaks before anything is done; <c>answer</c>: after it.</summary>
    public string? Drop { get; init; }

    /// <summary>How many calls it holds for; null: until replaced.</summary>
    public int? Times { get; init; }

    /// <summary>Only this method (<c>chat.postMessage</c>); null: every one.</summary>
    public string? Method { get; init; }

    /// <summary>At most this many messages and updates a second and conversation, 429 above; 0: no limit.</summary>
    public double MessagesPerSecond { get; init; }

    /// <summary>Every event is delivered twice, the second with X-Slack-Retry-Num.</summary>
    public bool EventsTwice { get; init; }
}

/// <summary>The faults in force, and the counters that they need.</summary>
internal sealed class SlackFaults(Counters counters, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, DateTimeOffset> _next = new(StringComparer.Ordinal);
    private SlackFaultSettings _current = SlackFaultSettings.None;
    private int _left;

    public SlackFaultSettings Current
    {
        get { lock (_gate) return _current; }
    }

    public void Set(SlackFaultSettings settings)
    {
        lock (_gate)
        {
            _current = settings;
            _left = settings.Times ?? int.MaxValue;
            _next.Clear();
        }
    }

    /// <summary>What happens to this call.</summary>
    public SlackFaultSettings Take(string method)
    {
        lock (_gate)
        {
            if (_current.Method is { } only && !string.Equals(only, method, StringComparison.Ordinal)) return SlackFaultSettings.None;
            if (_current is { Status: null, Error: null, DelayMs: null, Drop: null } || _left <= 0) return SlackFaultSettings.None;
            _left--;
            return _current;
        }
    }

    /// <summary>Seconds to wait when a conversation has had its messages for now; null: it may have one.</summary>
    public string? Wait(string conversation)
    {
        lock (_gate)
        {
            if (_current.MessagesPerSecond <= 0) return null;
            var now = time.GetUtcNow();
            if (_next.TryGetValue(conversation, out var next) && now < next)
            {
                counters.Refused();
                return Math.Max(1, Math.Ceiling((next - now).TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            }
            _next[conversation] = now + TimeSpan.FromSeconds(1 / _current.MessagesPerSecond);
            return null;
        }
    }
}
