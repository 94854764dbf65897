using System.Globalization;
using Incidents.Configuration.Storage;
using Incidents.Kernel;
using NodaTime;
using NodaTime.Text;

namespace Incidents.Configuration.Endpoints;

/// <summary>Values of query parameters and headers, with faults that say what would do.</summary>
internal static class Query
{
    public static bool Flag(string? text, string name, List<Fault> faults)
    {
        if (text is null or "" or "true" or "false")
            return text is "true" or "";
        faults.Add(new Fault(name, "Use true or false."));
        return false;
    }

    public static Instant? Moment(string? text, string name, List<Fault> faults)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        // An unescaped + of an offset arrives as a space.
        var parsed = OffsetDateTimePattern.Rfc3339.Parse(text.Replace(' ', '+'));
        if (parsed.Success)
            return Instants.Truncate(parsed.Value.ToInstant());
        faults.Add(new Fault(name, "Use an instant such as 2026-12-24T15:00:00Z."));
        return null;
    }

    public static string? Waiver(string? text, List<Fault> faults)
    {
        if (text?.Length > ChangeRow.LongestWaiver)
            faults.Add(new Fault("waiver", $"Use at most {ChangeRow.LongestWaiver} characters."));
        return string.IsNullOrWhiteSpace(text) ? null : text.Trim();
    }

    /// <summary>The number in an ETag of ours; null: none was sent, or any will do (<c>*</c>).</summary>
    public static long? Tag(string? header, string source, List<Fault> faults)
    {
        if (string.IsNullOrEmpty(header) || header == "*")
            return null;
        if (long.TryParse(header.Trim().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return number;
        faults.Add(new Fault("If-Match", $"Use the ETag of {source}."));
        return null;
    }

    public static string Tag(long number) => string.Create(CultureInfo.InvariantCulture, $"\"{number}\"");
}
