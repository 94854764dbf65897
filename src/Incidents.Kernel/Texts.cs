namespace Incidents.Kernel;

/// <summary>Texts from outside, made fit for every database.</summary>
public static class Texts
{
    /// <summary>
    /// At most <paramref name="max"/> UTF-16 units, never half a character; NUL and lone surrogates, which PostgreSQL refuses, become U+FFFD.
    /// The same instance when there is nothing to do.
    /// </summary>
    public static string Clean(string text, int max = int.MaxValue)
    {
        if (text.Length > max)
            text = text[..(char.IsHighSurrogate(text[max - 1]) && char.IsLowSurrogate(text[max]) ? max - 1 : max)];
        return IsClean(text) ? text : string.Create(text.Length, text, static (to, from) =>
        {
            for (var i = 0; i < from.Length; i++)
            {
                if (char.IsHighSurrogate(from[i]) && i + 1 < from.Length && char.IsLowSurrogate(from[i + 1]))
                {
                    to[i] = from[i];
                    to[++i] = from[i];
                }
                else
                {
                    to[i] = from[i] == '\0' || char.IsSurrogate(from[i]) ? '\uFFFD' : from[i];
                }
            }
        });
    }

    private static bool IsClean(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\0')
                return false;
            if (!char.IsSurrogate(text[i]))
                continue;
            if (!char.IsHighSurrogate(text[i]) || i + 1 >= text.Length || !char.IsLowSurrogate(text[i + 1]))
                return false;
            i++;
        }
        return true;
    }
}
