using System.Collections.Frozen;
using System.Globalization;
using System.Net.Mail;
using System.Text.RegularExpressions;
using Incidents.Contracts.Organisation;
using Incidents.Kernel;
using NodaTime;
using NodaTime.Text;

namespace Incidents.Configuration.Document;

/// <summary>A value, or what is wrong with it (a sentence that follows the path).</summary>
internal readonly record struct Parsed<T>(T Value, string? Problem = null);

/// <summary>The simple values of the document: how each is written, and its bounds.</summary>
internal static partial class Scalars
{
    private const int LongestName = 100;
    private const int LongestText = 1000;

    public static Parsed<string> Text(ScalarNode scalar) => scalar switch
    {
        { IsText: false } => new("", $"must be text, not {scalar.Describe()}; put it in quotes."),
        { Text.Length: 0 } => new("", "must not be empty."),
        { Text.Length: > LongestText } => new("", $"must have at most {LongestText} characters."),
        _ when scalar.Text.Any(char.IsControl) => new("", "must not contain control characters."),
        _ when scalar.Text != scalar.Text.Trim() => new("", "must not begin or end with a space."),
        _ => new(scalar.Text),
    };

    /// <summary>An identity: shown to people and used in paths and addresses.</summary>
    public static Parsed<string> Name(ScalarNode scalar)
    {
        var text = Text(scalar);
        if (text.Problem is not null)
            return text;
        if (text.Value.Length > LongestName)
            return new("", $"must have at most {LongestName} characters.");
        return text.Value.IndexOfAny(['/', '[', ']', '\\']) >= 0 ? new("", "must not contain / \\ [ or ].") : text;
    }

    public static Parsed<string> Login(ScalarNode scalar)
    {
        var name = Name(scalar);
        if (name.Problem is not null)
            return name;
        if (name.Value == "system")
            return new("", "'system' is the platform's own name.");
        return LoginPattern().IsMatch(name.Value) ? name : new("", "must be letters, digits and . _ - @, beginning with a letter or digit.");
    }

    public static Parsed<int> Whole(ScalarNode scalar, int least, int most)
    {
        if (scalar.IsText || !int.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
            return new(least, $"must be a whole number, not {scalar.Describe()}.");
        return value < least || value > most ? new(least, Range(least, most, value)) : new(value);
    }

    public static Parsed<decimal> Number(ScalarNode scalar, decimal least, decimal most)
    {
        if (scalar.IsText || !decimal.TryParse(scalar.Text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
            return new(least, $"must be a number, not {scalar.Describe()}.");
        return value < least || value > most ? new(least, Range(least, most, value)) : new(value);
    }

    private static string Range(decimal least, decimal most, decimal value)
        => string.Create(CultureInfo.InvariantCulture, $"must be between {least} and {most}, not {value}.");

    /// <summary>Above zero.</summary>
    public static Parsed<Duration> Length(ScalarNode scalar)
    {
        var parsed = Delay(scalar);
        return parsed.Problem is null && parsed.Value <= Duration.Zero ? new(Duration.FromSeconds(1), "must be longer than 0s.") : parsed;
    }

    /// <summary>Zero or above.</summary>
    public static Parsed<Duration> Delay(ScalarNode scalar) => DurationText.Parse(scalar.Text) is { } value
        ? new(value)
        : new(Duration.FromSeconds(1), $"must be a duration such as 30s, 5m or 1h30m (at most 8784h), not {scalar.Describe()}.");

    public static Parsed<TurnLength> Turn(ScalarNode scalar)
    {
        var match = TurnPattern().Match(scalar.Text);
        if (!match.Success || !int.TryParse(match.Groups["count"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            return new(new(1, TurnUnit.Day), $"must be a calendar length of exactly one unit such as 8h, 1d, 1w or 1mo, not {scalar.Describe()}.");
        return count is < 1 or > 1000 ? new(new(1, TurnUnit.Day), "must be between 1 and 1000 units.") : new(new(count, Words.TurnUnits.Find(match.Groups["unit"].Value)!.Value));
    }

    public static string Format(TurnLength turn) => turn.Count.ToString(CultureInfo.InvariantCulture) + Words.TurnUnits.Of(turn.Unit);

    public static Parsed<LocalDate> Date(ScalarNode scalar) => LocalDatePattern.Iso.Parse(scalar.Text) is { Success: true, Value.Year: >= 1900 and <= 2999 } date
        ? new(date.Value)
        : new(new LocalDate(2000, 1, 1), $"must be a date such as 2026-12-25, not {scalar.Describe()}.");

    public static Parsed<LocalTime> Time(ScalarNode scalar) => TimePattern.Parse(scalar.Text) is { Success: true } time
        ? new(time.Value)
        : new(LocalTime.Midnight, $"must be a local time such as \"09:00\", not {scalar.Describe()}.");

    public static string Format(LocalTime time) => TimePattern.Format(time);

    public static Parsed<LocalDateTime> DateTime(ScalarNode scalar)
    {
        foreach (var pattern in new[] { DateTimePattern, LocalDateTimePattern.GeneralIso })
        {
            if (pattern.Parse(scalar.Text) is { Success: true, Value.Year: >= 1900 and <= 2999 } parsed)
                return new(parsed.Value);
        }
        return new(new LocalDateTime(2000, 1, 1, 0, 0), $"must be a local date and time without an offset such as 2026-01-05T10:00, not {scalar.Describe()}.");
    }

    public static string Format(LocalDateTime local) => local.Second == 0 ? DateTimePattern.Format(local) : LocalDateTimePattern.GeneralIso.Format(local);

    public static Parsed<Instant> Moment(ScalarNode scalar) => OffsetDateTimePattern.Rfc3339.Parse(scalar.Text) is { Success: true, Value.Year: >= 1900 and <= 2999 } moment
        ? new(Instants.Truncate(moment.Value.ToInstant()))
        : new(Instant.FromUnixTimeSeconds(0), $"must be an instant such as 2026-12-24T15:00:00Z, not {scalar.Describe()}.");

    public static Parsed<Guid> Id(ScalarNode scalar) => scalar.IsText && Guid.TryParseExact(scalar.Text, "D", out var id) && id != Guid.Empty
        ? new(id)
        : new(Guid.Empty, $"must be a UUID such as 0198c0de-0000-7000-8000-000000000001, not {scalar.Describe()}.");

    public static Parsed<string> Zone(ScalarNode scalar)
    {
        return scalar.IsText && Zones.Contains(scalar.Text) ? new(scalar.Text)
            : new("UTC", $"must be an IANA zone such as Europe/Tallinn, not {scalar.Describe()}.{Faults.DidYouMean(scalar.Text, Zones)}");
    }

    public static Parsed<string> Email(ScalarNode scalar)
    {
        var text = Text(scalar);
        if (text.Problem is not null)
            return text;
        return text.Value.Length <= 254 && EmailPattern().IsMatch(text.Value) && MailAddress.TryCreate(text.Value, out _)
            ? text : new("", $"must be an e-mail address, not {scalar.Describe()}.");
    }

    public static Parsed<string> Url(ScalarNode scalar)
    {
        var text = Text(scalar);
        if (text.Problem is not null)
            return text;
        return Uri.TryCreate(text.Value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? text : new("", $"must be an http or https address, not {scalar.Describe()}.");
    }

    public static Parsed<string> Phone(ScalarNode scalar) => scalar.IsText && PhonePattern().IsMatch(scalar.Text)
        ? new(scalar.Text)
        : new("", $"must be a phone number in E.164 form such as \"+3725000003\" (in quotes), not {scalar.Describe()}.");

    public static Parsed<string> SlackUser(ScalarNode scalar) => scalar.IsText && SlackPattern().IsMatch(scalar.Text)
        ? new(scalar.Text)
        : new("", $"must be a Slack member id such as U012AB3CD, not {scalar.Describe()}.");

    public static Parsed<string> Currency(ScalarNode scalar) => scalar.IsText && CurrencyPattern().IsMatch(scalar.Text)
        ? new(scalar.Text)
        : new("", $"must be a currency code of three capitals such as EUR, not {scalar.Describe()}.");

    public static Parsed<string> Language(ScalarNode scalar) => scalar.IsText && LanguagePattern().IsMatch(scalar.Text)
        ? new(scalar.Text)
        : new("en", $"must be a language tag such as en or pt-BR, not {scalar.Describe()}.");

    public static Parsed<string> Regex(ScalarNode scalar)
    {
        if (!scalar.IsText)
            return new("", $"must be text, not {scalar.Describe()}; put it in quotes.");
        try
        {
            _ = Patterns.Compile(scalar.Text);
            return new(scalar.Text);
        }
        catch (ArgumentException wrong)
        {
            return new("", $"is not a usable regular expression: {wrong.Message}");
        }
    }

    private static readonly FrozenSet<string> Zones = DateTimeZoneProviders.Tzdb.Ids.ToFrozenSet(StringComparer.Ordinal);
    private static readonly LocalTimePattern TimePattern = LocalTimePattern.CreateWithInvariantCulture("HH:mm");
    private static readonly LocalDateTimePattern DateTimePattern = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-ddTHH:mm");

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._@-]*\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LoginPattern();

    [GeneratedRegex(@"\A(?<count>[0-9]{1,9})(?<unit>h|d|w|mo)\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TurnPattern();

    [GeneratedRegex(@"\A[^\s@<>,;""]+@[^\s@<>,;""]+\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EmailPattern();

    [GeneratedRegex(@"\A\+[1-9][0-9]{6,14}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PhonePattern();

    [GeneratedRegex(@"\A[UW][A-Z0-9]{2,20}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SlackPattern();

    [GeneratedRegex(@"\A[A-Z]{3}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CurrencyPattern();

    [GeneratedRegex(@"\A[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LanguagePattern();
}
