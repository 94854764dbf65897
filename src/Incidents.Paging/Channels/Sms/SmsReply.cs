using System.Globalization;
using System.Text.RegularExpressions;
using Incidents.Contracts.Seams;

namespace Incidents.Paging.Channels.Sms;

/// <summary>What a reply asks for. <paramref name="Number"/> null: the latest page to that phone.</summary>
internal sealed record SmsCommand(IncidentVerb Verb, long? Number);

/// <summary>Reads replies: <c>ack 42</c>, <c>res #42</c>, <c>esc 42</c>, bare <c>4</c>, <c>6</c>, <c>8</c>. Pure.</summary>
internal static partial class SmsReply
{
    /// <summary>Null: not understood.</summary>
    public static SmsCommand? Read(string body)
    {
        var match = Command().Match(body.Trim());
        if (!match.Success)
            return null;
        var word = match.Groups["verb"].Value.ToLowerInvariant();
        var verb = PhoneActions.OfKey(word) ?? word[0] switch
        {
            'a' => IncidentVerb.Acknowledge,
            'r' => IncidentVerb.Resolve,
            _ => IncidentVerb.Escalate,
        };
        if (!match.Groups["number"].Success)
            return new SmsCommand(verb, null);
        return long.TryParse(match.Groups["number"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? new SmsCommand(verb, number) : null;
    }

    [GeneratedRegex(@"\A(?<verb>ack|acknowledge|res|resolve|esc|escalate|4|6|8)((\s*#\s*|\s+)(?<number>[0-9]{1,18}))?[.!]?\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Command();
}
