using Incidents.Kernel;
using NodaTime;

namespace Incidents.Contracts.Organisation;

public enum TriageAction { Escalate, Drop, Hold, FirstLine, Heartbeat }

/// <summary>First deciding rule wins. Every pattern of <paramref name="When"/> (label → fully anchored regular expression) must match; an absent label is the empty text.</summary>
public sealed record TriageRule(string Name, IReadOnlyDictionary<string, string> When, TriageAction Do, Severity? Severity, FlapCondition? Flap, Duration? Every);

public sealed record FlapCondition(int Changes, Duration Within);

/// <summary>
/// An inbound endpoint. <paramref name="ServiceLabel"/> names the label that carries the service, else <paramref name="DefaultService"/>.
/// An alert is of low urgency when its <paramref name="UrgencyLabel"/> fully matches <paramref name="LowUrgency"/>.
/// </summary>
public sealed record Integration(
    string Name,
    string Kind,
    string Key,
    string? ServiceLabel,
    string? DefaultService,
    string? UrgencyLabel,
    string? LowUrgency,
    Deduplication Deduplicate)
{
    /// <summary>Whose managers change it; null: those with rights everywhere. Alerts go where their service says.</summary>
    public string? Team { get; init; }
}

public enum DeduplicateBy { Fingerprint, Group, Labels }

public sealed record Deduplication(DeduplicateBy By, IReadOnlyList<string> Labels)
{
    public static Deduplication Fingerprint { get; } = new(DeduplicateBy.Fingerprint, []);
}
