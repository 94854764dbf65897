using NodaTime;

namespace Incidents.Paging.Channels.Twilio;

internal static class TwilioMatches
{
    /// <summary>The vendor's times are whole seconds of its own clock.</summary>
    private static readonly Duration Slack = Duration.FromSeconds(2);

    public static bool Match(TwilioRecord record, string to, string from, Instant since)
        => string.Equals(record.To, to, StringComparison.Ordinal)
            && string.Equals(record.From, from, StringComparison.Ordinal)
            && record.CreatedAt is { } at && at >= since - Slack;
}

/// <summary>Addresses that the vendor calls back: <c>PublicUrl</c> and a path, named once.</summary>
internal static class CallbackUrls
{
    public const string VoicePath = "/callbacks/twilio/voice";
    public const string DigitsPath = "/callbacks/twilio/digits";
    public const string StatusPath = "/callbacks/twilio/status";
    public const string SmsPath = "/callbacks/twilio/sms";
    public const string IncomingPath = "/callbacks/twilio/incoming";
    public const string PinPath = "/callbacks/twilio/pin";

    public static string Status(PagingAddresses addresses, Guid attempt) => $"{addresses.PublicUrl}{StatusPath}?attempt={attempt}";
}
