using System.Collections.Concurrent;
using System.Text.Json.Serialization;

namespace Incidents.Simulator.Faults;

/// <summary>What a phone does by itself, for load and chaos runs.</summary>
internal sealed record AutomaticPhone
{
    /// <summary>The phone; null: every phone without a rule of its own.</summary>
    public string? Number { get; init; }

    /// <summary>Picks up.</summary>
    public bool Answer { get; init; }

    /// <summary>Calls the ringing off.</summary>
    public bool Decline { get; init; }

    /// <summary>A mailbox picks up and listens without pressing anything.</summary>
    public bool Machine { get; init; }

    /// <summary>Pressed one Gather after the other, each taking as many as it asks for.</summary>
    public string Digits { get; init; } = "";

    /// <summary>How long it rings, or a text lies, before the phone reacts.</summary>
    [JsonConverter(typeof(DurationJson))]
    public TimeSpan? After { get; init; }

    /// <summary>The same as <see cref="After"/>, as a number of milliseconds.</summary>
    public int? AfterMs { get; init; }

    /// <summary>Sent back as a text to every text.</summary>
    public string? Reply { get; init; }

    [JsonIgnore]
    public TimeSpan Wait => After ?? TimeSpan.FromMilliseconds(AfterMs ?? 0);

    public IEnumerable<(string Field, string Message)> Check()
    {
        if (Machine && (Answer || Decline)) yield return ("machine", "cannot go with answer or decline");
        if (Answer && Decline) yield return ("decline", "cannot go with answer");
        if (Digits.Length > 32 || !Digits.All(Keypad.IsKey)) yield return ("digits", "up to 32 of 0-9, * and #");
        if (AfterMs is < 0 or > 86_400_000) yield return ("afterMs", "must be 0 to 86400000");
    }
}

/// <summary>The rules in force, by number.</summary>
internal sealed class AutomaticPhones
{
    private const string Everyone = "";

    private readonly ConcurrentDictionary<string, AutomaticPhone> _rules = new(StringComparer.Ordinal);

    public void Set(AutomaticPhone rule) => _rules[rule.Number ?? Everyone] = rule;

    public void Clear() => _rules.Clear();

    public IReadOnlyCollection<AutomaticPhone> All => [.. _rules.Values];

    public AutomaticPhone? For(string number) =>
        _rules.IsEmpty ? null : _rules.GetValueOrDefault(number) ?? _rules.GetValueOrDefault(Everyone);
}

internal static class Keypad
{
    public static bool IsKey(char key) => key is (>= '0' and <= '9') or '*' or '#';
}
