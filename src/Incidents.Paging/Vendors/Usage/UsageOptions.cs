using System.Globalization;
using Incidents.Contracts.Organisation;
using Microsoft.Extensions.Options;

namespace Incidents.Paging.Vendors.Usage;

/// <summary>What deliveries cost, and from when on that is too much. Section <c>Paging:Usage</c>.</summary>
public sealed class UsageOptions
{
    public const string Section = "Paging:Usage";

    /// <summary>Prices, separated by semicolons, each <c>vendor channel prefix price</c> for one call or message, the prefix of the number left out for all others: <c>twilio voice +372 0.05; twilio sms 0.0079</c>. The longest prefix that fits counts. Empty by default: everything costs nothing.</summary>
    public string Prices { get; set; } = "";

    /// <summary>In which the prices are, as it is shown. Default <c>USD</c>; three letters.</summary>
    public string Currency { get; set; } = "USD";

    /// <summary>What a month (UTC) may cost. At 80 % and at 100 % the managers are told; beyond it low urgency goes over contacts that cost nothing, where a person has one, and high urgency goes as ever. Default 0: no cap.</summary>
    public decimal MonthlyCap { get; set; }
}

/// <summary>The price of one delivery. <paramref name="Prefix"/> empty: of every number that no other price fits.</summary>
internal sealed record Price(string Vendor, ContactKind Channel, string Prefix, decimal Amount);

/// <summary>Reads and looks up prices. Pure.</summary>
internal static class Prices
{
    /// <summary>Prices that can be read, and what is wrong with the others.</summary>
    public static (IReadOnlyList<Price> Prices, IReadOnlyList<string> Faults) Read(string text)
    {
        var prices = new List<Price>();
        var faults = new List<string>();
        foreach (var entry in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var words = entry.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length is not (3 or 4) || !Enum.TryParse<ContactKind>(words[1], ignoreCase: true, out var channel) || char.IsAsciiDigit(words[1][0])
                || (words.Length == 4 && (words[2][0] != '+' || !words[2].AsSpan(1).ContainsOnlyDigits()))
                || !decimal.TryParse(words[^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) || amount > 1000)
            {
                faults.Add($"'{entry}'");
                continue;
            }
            prices.Add(new Price(words[0], channel, words.Length == 4 ? words[2] : "", amount));
        }
        return (prices, faults);
    }

    /// <summary>Null: it costs nothing.</summary>
    public static Price? Of(IReadOnlyList<Price> prices, string vendor, ContactKind channel, string address) => prices
        .Where(p => p.Channel == channel && string.Equals(p.Vendor, vendor, StringComparison.Ordinal) && address.StartsWith(p.Prefix, StringComparison.Ordinal))
        .MaxBy(p => p.Prefix.Length);
}

internal sealed class UsageOptionsValidator : IValidateOptions<UsageOptions>
{
    public ValidateOptionsResult Validate(string? name, UsageOptions options)
    {
        var faults = Prices.Read(options.Prices).Faults
            .Select(f => $"{UsageOptions.Section}:Prices has {f}: use 'vendor channel prefix price', twilio voice +372 0.05, or without the prefix.").ToList();
        if (options.Currency.Length != 3 || !options.Currency.All(char.IsAsciiLetterUpper))
            faults.Add($"{UsageOptions.Section}:Currency is '{options.Currency}': use three capital letters, USD.");
        if (options.MonthlyCap is < 0 or > 1_000_000_000)
            faults.Add($"{UsageOptions.Section}:MonthlyCap is {options.MonthlyCap.ToString(CultureInfo.InvariantCulture)}: use 0 (none) to 1000000000.");
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
