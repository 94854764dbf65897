using NodaTime;

namespace Incidents.Triage.Alerts;

/// <summary>What a copy of an alert means against what is known of its key.</summary>
internal enum CopyKind
{
    /// <summary>Says nothing new: an earlier episode, or an order that has been overtaken.</summary>
    Late,

    /// <summary>The episode goes on.</summary>
    Repeat,

    /// <summary>A new episode begins.</summary>
    Fires,

    /// <summary>The episode is over.</summary>
    Resolves,
}

/// <summary>
/// Decides what a copy means, in whatever order copies arrive (resolved before firing, late, repeated). Pure.
/// An episode is (key, start). A resolution is final for its episode: the same start never fires again.
/// </summary>
internal static class Episodes
{
    /// <param name="startGiven">The source named the start. Without it a copy that comes while the alert fires belongs to the episode that fires.</param>
    public static CopyKind Classify(bool? firing, Instant? startsAt, long lastSeq, bool copyFires, Instant copyStart, long copySeq, bool startGiven)
    {
        if (firing is null || startsAt is not { } start)
            return copyFires ? CopyKind.Fires : CopyKind.Resolves;
        if (!startGiven)
        {
            if (copySeq < lastSeq)
                return CopyKind.Late;
            return (firing.Value, copyFires) switch
            {
                (true, true) => CopyKind.Repeat,
                (true, false) => CopyKind.Resolves,
                (false, true) => CopyKind.Fires,
                (false, false) => CopyKind.Late,
            };
        }
        if (copyStart < start)
            return CopyKind.Late;
        if (copyStart > start)
            return copyFires ? CopyKind.Fires : CopyKind.Resolves;
        return (firing.Value, copyFires) switch
        {
            (true, true) => CopyKind.Repeat,
            (true, false) => CopyKind.Resolves,
            _ => CopyKind.Late,
        };
    }
}
