using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Incidents.Scheduling.Compensation;

/// <summary>
/// An amount of one currency, in whole minor units. Amounts of two currencies are never added. In JSON the amount is a decimal string:
/// <c>{"amount": "123.45", "currency": "EUR"}</c>.
/// </summary>
[JsonConverter(typeof(MoneyJson))]
internal readonly record struct Money(decimal Amount, string Currency)
{
    /// <summary><c>123.45 EUR</c>.</summary>
    public override string ToString() => $"{AmountText} {Currency}";

    /// <summary>With exactly the decimals of the currency.</summary>
    [JsonIgnore]
    public string AmountText => Amount.ToString("F" + Currencies.DigitsOf(Currency).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    public Money Negated => this with { Amount = -Amount };

    /// <summary>One sum for each currency, in the order of the currencies' codes.</summary>
    public static IReadOnlyList<Money> Sums(IEnumerable<Money> amounts)
        => [.. amounts.GroupBy(m => m.Currency, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => new Money(g.Sum(m => m.Amount), g.Key))];
}

internal sealed class MoneyJson : JsonConverter<Money>
{
    public override Money Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        var root = document.RootElement;
        return new Money(
            decimal.Parse(root.GetProperty("amount").GetString()!, NumberStyles.Number, CultureInfo.InvariantCulture),
            root.GetProperty("currency").GetString()!);
    }

    public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("amount", value.AmountText);
        writer.WriteString("currency", value.Currency);
        writer.WriteEndObject();
    }
}
