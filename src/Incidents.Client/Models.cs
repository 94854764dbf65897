namespace Incidents.Client;

// The API's shapes as outside tools see them. Instants are UTC; words are the contract's own, left as text so that a newer server's words still arrive.

/// <summary>One page of a list; <paramref name="NextCursor"/> null: the last.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor);

/// <summary>What an apply did, or on a dry run would do.</summary>
/// <param name="GeneratedKeys">Keys of new integrations that were given none: shown this once. Null: none.</param>
public sealed record ConfigResult(bool Applied, IReadOnlyList<ConfigChange> Changes, IReadOnlyList<GeneratedKey>? GeneratedKeys)
{
    /// <summary>What is sound and should not stay so; null from a server that does not tell.</summary>
    public IReadOnlyList<ConfigWarning>? Warnings { get; init; }
}

public sealed record ConfigWarning(string Path, string Message);

/// <param name="Action">create, update or delete.</param>
/// <param name="Paths">What differs inside the thing; empty for create and delete.</param>
public sealed record ConfigChange(string Kind, string Name, string Action, IReadOnlyList<string> Paths);

public sealed record GeneratedKey(string Integration, string Key, string Url);

/// <summary>What loading and removing the demo organisation would do now. <paramref name="ETag"/>: of this plan.</summary>
public sealed record DemoPlans(DemoStep Load, DemoStep Remove)
{
    public string? ETag { get; init; }
}

/// <param name="Kept">Demo things that stay as they are.</param>
/// <param name="Refusal">Why it cannot be done as things are; null: it can.</param>
public sealed record DemoStep(IReadOnlyList<ConfigChange> Changes, IReadOnlyList<DemoKept> Kept, IReadOnlyList<ApiFault>? Refusal);

/// <param name="Reason">present: it is there already. changed: somebody changed it. needed: <paramref name="Where"/> names it.</param>
public sealed record DemoKept(string Kind, string Name, string Reason, string? Where);

/// <summary>What was done.</summary>
public sealed record DemoResult(IReadOnlyList<ConfigChange> Changes, IReadOnlyList<DemoKept> Kept, IReadOnlyList<GeneratedKey>? GeneratedKeys);

/// <summary>The exported document. <paramref name="ETag"/> goes into an apply that must not overwrite somebody else's.</summary>
public sealed record ConfigDocument(string Yaml, string? ETag);

/// <param name="Status">triage, triggered, acknowledged, snoozed or resolved.</param>
/// <param name="Level">Counts from 1; 0: paging has not started.</param>
public sealed record Incident(
    Guid Id, long Number, string Title, string? Details, string Status, string Severity, string Urgency, string Service, string? Team, string Pool, string? Policy,
    DateTimeOffset OpenedAt, DateTimeOffset? PagingStartsAt, DateTimeOffset? AcknowledgedAt, string? AcknowledgedBy, DateTimeOffset? ResolvedAt, string? ResolvedBy,
    long? MergedInto, int Level, int Levels, int Pass, int Passes, DateTimeOffset? NextStepAt, int AlertCount, IReadOnlyList<Alert>? Alerts);

/// <param name="Status">firing or resolved.</param>
public sealed record Alert(
    string Key, string Integration, string Status, IReadOnlyDictionary<string, string>? Labels, IReadOnlyDictionary<string, string>? Annotations,
    DateTimeOffset? StartsAt, DateTimeOffset? EndsAt);

public sealed record TimelineEntry(DateTimeOffset At, string Kind, string? Actor, string Via, int? Level, string? Person, string? Channel, string? Attempt, string Text);

/// <summary>Opens an incident by hand. <paramref name="Severity"/> null: the service's usual; <paramref name="DedupKey"/>: joins an open incident of that key.</summary>
public sealed record NewIncident(string Title, string Service, string? Severity = null, string? Details = null, string? DedupKey = null);

/// <summary>Of an action on an incident. <paramref name="As"/>: for whom, needs the right; <paramref name="Until"/>: end of a snooze.</summary>
public sealed record ActionOptions(string? As = null, string? Note = null, DateTimeOffset? Until = null);

/// <summary>Who is on call; a gap has no people. <paramref name="From"/> inclusive, <paramref name="Until"/> exclusive; null: open.</summary>
public sealed record Shift(
    string Schedule, string? Team, string? Pool, string Position, IReadOnlyList<string> People, DateTimeOffset? From, DateTimeOffset? Until, ShiftReason Why);

/// <param name="Kind">layer, override, swap, temporary or gap.</param>
public sealed record ShiftReason(string Kind, string? Name);

/// <summary>One fault of a refused request.</summary>
public sealed record ApiFault(string Path, string Message);
