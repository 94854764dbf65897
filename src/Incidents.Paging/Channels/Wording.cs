using System.Text;

namespace Incidents.Paging.Channels;

/// <summary>Words of the outside world made fit for a phone.</summary>
internal static class Wording
{
    /// <summary>At most <paramref name="longest"/> characters, cut between words, with an ellipsis; control characters and runs of blanks become one blank.</summary>
    public static string Cut(string text, int longest)
    {
        var clean = new StringBuilder(Math.Min(text.Length, longest + 1));
        foreach (var c in text)
        {
            if (char.IsControl(c) || char.IsWhiteSpace(c))
            {
                if (clean.Length > 0 && clean[^1] != ' ')
                    clean.Append(' ');
            }
            else
            {
                clean.Append(c);
            }
            if (clean.Length > longest)
                break;
        }
        var line = clean.ToString().TrimEnd();
        if (line.Length <= longest)
            return line;
        var end = line.LastIndexOf(' ', longest - 1);
        if (end < longest / 2)
            end = longest - 1;
        if (char.IsHighSurrogate(line[end - 1]))
            end--;
        return line[..end].TrimEnd(' ', ',', '.', ':', ';', '-') + "…";
    }

    /// <summary>Enough of an address to recognise it, not enough to use it.</summary>
    public static string Mask(string address)
    {
        if (address.Contains('@', StringComparison.Ordinal))
            return address[..1] + "•••" + address[address.IndexOf('@', StringComparison.Ordinal)..];
        return address.Length <= 7 ? "•••" + address[^Math.Min(2, address.Length)..] : string.Concat(address.AsSpan(0, 3), "•••", address.AsSpan(address.Length - 4));
    }
}
