using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Incidents.Simulator.Mail;

/// <summary>A mail as a reader shows it: its header fields decoded, and its parts as text. Tolerant: what cannot be decoded stands as it came.</summary>
internal sealed partial record ParsedMail(IReadOnlyList<(string Name, string Value)> Fields, string? Text, string? Html)
{
    private const int Deepest = 5;

    public string? Header(string name) => Fields.FirstOrDefault(f => f.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    public static ParsedMail Read(byte[] raw)
    {
        var (fields, body) = Split(raw);
        string? text = null, html = null;
        Part(fields, body, 0, ref text, ref html);
        return new ParsedMail([.. fields.Select(f => (f.Name, Decode(f.Value)))], text, html);
    }

    private static void Part(List<(string Name, string Value)> fields, byte[] body, int depth, ref string? text, ref string? html)
    {
        string? Field(string name) => fields.FirstOrDefault(f => f.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
        var type = Field("Content-Type") ?? "text/plain";
        if (type.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) && depth < Deepest && Boundary().Match(type) is { Success: true } boundary)
        {
            foreach (var part in Parts(body, boundary.Groups["b"].Value))
            {
                var (inner, content) = Split(part);
                Part(inner, content, depth + 1, ref text, ref html);
            }
            return;
        }
        var decoded = Encoding.UTF8.GetString((Field("Content-Transfer-Encoding") ?? "").Trim().ToLowerInvariant() switch
        {
            "quoted-printable" => QuotedPrintable(body, underscores: false),
            "base64" => Base64(Encoding.ASCII.GetString(body)) ?? body,
            _ => body,
        });
        if (type.StartsWith("text/html", StringComparison.OrdinalIgnoreCase)) html ??= decoded;
        else if (type.StartsWith("text/plain", StringComparison.OrdinalIgnoreCase)) text ??= decoded;
    }

    private static (List<(string Name, string Value)> Fields, byte[] Body) Split(byte[] raw)
    {
        var end = raw.AsSpan().IndexOf("\r\n\r\n"u8);
        var head = raw.AsSpan().StartsWith("\r\n"u8) ? "" : Encoding.UTF8.GetString(end < 0 ? raw : raw.AsSpan(0, end));
        var fields = new List<(string, string)>();
        foreach (var line in Folded().Replace(head, " ").Split("\r\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0) fields.Add((line[..colon].Trim(), line[(colon + 1)..].Trim()));
        }
        return (fields, head.Length == 0 ? raw[Math.Min(2, raw.Length)..] : end < 0 ? [] : raw[(end + 4)..]);
    }

    private static IEnumerable<byte[]> Parts(byte[] body, string boundary)
    {
        var mark = Encoding.UTF8.GetBytes("\r\n--" + boundary);
        byte[] whole = [.. "\r\n"u8, .. body];
        for (var at = whole.AsSpan().IndexOf(mark); at >= 0;)
        {
            var start = at + mark.Length;
            if (whole.AsSpan(start).StartsWith("--"u8)) yield break;
            var next = whole.AsSpan(start).IndexOf(mark);
            var line = whole.AsSpan(start).IndexOf("\r\n"u8);
            if (line >= 0 && (next < 0 || line <= next)) yield return next < 0 ? whole[(start + line + 2)..] : line == next ? [] : whole[(start + line + 2)..(start + next)];
            at = next < 0 ? -1 : start + next;
        }
    }

    /// <summary>RFC 2047; blanks between encoded words belong to neither.</summary>
    private static string Decode(string value) => Word().Replace(Between().Replace(value, "?="), match =>
    {
        var text = match.Groups["text"].Value;
        var bytes = match.Groups["how"].Value is "B" or "b" ? Base64(text) : QuotedPrintable(Encoding.ASCII.GetBytes(text), underscores: true);
        return bytes is null ? match.Value : Encoding.UTF8.GetString(bytes);
    });

    private static byte[]? Base64(string text)
    {
        var clean = string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
        var bytes = new byte[clean.Length];
        return Convert.TryFromBase64String(clean, bytes, out var length) ? bytes[..length] : null;
    }

    private static byte[] QuotedPrintable(byte[] body, bool underscores)
    {
        var decoded = new List<byte>(body.Length);
        for (var i = 0; i < body.Length; i++)
        {
            if (body[i] == (byte)'=' && i + 2 < body.Length && body[i + 1] == (byte)'\r') i += 2;
            else if (body[i] == (byte)'=' && i + 2 < body.Length && byte.TryParse(Encoding.ASCII.GetString(body, i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var b))
            {
                decoded.Add(b);
                i += 2;
            }
            else decoded.Add(underscores && body[i] == (byte)'_' ? (byte)' ' : body[i]);
        }
        return [.. decoded];
    }

    [GeneratedRegex("""boundary\s*=\s*"?(?<b>[^";]+)"?""", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Boundary();

    [GeneratedRegex(@"\r\n[ \t]+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Folded();

    [GeneratedRegex(@"\?=\s+(?==\?)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Between();

    [GeneratedRegex(@"=\?(?<set>[^?]+)\?(?<how>[BbQq])\?(?<text>[^?]*)\?=", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Word();
}
