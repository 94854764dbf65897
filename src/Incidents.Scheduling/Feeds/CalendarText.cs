using System.Globalization;
using System.Text;
using NodaTime;
using NodaTime.Text;

namespace Incidents.Scheduling.Feeds;

/// <summary>One entry of a calendar in <c>[From, To)</c>. <paramref name="Uid"/> lasts as long as it begins at the same instant.</summary>
internal sealed record CalendarEvent(string Uid, Instant From, Instant To, string Summary, string Description, string Link, bool IsGap);

/// <summary>Writes RFC 5545: UTC times, CRLF, lines folded at 75 octets between characters. Pure.</summary>
internal static class CalendarText
{
    private const int LineOctets = 75;
    private static readonly InstantPattern Utc = InstantPattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss'Z'");

    /// <param name="revision">Higher after every change (<c>SEQUENCE</c>).</param>
    /// <param name="changedAt">When what is told last changed (<c>DTSTAMP</c>, RFC 5545 3.8.7.2).</param>
    public static string Write(string name, IEnumerable<CalendarEvent> events, int revision, Instant changedAt)
    {
        var text = new StringBuilder();
        Line(text, "BEGIN:VCALENDAR");
        Line(text, "VERSION:2.0");
        Line(text, "PRODID:-//Incidents//On-call schedule//EN");
        Line(text, "CALSCALE:GREGORIAN");
        Line(text, "METHOD:PUBLISH");
        Line(text, "NAME:" + Escape(name));
        Line(text, "X-WR-CALNAME:" + Escape(name));
        Line(text, "REFRESH-INTERVAL;VALUE=DURATION:PT1H");
        Line(text, "X-PUBLISHED-TTL:PT1H");
        foreach (var one in events)
        {
            Line(text, "BEGIN:VEVENT");
            Line(text, "UID:" + one.Uid);
            Line(text, "DTSTAMP:" + Utc.Format(changedAt));
            Line(text, "LAST-MODIFIED:" + Utc.Format(changedAt));
            Line(text, "SEQUENCE:" + revision.ToString(CultureInfo.InvariantCulture));
            Line(text, "DTSTART:" + Utc.Format(one.From));
            Line(text, "DTEND:" + Utc.Format(one.To));
            Line(text, "SUMMARY:" + Escape(one.Summary));
            Line(text, "DESCRIPTION:" + Escape(one.Description));
            Line(text, "URL:" + one.Link);
            // On call is not busy: meetings go on.
            Line(text, "TRANSP:TRANSPARENT");
            if (one.IsGap)
                Line(text, "CATEGORIES:GAP");
            Line(text, "END:VEVENT");
        }
        Line(text, "END:VCALENDAR");
        return text.ToString();
    }

    /// <summary>TEXT (3.3.11): backslash, semicolon, comma and line ends are escaped; other control characters have no place in it.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            switch (c)
            {
                case '\\' or ';' or ',':
                    escaped.Append('\\').Append(c);
                    break;
                case '\n':
                    escaped.Append("\\n");
                    break;
                default:
                    if (!char.IsControl(c) || c == '\t')
                        escaped.Append(c);
                    break;
            }
        }
        return escaped.ToString();
    }

    /// <summary>A following line begins with a blank, which counts among its 75 octets.</summary>
    private static void Line(StringBuilder text, string line)
    {
        var octets = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > LineOctets)
            {
                text.Append("\r\n ");
                octets = 1;
            }
            text.Append(rune.ToString());
            octets += rune.Utf8SequenceLength;
        }
        text.Append("\r\n");
    }
}
