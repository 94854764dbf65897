namespace Incidents.Contracts.Messages;

/// <summary>Page these people for one incident, all at once. <paramref name="Step"/> and <paramref name="Episode"/> are the saga's; <paramref name="Level"/> counts from 1.</summary>
public sealed record PageRequested(
    Guid Incident,
    long Number,
    string Title,
    string Service,
    string Severity,
    bool High,
    int PoolRank,
    int Step,
    int Episode,
    int Level,
    int Pass,
    IReadOnlyList<string> People);

/// <summary>Pages of the episodes up to this one are over: <paramref name="By"/> has it. Unanswered calls are cancelled; the others are told.</summary>
public sealed record PagingStopped(Guid Incident, int Episode, string Reason, string? By);

/// <summary>
/// Tell a person something that is not a page, by their quietest usable contact: never by voice, and exactly once per (person, kind, key).
/// <paramref name="Subject"/> is one line, <paramref name="Text"/> the whole, <paramref name="Link"/> an absolute address or null.
/// With <paramref name="Email"/> it goes to that address and by no other way.
/// </summary>
public sealed record NoticeRequested(string Person, string Kind, string Key, string Subject, string Text, string? Link, string? Email = null);

/// <summary>Kinds of notices whose link opens an account to whoever has it: nobody but the one it is sent to is shown it.</summary>
public static class NoticeKinds
{
    public const string Invitation = "invitation";
    public const string Reset = "reset";

    public static bool HasSecretLink(string kind) => kind is Invitation or Reset;
}

/// <summary>An attempt is due: a personal rule's delay is over, a retry, or a lease that lapsed (<paramref name="Lease"/> counts claims).</summary>
public sealed record AttemptDue(Guid Attempt, int Lease);
