using System.Text;

namespace Incidents.Scheduling.Feeds.Import;

/// <summary>Reads RFC 4180: commas, quotes doubled inside quotes, line ends inside quotes. Pure.</summary>
internal static class Csv
{
    /// <summary>Rows that are not empty.</summary>
    public static List<List<string>> Read(string text)
    {
        var (rows, row, field, quoted) = (new List<List<string>>(), new List<string>(), new StringBuilder(), false);
        void End()
        {
            row.Add(field.ToString());
            field.Clear();
            if (row.Exists(f => f.Trim().Length > 0))
                rows.Add(row);
            row = [];
        }
        text = text.TrimStart('\uFEFF').ReplaceLineEndings("\n");
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quoted && c == '"' && i + 1 < text.Length && text[i + 1] == '"')
                field.Append(text[++i]);
            else if (c == '"')
                quoted = !quoted;
            else if (!quoted && c == ',')
            {
                row.Add(field.ToString());
                field.Clear();
            }
            else if (!quoted && c == '\n')
                End();
            else
                field.Append(c);
        }
        End();
        return rows;
    }
}
