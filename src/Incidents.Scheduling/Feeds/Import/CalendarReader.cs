using System.Globalization;
using System.Text;
using Incidents.Kernel;
using NodaTime;
using NodaTime.Text;
using NodaTime.TimeZones;

namespace Incidents.Scheduling.Feeds.Import;

/// <summary>A wall-clock time of a calendar. <paramref name="Zone"/> null: floating, it means the zone of whoever reads. <paramref name="IsDate"/>: an all-day entry.</summary>
internal readonly record struct CalendarTime(LocalDateTime Local, DateTimeZone? Zone, bool IsDate)
{
    /// <summary>A skipped time is the first instant after the gap, an ambiguous one its earlier occurrence.</summary>
    public Instant In(DateTimeZone otherwise) => Resolve(Local, Zone ?? otherwise);

    public static Instant Resolve(LocalDateTime local, DateTimeZone zone)
        => zone.ResolveLocal(local, Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter)).ToInstant();
}

/// <summary>One VEVENT. <paramref name="Number"/> counts from 0 in the file; <paramref name="Mails"/>: attendees, then the organizer; <paramref name="Names"/> likewise.</summary>
internal sealed record ReadEvent(
    int Number, string Uid, string Summary, IReadOnlyList<string> Mails, IReadOnlyList<string> Names, CalendarTime From, CalendarTime To, string? Rule,
    IReadOnlyList<CalendarTime> Excluded, CalendarTime? Recurrence, bool Cancelled)
{
    public string Path => string.Create(CultureInfo.InvariantCulture, $"events[{Number}]");
}

/// <summary>Reads RFC 5545: unfolds lines, escapes, parameters; UTC, zoned (IANA and Windows names), floating and all-day times. Pure; faults by event.</summary>
internal sealed class CalendarReader
{
    private const int MostEvents = 5000;

    private readonly List<ReadEvent> events = [];
    private readonly List<Fault> faults = [];

    private sealed record Property(string Name, Dictionary<string, string> Parameters, string Value);

    public static Result<List<ReadEvent>> Read(string text)
    {
        var reader = new CalendarReader();
        var lines = Unfold(text);
        if (lines.Count == 0 || !lines[0].Trim('\uFEFF', ' ').Equals("BEGIN:VCALENDAR", StringComparison.OrdinalIgnoreCase))
            return Error.Malformed("This is no calendar: it does not begin with BEGIN:VCALENDAR.");
        reader.ReadEvents(lines);
        return reader.faults.Count > 0 ? Error.Invalid(reader.faults) : reader.events;
    }

    private static List<string> Unfold(string text)
    {
        var lines = new List<string>();
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            if (line.Length > 0 && line[0] is ' ' or '\t' && lines.Count > 0)
                lines[^1] += line[1..];
            else if (line.Length > 0)
                lines.Add(line);
        }
        return lines;
    }

    private void ReadEvents(List<string> lines)
    {
        var open = new Stack<string>();
        var properties = new List<Property>();
        foreach (var line in lines)
        {
            if (Parse(line) is not { } property)
                continue;
            var value = property.Value.Trim().ToUpperInvariant();
            if (property.Name == "BEGIN")
            {
                open.Push(value);
                if (value == "VEVENT")
                    properties = [];
            }
            else if (property.Name == "END")
            {
                if (open.TryPop(out var closed) && closed == "VEVENT")
                    Add(properties);
                if (events.Count > MostEvents)
                {
                    faults.Add(new Fault("events", $"At most {MostEvents} events at once."));
                    return;
                }
            }
            else if (open.TryPeek(out var inside) && inside == "VEVENT")
            {
                properties.Add(property);
            }
        }
    }

    /// <summary>Name, parameters (values may be quoted) and value of a line; null: it has no colon.</summary>
    private static Property? Parse(string line)
    {
        var parts = new List<string>();
        var part = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (c == '"')
            {
                quoted = !quoted;
            }
            else if (!quoted && c is ';' or ':')
            {
                parts.Add(part.ToString());
                part.Clear();
                if (c == ':')
                {
                    var parameters = parts.Skip(1).Select(p => p.Split('=', 2)).Where(p => p.Length == 2).GroupBy(p => p[0].ToUpperInvariant(), StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First()[1], StringComparer.Ordinal);
                    return new Property(parts[0].ToUpperInvariant(), parameters, line[(i + 1)..]);
                }
            }
            else
            {
                part.Append(c);
            }
        }
        return null;
    }

    private void Add(List<Property> properties)
    {
        var number = events.Count;
        var path = string.Create(CultureInfo.InvariantCulture, $"events[{number}]");
        Property? One(string name) => properties.Find(p => p.Name == name);
        var start = Time(One("DTSTART"), path + ".dtstart") ?? default;
        if (One("DTSTART") is null)
            faults.Add(new Fault(path + ".dtstart", "Is required."));
        var to = One("DTEND") is { } end ? Time(end, path + ".dtend") ?? start : After(start, One("DURATION"), path);
        var people = properties.Where(p => p.Name == "ATTENDEE").Concat(properties.Where(p => p.Name == "ORGANIZER")).ToList();
        events.Add(new ReadEvent(
            number, One("UID")?.Value ?? "", Unescape(One("SUMMARY")?.Value ?? ""),
            [.. people.Select(p => p.Value.Trim()).Where(v => v.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase)).Select(v => v[7..])],
            [.. people.Select(p => p.Parameters.GetValueOrDefault("CN")).OfType<string>()],
            start, to, One("RRULE")?.Value.Trim(),
            [.. properties.Where(p => p.Name == "EXDATE").SelectMany(p => p.Value.Split(',').Select(v => Time(p with { Value = v }, path + ".exdate")).OfType<CalendarTime>())],
            One("RECURRENCE-ID") is { } instance ? Time(instance, path + ".recurrence-id") : null,
            string.Equals(One("STATUS")?.Value.Trim(), "CANCELLED", StringComparison.OrdinalIgnoreCase)));
        if (properties.Exists(p => p.Name == "RDATE"))
            faults.Add(new Fault(path + ".rdate", "Extra dates (RDATE) are not read: export them as events of their own."));
    }

    /// <summary>3.6.1: without an end an all-day entry lasts a day, another one no time.</summary>
    private CalendarTime After(CalendarTime start, Property? duration, string path)
    {
        if (duration is null)
            return start.IsDate ? start with { Local = start.Local.PlusDays(1) } : start;
        var read = PeriodPattern.Roundtrip.Parse(duration.Value.Trim().TrimStart('+'));
        if (read.Success)
            return start with { Local = start.Local + read.Value };
        faults.Add(new Fault(path + ".duration", $"'{duration.Value}' is not a duration."));
        return start;
    }

    private CalendarTime? Time(Property? property, string path)
    {
        if (property is null)
            return null;
        var value = property.Value.Trim();
        if (value.Length == 8 && LocalDatePattern.CreateWithInvariantCulture("uuuuMMdd").Parse(value) is { Success: true } date)
            return new CalendarTime(date.Value.AtMidnight(), null, IsDate: true);
        var utc = value.EndsWith('Z');
        var time = LocalDateTimePattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss").Parse(value.TrimEnd('Z'));
        if (!time.Success)
        {
            faults.Add(new Fault(path, $"'{value}' is not a time such as 20260302T090000Z or 20260302."));
            return null;
        }
        if (utc)
            return new CalendarTime(time.Value, DateTimeZone.Utc, IsDate: false);
        if (!property.Parameters.TryGetValue("TZID", out var name))
            return new CalendarTime(time.Value, null, IsDate: false);
        if (Zone(name) is { } zone)
            return new CalendarTime(time.Value, zone, IsDate: false);
        faults.Add(new Fault(path, $"The zone '{name}' is not known: use an IANA name."));
        return null;
    }

    /// <summary>Some exporters put a path before the name; Outlook writes Windows names.</summary>
    private static DateTimeZone? Zone(string name)
    {
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(name) is { } zone)
            return zone;
        if (TzdbDateTimeZoneSource.Default.WindowsMapping.PrimaryMapping.TryGetValue(name, out var windows))
            return DateTimeZoneProviders.Tzdb.GetZoneOrNull(windows);
        var parts = name.Split('/');
        return parts.Length > 2 ? DateTimeZoneProviders.Tzdb.GetZoneOrNull(string.Join('/', parts[^2..])) : null;
    }

    private static string Unescape(string text)
    {
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length)
                plain.Append(text[++i] is 'n' or 'N' ? '\n' : text[i]);
            else
                plain.Append(text[i]);
        }
        return plain.ToString().Trim();
    }
}
