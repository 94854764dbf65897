using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Incidents.Paging.Channels.Phrases;

/// <summary>Numbers and names of the outside world made fit for the ear. Pure.</summary>
internal static partial class Spoken
{
    private const int LongestTitle = 160;
    private const int LongestName = 60;

    /// <summary>Up to 99 as a number; from there digit by digit with a pause after each three: <c>1 0 4, 2 7</c>.</summary>
    public static string Number(long number)
    {
        var digits = number.ToString(CultureInfo.InvariantCulture);
        return digits.Length <= 2 ? digits : string.Join(", ", digits.Chunk(3).Select(group => string.Join(' ', group)));
    }

    public static string Numbers(IEnumerable<long> numbers, string and)
    {
        var said = numbers.Select(Number).ToList();
        return said.Count <= 1 ? string.Concat(said) : $"{string.Join("; ", said[..^1])} {and} {said[^1]}";
    }

    /// <summary>Words instead of a machine's name: <c>payments-api_v2</c> → <c>payments api v2</c>.</summary>
    public static string Name(string name)
    {
        var words = Joints().Replace(Humps().Replace(name, "${end} ${start}"), " ").Trim();
        return words.Length == 0 ? Wording.Cut(name, LongestName) : Wording.Cut(words, LongestName);
    }

    /// <summary>A title without what nobody can listen to: addresses, sets of labels, <c>key="value"</c>. Null: nothing is left.</summary>
    public static string? Title(string title)
    {
        var heard = Pairs().Replace(Sets().Replace(Addresses().Replace(title, " "), " "), " ").Replace('_', ' ');
        var cut = Wording.Cut(Blanks().Replace(heard, "${mark}"), LongestTitle).Trim(' ', ',', ';', '-', '|', ':');
        if (!cut.AsSpan().ContainsAnyExcept(Punctuation))
            return null;
        return cut[^1] is '.' or '!' or '?' ? cut : cut + ".";
    }

    private static readonly System.Buffers.SearchValues<char> Punctuation = System.Buffers.SearchValues.Create(" .,:;!?-()[]{}\"'|/…");

    /// <summary>Local time of day, 24 hours; the zone's abbreviation is not spoken.</summary>
    public static string Time(NodaTime.Instant at, string? zone)
    {
        var local = at.InZone((zone is null ? null : NodaTime.DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone)) ?? NodaTime.DateTimeZone.Utc);
        return new StringBuilder().Append(CultureInfo.InvariantCulture, $"{local.Hour:00}:{local.Minute:00}").ToString();
    }

    [GeneratedRegex(@"[a-zA-Z][a-zA-Z0-9+.-]*://\S+|\bwww\.\S+", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Addresses();

    [GeneratedRegex(@"\{[^{}]*[=:][^{}]*\}|\[[^\[\]]*=[^\[\]]*\]|\([^()]*=[^()]*\)", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Sets();

    [GeneratedRegex(@"[A-Za-z_][A-Za-z0-9_.]*=(""[^""]*""|[^\s,;]+)[,;]?", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Pairs();

    [GeneratedRegex(@"\s+(?<mark>[,.;:!?])", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Blanks();

    [GeneratedRegex(@"[-_./:\\]+", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Joints();

    [GeneratedRegex(@"(?<end>[a-z0-9])(?<start>[A-Z])", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Humps();
}
