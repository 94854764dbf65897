using System.Globalization;

namespace Incidents.Simulator;

/// <summary>The vendor writes instants as RFC 2822, in whole seconds UTC: <c>Sat, 21 Nov 2026 22:31:00 +0000</c>.</summary>
internal static class VendorTime
{
    public static string Format(DateTimeOffset at) => at.UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture);

    public static string? Format(DateTimeOffset? at) => at is { } known ? Format(known) : null;
}
