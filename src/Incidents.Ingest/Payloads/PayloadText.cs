using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using Incidents.Kernel;

namespace Incidents.Ingest.Payloads;

/// <summary>A body as people may read it: indented where it is JSON, secrets masked, cut where it is long. Pure.</summary>
internal static class PayloadText
{
    /// <summary>Characters that are kept of a body once it is indented.</summary>
    public const int Shown = 16_384;

    public const string Masked = "•••";

    private static readonly JsonWriterOptions Indented = new() { Indented = true, SkipValidation = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Regex SecretName = Pattern("passw(or)?d|passphrase|secret|token|authorization|credential|cookie|api[-_]?key|(access|private|signing|encryption)[-_]?key");
    private static readonly Regex Query = Pattern("""(?<name>[?&](access_token|token|key|api_?key|secret|password|sig|signature)=)[^&\s"'#]+""");
    private static readonly Regex Scheme = Pattern("""\b(?<name>bearer|basic)\s+[A-Za-z0-9._~+/=-]{8,}""");
    private static readonly Regex UserInfo = Pattern("""://[^/\s:@"']+:[^/\s@"']+@""");
    private static readonly Regex Assignment = Pattern("""(?<name>["']?[\w-]*(passw(or)?d|secret|token|authorization|api[-_]?key)[\w-]*["']?\s*[:=]\s*["']?)[^\s"',;&}]+""");

    /// <param name="whole">False: more bytes came than these.</param>
    /// <returns>The text, and whether something of the body is not in it.</returns>
    public static (string Text, bool Cut) Of(ReadOnlySpan<byte> body, bool whole)
    {
        var text = Json(body, whole) ?? Plain(Encoding.UTF8.GetString(body));
        var clean = Texts.Clean(text);
        return clean.Length > Shown ? (clean[..(char.IsHighSurrogate(clean[Shown - 1]) ? Shown - 1 : Shown)], true) : (clean, !whole);
    }

    /// <summary>Null: not JSON. The beginning of a longer document is written as far as it goes.</summary>
    private static string? Json(ReadOnlySpan<byte> body, bool whole)
    {
        var output = new ArrayBufferWriter<byte>(Math.Max(256, body.Length));
        try
        {
            var reader = new Utf8JsonReader(body, isFinalBlock: whole, default);
            using var writer = new Utf8JsonWriter(output, Indented);
            var secretAt = -1; // depth of the value that is being left out
            while (reader.Read())
            {
                if (secretAt >= 0)
                {
                    if (reader.CurrentDepth == secretAt && reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
                        secretAt = -1;
                    continue;
                }
                if (reader.TokenType == JsonTokenType.PropertyName)
                {
                    var name = reader.GetString()!;
                    writer.WritePropertyName(name);
                    if (!SecretName.IsMatch(name))
                        continue;
                    writer.WriteStringValue(Masked);
                    if (!reader.Read())
                        break;
                    if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                        secretAt = reader.CurrentDepth;
                    continue;
                }
                Token(ref reader, writer);
            }
            writer.Flush();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
        return output.WrittenCount == 0 ? null : Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static void Token(ref Utf8JsonReader reader, Utf8JsonWriter writer)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                writer.WriteStartObject();
                break;
            case JsonTokenType.EndObject:
                writer.WriteEndObject();
                break;
            case JsonTokenType.StartArray:
                writer.WriteStartArray();
                break;
            case JsonTokenType.EndArray:
                writer.WriteEndArray();
                break;
            case JsonTokenType.String:
                writer.WriteStringValue(Values(reader.GetString()!));
                break;
            case JsonTokenType.True or JsonTokenType.False:
                writer.WriteBooleanValue(reader.GetBoolean());
                break;
            case JsonTokenType.Null:
                writer.WriteNullValue();
                break;
            // A raw value would not be indented.
            case JsonTokenType.Number when reader.TryGetDecimal(out var number):
                writer.WriteNumberValue(number);
                break;
            default:
                writer.WriteRawValue(reader.ValueSpan, skipInputValidation: true);
                break;
        }
    }

    /// <summary>What is not JSON may still say <c>password=…</c>.</summary>
    private static string Plain(string text) => Assignment.Replace(Values(text), "${name}" + Masked);

    private static string Values(string text) => UserInfo.Replace(Scheme.Replace(Query.Replace(text, "${name}" + Masked), "${name} " + Masked), "://" + Masked + "@");

    // Without backtracking: what a source sends must not be able to hold the process up.
    private static Regex Pattern(string pattern) => new(pattern, RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
}
