using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;
using Incidents.Contracts.Seams;
using Incidents.Paging.Channels.Phrases;

namespace Incidents.Paging.Channels.Sms;

/// <summary>
/// What a reply asks for. <paramref name="Verb"/> null: help. <paramref name="Number"/> null: the latest page to that phone, or with <paramref name="All"/> every
/// one that is open.
/// </summary>
internal sealed record SmsCommand(IncidentVerb? Verb, long? Number, bool All = false);

/// <summary>
/// Reads replies: <c>ack 42</c>, <c>res #42</c>, <c>esc 42</c>, <c>ack all</c>, <c>res all</c>, <c>help</c>, their words in every language of <see cref="PhoneTexts"/>, and bare <c>4</c>, <c>6</c>, <c>8</c>,
/// in any case. What is only nearly a word is not guessed. Pure.
/// </summary>
internal static partial class SmsReply
{
    private static readonly FrozenDictionary<string, IncidentVerb?> Words = PhoneTexts.All
        .SelectMany(t => Of(t.WordsAcknowledge, IncidentVerb.Acknowledge).Concat(Of(t.WordsResolve, IncidentVerb.Resolve)).Concat(Of(t.WordsEscalate, IncidentVerb.Escalate)).Concat(Of(t.WordsHelp, null)))
        .Append(new("?", null))
        .DistinctBy(w => w.Key).ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Alls = PhoneTexts.All.SelectMany(t => t.WordsAll.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Null: not understood.</summary>
    public static SmsCommand? Read(string body)
    {
        var match = Command().Match(body.Trim());
        if (!match.Success)
            return null;
        var word = match.Groups["word"].Value.ToLowerInvariant();
        var verb = PhoneActions.OfKey(word);
        if (verb is null && !Words.TryGetValue(word, out verb))
            return null;
        if (match.Groups["all"].Success)
            return verb is IncidentVerb.Acknowledge or IncidentVerb.Resolve && Alls.Contains(match.Groups["all"].Value) ? new SmsCommand(verb, null, All: true) : null;
        if (!match.Groups["number"].Success)
            return new SmsCommand(verb, null);
        return long.TryParse(match.Groups["number"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? new SmsCommand(verb, number) : null;
    }

    private static IEnumerable<KeyValuePair<string, IncidentVerb?>> Of(string words, IncidentVerb? verb)
        => words.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(w => new KeyValuePair<string, IncidentVerb?>(w.ToLowerInvariant(), verb));

    [GeneratedRegex(@"\A(?<word>\p{L}+|[468]|\?)[,:]?((\s*#\s*|\s+)(?<number>[0-9]{1,18})|\s+(?<all>\p{L}+))?\s*[.!]?\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Command();
}
