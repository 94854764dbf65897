using System.Text.Json.Serialization;

namespace Incidents.Simulator.Faults;

/// <summary>How the simulated vendor misbehaves. A new set replaces the former one; an empty one is a healthy vendor.</summary>
internal sealed record FaultSettings
{
    public static readonly FaultSettings None = new();

    /// <summary>The vendor API answers this HTTP status instead of doing anything; 400 to 599.</summary>
    public int? Status { get; init; }

    /// <summary>The vendor API does its work at once and answers this much later.</summary>
    [JsonConverter(typeof(DurationJson))]
    public TimeSpan? Delay { get; init; }

    /// <summary><c>request</c>: the connection breaks before anything was done. <c>answer</c>: the work is done, then it breaks.</summary>
    public string? Drop { get; init; }

    /// <summary>Requests to place a call or send a text beyond this many in a second are refused with 429.</summary>
    public int? RatePerSecond { get; init; }

    /// <summary>How many requests <see cref="Status"/>, <see cref="Delay"/> and <see cref="Drop"/> last; null: until cleared.</summary>
    public int? Times { get; init; }

    /// <summary>Limits <see cref="Status"/>, <see cref="Delay"/> and <see cref="Drop"/> to <c>calls</c> or <c>messages</c>.</summary>
    public string? On { get; init; }

    /// <summary>Numbers that the vendor refuses as invalid (21211).</summary>
    public IReadOnlyList<string> RejectNumbers { get; init; } = [];

    /// <summary>Numbers that are busy.</summary>
    public IReadOnlyList<string> BusyNumbers { get; init; } = [];

    /// <summary>Numbers to which calls fail and texts stay undelivered (30003).</summary>
    public IReadOnlyList<string> FailNumbers { get; init; } = [];

    /// <summary>A machine picks up every call and listens without pressing anything.</summary>
    public bool Machine { get; init; }

    /// <summary>Status callbacks are never sent.</summary>
    public bool CallbackLost { get; init; }

    /// <summary>Status callbacks are sent twice.</summary>
    public bool CallbackTwice { get; init; }

    /// <summary>Status callbacks are sent this much later.</summary>
    [JsonConverter(typeof(DurationJson))]
    public TimeSpan? CallbackDelay { get; init; }

    /// <summary>What is wrong with the settings, by field; empty when nothing is.</summary>
    public IEnumerable<(string Field, string Message)> Check()
    {
        if (Status is < 400 or > 599) yield return ("status", "must be 400 to 599");
        if (Drop is not (null or "request" or "answer")) yield return ("drop", "must be 'request' or 'answer'");
        if (On is not (null or "calls" or "messages")) yield return ("on", "must be 'calls' or 'messages'");
        if (RatePerSecond is < 0) yield return ("ratePerSecond", "must not be negative");
        if (Times is < 1) yield return ("times", "must be at least 1");
    }
}
