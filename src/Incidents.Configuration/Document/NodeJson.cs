using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Incidents.Configuration.Document;

/// <summary>Canonical nodes as JSON: what is stored.</summary>
internal static class NodeJson
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(Node node)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Relaxed))
            Write(writer, node);
        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void Write(Utf8JsonWriter writer, Node node)
    {
        switch (node)
        {
            case MapNode map:
                writer.WriteStartObject();
                foreach (var (key, value) in map.Entries)
                {
                    writer.WritePropertyName(key);
                    Write(writer, value);
                }
                writer.WriteEndObject();
                break;
            case ListNode list:
                writer.WriteStartArray();
                foreach (var item in list.Items)
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            case ScalarNode { IsText: true } text:
                writer.WriteStringValue(text.Text);
                break;
            case ScalarNode number:
                writer.WriteRawValue(number.Text);
                break;
        }
    }

    public static Node Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Read(document.RootElement);
    }

    private static Node Read(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => ReadObject(element),
        JsonValueKind.Array => new ListNode([.. element.EnumerateArray().Select(Read)]),
        JsonValueKind.String => ScalarNode.OfText(element.GetString()!),
        _ => ScalarNode.Plain(element.GetRawText(), line: 0),
    };

    /// <summary>As in YAML the first of a repeated key counts, and the others are reported.</summary>
    private static MapNode ReadObject(JsonElement element)
    {
        var entries = new List<KeyValuePair<string, Node>>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var repeated = new List<(string, int)>();
        foreach (var property in element.EnumerateObject())
        {
            if (seen.Add(property.Name))
                entries.Add(new(property.Name, Read(property.Value)));
            else
                repeated.Add((property.Name, 0));
        }
        return new MapNode(entries, repeated);
    }
}
