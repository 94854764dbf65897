using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;

namespace Incidents.Contracts.Organisation;

/// <summary>Durations as the configuration document and the API write them: <c>30s</c>, <c>5m</c>, <c>1h30m</c>; whole seconds, never negative.</summary>
public static partial class DurationText
{
    /// <summary>Inclusive upper bound: a leap year. Longer is a typing error.</summary>
    public static Duration Longest { get; } = Duration.FromHours(366 * 24);

    /// <summary>Null when <paramref name="text"/> is not a duration or is longer than <see cref="Longest"/>.</summary>
    public static Duration? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text) || text.Length > 30)
            return null;
        var match = Pattern().Match(text);
        if (!match.Success)
            return null;
        var total = Duration.Zero;
        foreach (var (group, unit) in Units)
        {
            if (!match.Groups[group].Success)
                continue;
            if (!int.TryParse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
                return null;
            total += unit * count;
        }
        return total <= Longest ? total : null;
    }

    /// <summary>The shortest form: <c>90m</c> is written <c>1h30m</c>. Parts of a second are dropped.</summary>
    public static string Format(Duration duration)
    {
        var seconds = (long)duration.TotalSeconds;
        if (seconds <= 0)
            return "0s";
        var hours = seconds / 3600;
        var minutes = seconds / 60 % 60;
        seconds %= 60;
        return string.Create(CultureInfo.InvariantCulture, $"{(hours > 0 ? $"{hours}h" : "")}{(minutes > 0 ? $"{minutes}m" : "")}{(seconds > 0 ? $"{seconds}s" : "")}");
    }

    private static readonly (string Group, Duration Unit)[] Units = [("h", Duration.FromHours(1)), ("m", Duration.FromMinutes(1)), ("s", Duration.FromSeconds(1))];

    [GeneratedRegex(@"\A(?=[0-9])(?:(?<h>[0-9]+)h)?(?:(?<m>[0-9]+)m)?(?:(?<s>[0-9]+)s)?\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
