using Incidents.Configuration.Document;
using Incidents.Configuration.Document.Sections;
using Incidents.Contracts.Organisation;
using NodaTime;

namespace Incidents.Configuration.Storage;

/// <summary>
/// Calendars as they were. A change of the holidays decides which windows open and whose turn a day is from then on; without this it would also change
/// who worked last Christmas. So a schedule whose windows follow a calendar has a version of its own from each of the calendar's changes on.
/// </summary>
internal sealed class CalendarHistory
{
    private readonly ILookup<string, (Instant From, Calendar Calendar)> byName;

    /// <param name="read">Present and closed rows of calendars; others are passed over.</param>
    public CalendarHistory(IEnumerable<(ItemRow Row, Item Item)> read)
        => byName = read.Where(r => r.Item.Section == AllSections.Calendars && r.Row.EffectiveTo != r.Row.EffectiveFrom)
            .OrderBy(r => r.Row.EffectiveFrom)
            .ToLookup(r => r.Row.Name, r => (r.Row.EffectiveFrom, r.Item.As<Calendar>()), StringComparer.Ordinal);

    /// <summary>The version itself while its calendars have never changed; else one piece of it for each state of them, in order.</summary>
    public IEnumerable<ScheduleVersion> Cut(ScheduleVersion version)
    {
        var names = version.Schedule.Layers.SelectMany(l => l.Windows).Where(w => w.On != WindowDays.All).Select(w => w.Calendar).OfType<string>().Distinct(StringComparer.Ordinal).ToArray();
        if (Array.TrueForAll(names, name => byName[name].Take(2).Count() < 2))
            return [version];

        var to = version.To ?? Instant.MaxValue;
        var starts = names.SelectMany(name => byName[name].Skip(1)).Select(c => c.From).Where(from => version.From < from && from < to).Distinct().Order().Prepend(version.From).ToArray();
        return starts.Select((from, i) => version with
        {
            From = from,
            To = i + 1 < starts.Length ? starts[i + 1] : version.To,
            Calendars = names.Where(byName.Contains).ToDictionary(name => name, name => At(name, from), StringComparer.Ordinal),
        });
    }

    /// <summary>The calendar of this name at an instant; before the first it is the first, after the last the last.</summary>
    private Calendar At(string name, Instant at)
    {
        var known = byName[name].First().Calendar;
        foreach (var (from, calendar) in byName[name])
        {
            if (from <= at)
                known = calendar;
        }

        return known;
    }
}
