using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Incidents.Contracts.Organisation;

/// <summary>
/// The one way in which patterns of the configuration document are compiled: fully anchored, culture-invariant, and without backtracking,
/// so that no label can make a rule slow. Look-arounds and back-references therefore do not exist.
/// </summary>
public static class Patterns
{
    public const int Longest = 1000;

    /// <exception cref="ArgumentException">Not a regular expression, too long, or one that needs backtracking; the message says which.</exception>
    public static Regex Compile(string pattern)
    {
        if (Compiled.TryGetValue(pattern, out var known))
            return known;
        if (pattern.Length > Longest)
            throw new ArgumentException($"A pattern has at most {Longest} characters.", nameof(pattern));
        try
        {
            // Alone first: "a)(b" is only valid inside the group that anchors it.
            _ = new Regex(pattern, RegexOptions.CultureInvariant, Timeout);
            var compiled = new Regex(@"\A(?:" + pattern + @")\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, Timeout);
            if (Compiled.Count < MostKept)
                Compiled.TryAdd(pattern, compiled);
            return compiled;
        }
        catch (NotSupportedException unsupported)
        {
            throw new ArgumentException("Look-arounds, back-references and the like are not supported.", nameof(pattern), unsupported);
        }
    }

    private const int MostKept = 2000;
    private static readonly ConcurrentDictionary<string, Regex> Compiled = new(StringComparer.Ordinal);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);
}
