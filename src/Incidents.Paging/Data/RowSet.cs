using System.Globalization;
using System.Text;
using System.Text.Json;
using Incidents.Kernel;
using Incidents.Persistence.Messages;
using NodaTime;

namespace Incidents.Paging.Data;

/// <summary>
/// Rows for one statement, sent as one JSON parameter: thousands of rows cost one round trip on either database.
/// Every row must name the same columns in the same order; the first one declares them.
/// </summary>
internal sealed class RowSet(bool sqlite)
{
    private readonly MemoryStream buffer = new();
    private readonly List<(string Name, string Type)> columns = [];
    private Utf8JsonWriter? writer;

    public int Count { get; private set; }

    /// <summary>Begins the next row.</summary>
    public RowSet Row()
    {
        if (writer is null)
        {
            writer = new Utf8JsonWriter(buffer);
            writer.WriteStartArray();
        }
        else
        {
            writer.WriteEndObject();
        }
        writer.WriteStartObject();
        Count++;
        return this;
    }

    public RowSet Id(string name, Guid value)
    {
        Declare(name, "uuid").WriteString(name, sqlite ? MessageStore.Key(value) : value.ToString());
        return this;
    }

    public RowSet Text(string name, string? value)
    {
        // PostgreSQL keeps no NUL in a text.
        Declare(name, "text").WriteString(name, value?.Replace("\0", "", StringComparison.Ordinal));
        return this;
    }

    public RowSet Text(string name, Enum value) => Text(name, value.ToString());

    public RowSet Int(string name, long value)
    {
        Declare(name, "bigint").WriteNumber(name, value);
        return this;
    }

    public RowSet Flag(string name, bool value)
    {
        Declare(name, "boolean").WriteBoolean(name, value);
        return this;
    }

    public RowSet At(string name, Instant? value)
    {
        var json = Declare(name, "timestamptz");
        if (value is null)
            json.WriteNull(name);
        else if (sqlite)
            json.WriteNumber(name, Instants.ToMicroseconds(value.Value));
        else
            json.WriteString(name, value.Value.ToDateTimeUtc().ToString("O", CultureInfo.InvariantCulture));
        return this;
    }

    /// <summary>The rows as a table of a from clause, under the given alias; the parameter is <c>@rows</c>.</summary>
    public string As(string alias) => sqlite
        ? $"(select {string.Join(", ", columns.Select(c => $"value->>'{c.Name}' as {c.Name}"))} from json_each(@rows)) as {alias}"
        : $"jsonb_to_recordset(@rows) as {alias}({string.Join(", ", columns.Select(c => $"{c.Name} {c.Type}"))})";

    public string Columns => string.Join(", ", columns.Select(c => c.Name));

    public string Json()
    {
        if (writer is null)
            return "[]";
        if (writer.CurrentDepth > 0)
        {
            writer.WriteEndObject();
            writer.WriteEndArray();
            writer.Flush();
        }
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private Utf8JsonWriter Declare(string name, string type)
    {
        if (Count == 1)
            columns.Add((name, type));
        return writer!;
    }
}
