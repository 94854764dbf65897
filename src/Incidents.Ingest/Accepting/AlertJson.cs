using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Incidents.Contracts.Messages;
using Incidents.Kernel;
using NodaTime;
using NodaTime.Text;

namespace Incidents.Ingest.Accepting;

/// <summary>
/// Writes <see cref="AlertAccepted"/> as the shared serializer would, without its reflection: this is the hottest path of all.
/// A test holds the two equal.
/// </summary>
internal static class AlertJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? writer;

    public static byte[] Serialize(AlertAccepted alert)
    {
        var output = buffer ??= new ArrayBufferWriter<byte>(4096);
        output.ResetWrittenCount();
        var json = writer ??= new Utf8JsonWriter(output, Options);
        json.Reset(output);
        json.WriteStartObject();
        json.WriteString("integration", alert.Integration);
        json.WriteString("key", alert.Key);
        json.WriteBoolean("firing", alert.Firing);
        json.WriteString("title", alert.Title);
        Map(json, "labels", alert.Labels);
        Map(json, "annotations", alert.Annotations);
        Time(json, "startsAt", alert.StartsAt);
        Time(json, "endsAt", alert.EndsAt);
        Time(json, "receivedAt", alert.ReceivedAt);
        json.WriteString("dedup", alert.Dedup);
        json.WriteString("service", alert.Service);
        json.WriteString("severity", alert.Severity?.Name());
        if (alert.Links is { } links)
        {
            json.WriteStartArray("links");
            foreach (var link in links)
            {
                json.WriteStartObject();
                json.WriteString("href", link.Href);
                json.WriteString("text", link.Text);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        else
        {
            json.WriteNull("links");
        }
        json.WriteString("details", alert.Details);
        json.WriteBoolean("startsAtGiven", alert.StartsAtGiven);
        json.WriteString("note", alert.Note);
        json.WriteBoolean("followed", alert.Followed);
        json.WriteEndObject();
        json.Flush();
        return output.WrittenSpan.ToArray();
    }

    private static void Time(Utf8JsonWriter json, string name, Instant? at)
    {
        if (at is { } instant)
            json.WriteString(name, InstantPattern.ExtendedIso.Format(instant));
        else
            json.WriteNull(name);
    }

    private static void Map(Utf8JsonWriter json, string name, IReadOnlyDictionary<string, string> map)
    {
        json.WriteStartObject(name);
        foreach (var (key, value) in map)
            json.WriteString(key, value);
        json.WriteEndObject();
    }
}
