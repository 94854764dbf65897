using Incidents.Kernel;
using NodaTime;
using NodaTime.Text;

namespace Incidents.Scheduling.Endpoints;

/// <summary>Instants in a query string: RFC 3339, UTC or with an offset, within a century of sense.</summary>
internal static class QueryInstants
{
    private static readonly Instant Earliest = Instant.FromUtc(1970, 1, 1, 0, 0);
    private static readonly Instant Latest = Instant.FromUtc(2100, 1, 1, 0, 0);

    /// <summary>The value, or <paramref name="otherwise"/> when the parameter is absent; a fault is added when it cannot be read.</summary>
    public static Instant Read(string name, string? text, Instant otherwise, List<Fault> faults)
    {
        if (string.IsNullOrEmpty(text))
            return otherwise;

        // A '+' that a client left unescaped arrives as a blank.
        var value = OffsetDateTimePattern.Rfc3339.Parse(text.Replace(' ', '+'));
        if (!value.Success)
            faults.Add(new Fault(name, $"'{text}' is not an RFC 3339 instant such as 2026-11-21T22:00:00Z."));
        else if (value.Value.ToInstant() is var instant && (instant < Earliest || instant >= Latest))
            faults.Add(new Fault(name, "Choose an instant from 1970 to 2099."));
        else
            return instant;
        return otherwise;
    }
}
