using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Incidents.Simulator;

/// <summary>A duration as <c>"250ms"</c>, <c>"2s"</c> or <c>"1m"</c>, or a number of milliseconds. Written as milliseconds.</summary>
internal sealed class DurationJson : JsonConverter<TimeSpan?>
{
    private static readonly (string Unit, double Milliseconds)[] Units = [("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000)];

    public override TimeSpan? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.Number => Checked(reader.GetDouble()),
        JsonTokenType.String => Parse(reader.GetString()!),
        _ => throw new JsonException("A duration is a text like 2s or a number of milliseconds."),
    };

    public override void Write(Utf8JsonWriter writer, TimeSpan? value, JsonSerializerOptions options)
    {
        if (value is { } duration) writer.WriteNumberValue(duration.TotalMilliseconds);
        else writer.WriteNullValue();
    }

    private static TimeSpan Parse(string text)
    {
        foreach (var (unit, milliseconds) in Units)
        {
            if (text.EndsWith(unit, StringComparison.Ordinal)
                && double.TryParse(text[..^unit.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
                return Checked(number * milliseconds);
        }
        throw new JsonException($"'{text}' is not a duration; write 250ms, 2s or 1m.");
    }

    private static TimeSpan Checked(double milliseconds) => milliseconds is >= 0 and <= 86_400_000
        ? TimeSpan.FromMilliseconds(milliseconds)
        : throw new JsonException("A duration is between 0 and 24 hours.");
}
