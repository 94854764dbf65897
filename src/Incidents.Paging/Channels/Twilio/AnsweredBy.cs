namespace Incidents.Paging.Channels.Twilio;

/// <summary>
/// The vendor's word for who answered (twilio.com/docs/voice/answering-machine-detection): human, machine_start, machine_end_…, fax, unknown.
/// What it could not tell counts as a person: better a word too many to a mailbox than a person hung up on.
/// </summary>
internal static class AnsweredBy
{
    public static bool IsMachine(string? word) => word is not null && (word.StartsWith("machine", StringComparison.Ordinal) || word == "fax");
}
