using System.Globalization;
using System.Text;

namespace Incidents.Paging.Channels.Email;

/// <summary>
/// The encodings of a message: header fields (RFC 5322, words beyond ASCII by RFC 2047) and quoted-printable bodies (RFC 2045). Everything that comes
/// from outside passes through here, so no title or name can begin a header of its own.
/// </summary>
internal static class MailText
{
    /// <summary>RFC 2047 allows 75; shorter, so that a line with a field's name before it stays within 76.</summary>
    private const int LongestWord = 52;
    private const int LongestLine = 76;

    /// <summary>One header field with its line end, folded. Control characters of <paramref name="text"/> become blanks; what is not ASCII becomes encoded words.</summary>
    public static string Field(string name, string text)
    {
        var clean = Clean(text);
        return IsPlain(clean) ? Fold(name, clean.Split(' ', StringSplitOptions.RemoveEmptyEntries)) : Fold(name, Words(clean));
    }

    /// <summary>An address field: a display name, encoded or quoted as it needs, and the address, which must be checked already.</summary>
    public static string Mailbox(string name, string? display, string address)
    {
        var clean = Clean(display ?? "");
        List<string> parts = clean.Length == 0 ? [] : !IsPlain(clean) ? [.. Words(clean)]
            : clean.All(c => char.IsAsciiLetterOrDigit(c) || " -_'".Contains(c)) ? [.. clean.Split(' ', StringSplitOptions.RemoveEmptyEntries)]
            : ["\"" + clean.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\""];
        return Fold(name, [.. parts, clean.Length == 0 ? Clean(address) : "<" + Clean(address) + ">"]);
    }

    /// <summary>UTF-8 in quoted-printable; line ends become CRLF, and no line is longer than 76.</summary>
    public static string QuotedPrintable(string text)
    {
        var encoded = new StringBuilder(text.Length * 5 / 4);
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            var length = 0;
            var bytes = Encoding.UTF8.GetBytes(line);
            for (var i = 0; i < bytes.Length; i++)
            {
                var b = bytes[i];
                var last = i == bytes.Length - 1;
                var literal = b is >= 33 and <= 126 and not (byte)'=' || (b is (byte)' ' or (byte)'\t' && !last);
                var width = literal ? 1 : 3;
                // A soft break's own "=" has to fit too.
                if (length + width > LongestLine - 1)
                {
                    encoded.Append("=\r\n");
                    length = 0;
                }
                if (literal)
                    encoded.Append((char)b);
                else
                    encoded.Append('=').Append(b.ToString("X2", CultureInfo.InvariantCulture));
                length += width;
            }
            encoded.Append("\r\n");
        }
        return encoded.ToString();
    }

    /// <summary>RFC 5322's date, in UTC.</summary>
    public static string Date(DateTimeOffset at) => at.UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture);

    /// <summary>Runs of control characters and blanks become one blank; halves of surrogate pairs go.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsControl(rune) || Rune.IsWhiteSpace(rune))
            {
                if (clean.Length > 0 && clean[^1] != ' ')
                    clean.Append(' ');
            }
            else if (rune.Value != 0xFFFD && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator))
            {
                clean.Append(rune.ToString());
            }
        }
        return clean.ToString().TrimEnd();
    }

    /// <summary>Fit for a header as it is: ASCII, nothing that reads as an encoded word, and no word that could not be folded.</summary>
    private static bool IsPlain(string text) => text.All(c => c is >= ' ' and <= '~') && !text.Contains("=?", StringComparison.Ordinal) && text.Split(' ').All(w => w.Length <= 200);

    /// <summary>The text as encoded words (base64, UTF-8), each whole in itself: no character is cut in two.</summary>
    private static List<string> Words(string text)
    {
        const int Room = (LongestWord - 12) / 4 * 3;
        var words = new List<string>();
        var piece = new List<byte>(Room);
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            var width = rune.EncodeToUtf8(utf8);
            if (piece.Count + width > Room)
                Flush();
            piece.AddRange(utf8[..width].ToArray());
        }
        Flush();
        return words;

        void Flush()
        {
            if (piece.Count > 0)
                words.Add($"=?utf-8?B?{Convert.ToBase64String(piece.ToArray())}?=");
            piece.Clear();
        }
    }

    private static string Fold(string name, IReadOnlyList<string> words)
    {
        var field = new StringBuilder(name).Append(':');
        var length = name.Length + 1;
        var first = true;
        foreach (var word in words)
        {
            if (!first && length + 1 + word.Length > LongestLine)
            {
                field.Append("\r\n");
                length = 0;
            }
            field.Append(' ').Append(word);
            length += 1 + word.Length;
            first = false;
        }
        return field.Append("\r\n").ToString();
    }
}
