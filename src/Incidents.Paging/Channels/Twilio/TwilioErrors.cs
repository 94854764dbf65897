using Incidents.Paging.Model;

namespace Incidents.Paging.Channels.Twilio;

/// <summary>Twilio's error codes that mean something to us (twilio.com/docs/api/errors); the rest is a plain refusal.</summary>
internal static class TwilioErrors
{
    public static Reason ReasonOf(int code) => code switch
    {
        21201 or 21211 or 21214 or 21217 or 21401 or 21614 or 13224 or 13223 => Reason.InvalidNumber,
        21215 or 21216 or 21219 or 21408 or 21608 or 21612 or 13227 => Reason.NotPermitted,
        21610 => Reason.Unsubscribed,
        _ => Reason.Rejected,
    };
}
