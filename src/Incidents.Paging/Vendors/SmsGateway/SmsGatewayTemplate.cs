using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Incidents.Paging.Vendors.SmsGateway;

/// <summary>Fills a template and reads an answer. Pure.</summary>
internal static partial class SmsGatewayTemplate
{
    internal enum Encoding { None, Json, Url }

    public static Encoding Of(string contentType) => contentType.Split(';')[0].Trim().ToLowerInvariant() switch
    {
        "application/x-www-form-urlencoded" => Encoding.Url,
        var type when type.EndsWith("/json", StringComparison.Ordinal) || type.EndsWith("+json", StringComparison.Ordinal) => Encoding.Json,
        _ => Encoding.None,
    };

    /// <summary>Replaces each placeholder once: what a text brings along is never taken for one.</summary>
    public static string Fill(string template, string to, string text, string id, Encoding encoding)
        => Placeholder().Replace(template, m => Encoded(m.Value switch { "{to}" => to, "{text}" => text, _ => id }, encoding));

    /// <summary>The value at a path of names and places; null: there is none, or it is neither a text nor a number.</summary>
    public static string? Read(string json, string path)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var at = document.RootElement;
            foreach (var step in path.Split('.'))
            {
                if (at.ValueKind == JsonValueKind.Object && at.TryGetProperty(step, out var member))
                    at = member;
                else if (at.ValueKind == JsonValueKind.Array && int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var place) && place < at.GetArrayLength())
                    at = at[place];
                else
                    return null;
            }
            return at.ValueKind switch { JsonValueKind.String => at.GetString(), JsonValueKind.Number => at.GetRawText(), _ => null };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Encoded(string value, Encoding encoding) => encoding switch
    {
        Encoding.Json => JsonEncodedText.Encode(value).ToString(),
        Encoding.Url => Uri.EscapeDataString(value),
        _ => value,
    };

    [GeneratedRegex(@"\{(to|text|id)\}", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Placeholder();
}
