using System.Globalization;
using System.Text.Json.Serialization;

namespace Incidents.Scheduling.Compensation;

/// <summary>
/// An amount of one currency, in whole minor units. Amounts of two currencies are never added. In JSON the amount is a decimal string:
/// <c>{"amount": "123.45", "currency": "EUR"}</c>.
/// </summary>
internal readonly record struct Money
{
    public Money(decimal amount, string currency) => (Amount, Currency) = (amount, currency);

    [JsonConstructor]
    public Money(string text, string currency)
        : this(decimal.Parse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture), currency)
    {
    }

    [JsonIgnore]
    public decimal Amount { get; }

    /// <summary>The amount with exactly the decimals of the currency.</summary>
    [JsonPropertyName("amount")]
    public string Text => Amount.ToString("F" + Currencies.DigitsOf(Currency).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>ISO 4217.</summary>
    public string Currency { get; }

    /// <summary><c>123.45 EUR</c>.</summary>
    public override string ToString() => $"{Text} {Currency}";

    /// <summary>One sum for each currency, in the order of the currencies' codes.</summary>
    public static IReadOnlyList<Money> Sums(IEnumerable<Money> amounts)
        => [.. amounts.GroupBy(m => m.Currency, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => new Money(g.Sum(m => m.Amount), g.Key))];
}
