using Incidents.Kernel;
using NodaTime;

namespace Incidents.Scheduling.Endpoints;

/// <summary>The interval <c>?from=&amp;to=</c> of a question about shifts: half-open, at most two years.</summary>
internal static class Span
{
    private static readonly Duration Longest = Duration.FromDays(732);

    /// <summary>Default: from now on for <paramref name="otherwise"/>. Faults are added for what cannot be read or makes no sense.</summary>
    public static (Instant From, Instant To) Read(string? from, string? to, Instant now, Duration otherwise, List<Fault> faults)
    {
        var start = QueryInstants.Read("from", from, now, faults);
        var end = QueryInstants.Read("to", to, start + otherwise, faults);
        if (faults.Count == 0 && end <= start)
            faults.Add(new Fault("to", "Choose an instant after 'from'."));
        if (faults.Count == 0 && end - start > Longest)
            faults.Add(new Fault("to", "Ask for at most two years at a time."));
        return (start, end);
    }
}
