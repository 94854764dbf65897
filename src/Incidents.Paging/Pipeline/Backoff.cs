using NodaTime;

namespace Incidents.Paging.Pipeline;

/// <summary>How long to leave the vendor alone after it could not take an attempt.</summary>
internal static class Backoff
{
    private static readonly int[] Seconds = [1, 2, 5, 10, 20, 30];

    /// <summary>After the <paramref name="tries"/>-th failure (from 1); never sooner than the vendor asked for, and no vendor may silence a page for more than 2 minutes.</summary>
    public static Duration After(int tries, Duration? retryAfter)
    {
        var own = Duration.FromSeconds(Seconds[Math.Clamp(tries, 1, Seconds.Length) - 1]);
        return retryAfter is { } asked && asked > own ? Duration.Min(asked, Duration.FromMinutes(2)) : own;
    }
}
