namespace Incidents.Simulator.Calls;

/// <summary>States of a call in the order in which they are passed; the last five are final.</summary>
internal enum CallStatus
{
    Queued,
    Initiated,
    Ringing,
    InProgress,
    Completed,
    Busy,
    Failed,
    NoAnswer,
    Canceled,
}

/// <summary>The four moments a client may ask to be told of.</summary>
[Flags]
internal enum CallEvents
{
    None = 0,
    Initiated = 1,
    Ringing = 2,
    Answered = 4,
    Completed = 8,
}

internal static class CallStatuses
{
    public static bool IsFinal(this CallStatus status) => status >= CallStatus.Completed;

    /// <summary>The vendor's spelling.</summary>
    public static string Wire(this CallStatus status) => status switch
    {
        CallStatus.Queued => "queued",
        CallStatus.Initiated => "initiated",
        CallStatus.Ringing => "ringing",
        CallStatus.InProgress => "in-progress",
        CallStatus.Completed => "completed",
        CallStatus.Busy => "busy",
        CallStatus.Failed => "failed",
        CallStatus.NoAnswer => "no-answer",
        _ => "canceled",
    };

    public static CallEvents Event(this CallStatus status) => status switch
    {
        CallStatus.Queued => CallEvents.None,
        CallStatus.Initiated => CallEvents.Initiated,
        CallStatus.Ringing => CallEvents.Ringing,
        CallStatus.InProgress => CallEvents.Answered,
        _ => CallEvents.Completed,
    };

    /// <summary>The SIP code that the vendor reports with the end of a call.</summary>
    public static string SipCode(this CallStatus status) => status switch
    {
        CallStatus.Busy => "486",
        CallStatus.Failed => "503",
        CallStatus.NoAnswer => "480",
        CallStatus.Canceled => "487",
        _ => "200",
    };
}
