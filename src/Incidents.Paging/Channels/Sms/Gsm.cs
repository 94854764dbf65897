using System.Buffers;
using System.Text;

namespace Incidents.Paging.Channels.Sms;

/// <summary>
/// How much room a text takes on the air (3GPP TS 23.038): septets of the GSM alphabet, where some characters take two; else UCS-2, 16 bits each.
/// One message holds 160 or 70; each part of a longer one 153 or 67. Pure.
/// </summary>
internal static class Gsm
{
    private const string Basic = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
    private const string Extended = "^{}\\[~]|€\f";

    private static readonly SearchValues<char> Alphabet = SearchValues.Create(Basic + Extended);
    private static readonly SearchValues<char> Double = SearchValues.Create(Extended);

    public static bool Fits(string text) => !text.AsSpan().ContainsAnyExcept(Alphabet);

    /// <summary>Parts of which the text is sent; at least one.</summary>
    public static int Segments(string text)
    {
        var gsm = Fits(text);
        var (alone, part) = gsm ? (160, 153) : (70, 67);
        var total = 0;
        foreach (var c in text)
            total += Size(c, gsm);
        if (total <= alone)
            return 1;
        // A character of two units is not divided between parts.
        var (parts, used) = (1, 0);
        for (var i = 0; i < text.Length; i++)
        {
            var size = gsm ? Size(text[i], gsm) : char.IsHighSurrogate(text[i]) && i + 1 < text.Length ? 2 : 1;
            if (used + size > part)
                (parts, used) = (parts + 1, 0);
            used += size;
            if (!gsm && size == 2)
                i++;
        }
        return parts;
    }

    /// <summary>Typographic marks as the alphabet has them, so that a dash does not cost half the room; letters stay as they are.</summary>
    public static string Plain(string text)
    {
        if (Fits(text))
            return text;
        var plain = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            switch (c)
            {
                case '\u2018' or '\u2019' or '\u201A' or '\u2032' or '`' or '\u00B4':
                    plain.Append('\'');
                    break;
                case '\u201C' or '\u201D' or '\u201E' or '\u00AB' or '\u00BB' or '\u2033':
                    plain.Append('"');
                    break;
                case '\u2010' or '\u2011' or '\u2012' or '\u2013' or '\u2014' or '\u2212':
                    plain.Append('-');
                    break;
                case '\u2026':
                    plain.Append("...");
                    break;
                case '\u2192':
                    plain.Append("->");
                    break;
                case '\u2022' or '\u00B7':
                    plain.Append('*');
                    break;
                case '\u00A0' or '\u202F' or '\u2009':
                    plain.Append(' ');
                    break;
                default:
                    plain.Append(c);
                    break;
            }
        }
        return plain.ToString();
    }

    private static int Size(char c, bool gsm) => gsm && Double.Contains(c) ? 2 : 1;
}
