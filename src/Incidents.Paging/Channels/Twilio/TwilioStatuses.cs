using Incidents.Paging.Pipeline;

namespace Incidents.Paging.Channels.Twilio;

/// <summary>
/// Twilio's words for calls and messages (twilio.com/docs/voice/api/call-resource, /messaging/api/message-resource) with a rank that never goes back:
/// under way 1–3, picked up 4, ended 5.
/// </summary>
internal static class TwilioStatuses
{
    public const string Machine = "answered-by-machine";

    /// <summary>A machine at the other end, while the call lasts: a person who proves to be one comes after it.</summary>
    public const int MachineRank = 3;

    public static (StatusMeaning Meaning, int Rank) Read(string? status) => status switch
    {
        "queued" or "accepted" or "scheduled" => (StatusMeaning.Underway, 1),
        "initiated" or "sending" => (StatusMeaning.Underway, 2),
        "ringing" or "sent" => (StatusMeaning.Underway, 3),
        "in-progress" or "answered" => (StatusMeaning.PickedUp, 4),
        // Not the vendor's word: what TwilioClient makes of a call that was answered by a machine.
        Machine => (StatusMeaning.Machine, 5),
        "completed" => (StatusMeaning.Completed, 5),
        "busy" => (StatusMeaning.Busy, 5),
        "no-answer" => (StatusMeaning.NoAnswer, 5),
        "canceled" => (StatusMeaning.Canceled, 5),
        "failed" or "undelivered" => (StatusMeaning.Undeliverable, 5),
        "delivered" or "read" => (StatusMeaning.Delivered, 5),
        _ => (StatusMeaning.Underway, 0),
    };
}
