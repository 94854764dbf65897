using Incidents.Contracts.Organisation;
using NodaTime;
using NodaTime.Text;

namespace Incidents.Configuration.Document.Sections;

internal sealed class CalendarSection : Section<Calendar>
{
    public override string Key => "calendars";
    public override string Kind => "calendar";

    protected override string NameOf(Calendar value) => value.Name;

    protected override Calendar ReadValue(MapReader map)
    {
        var name = map.RequiredText("name", Scalars.Name);
        var zone = map.Required("zone", Scalars.Zone, "UTC");
        var hours = map.RequiredMap("businessHours", hours => (
            Days: Days(hours, required: true),
            From: hours.Required("from", Scalars.Time, LocalTime.Midnight),
            To: hours.Required("to", Scalars.Time, LocalTime.Midnight)).ToTuple());
        var night = map.OptionalMap("night", night => (
            From: night.Required("from", Scalars.Time, LocalTime.Midnight),
            To: night.Required("to", Scalars.Time, LocalTime.Midnight)).ToTuple());
        var holidays = map.Scalars("holidays", Scalars.Date, default);
        foreach (var twice in holidays.GroupBy(h => h).Where(g => g.Count() > 1))
            map.Fault("holidays", $"holds {LocalDatePattern.Iso.Format(twice.Key)} twice.");
        return new Calendar(name, zone, hours?.Item1 ?? [], hours?.Item2 ?? LocalTime.Midnight, hours?.Item3 ?? LocalTime.Midnight, night?.Item1, night?.Item2, [.. holidays.Order()]);
    }

    protected override MapNode WriteValue(Calendar value) => new MapWriter()
        .Set("name", value.Name)
        .Set("zone", value.Zone)
        .Set("businessHours", new MapWriter().Set("days", WriteDays(value.BusinessDays)).Set("from", Scalars.Format(value.BusinessFrom)).Set("to", Scalars.Format(value.BusinessTo)).Build())
        .Set("night", value is { NightFrom: { } from, NightTo: { } to } ? new MapWriter().Set("from", Scalars.Format(from)).Set("to", Scalars.Format(to)).Build() : null)
        .Set("holidays", [.. value.Holidays.Select(LocalDatePattern.Iso.Format)])
        .Build();

    /// <summary>Days in the order of the week, each once; absent: all seven, unless required.</summary>
    public static IReadOnlyList<IsoDayOfWeek> Days(MapReader map, bool required)
    {
        if (required && !map.Has("days"))
            map.Fault("days", "is required.");
        if (!map.Has("days"))
        {
            map.Ignore("days");
            return AllDays;
        }
        var days = map.Scalars("days", Words.Days.Parse, IsoDayOfWeek.Monday);
        if (days.Count == 0)
            map.Fault("days", "must name at least one day.");
        foreach (var twice in days.GroupBy(d => d).Where(g => g.Count() > 1))
            map.Fault("days", $"names {Words.Days.Of(twice.Key)} twice.");
        return [.. days.Distinct().Order()];
    }

    public static Node WriteDays(IReadOnlyList<IsoDayOfWeek> days) => ListNode.OfTexts(days.Select(Words.Days.Of));

    public static IReadOnlyList<IsoDayOfWeek> AllDays { get; } = [.. Enumerable.Range(1, 7).Select(d => (IsoDayOfWeek)d)];
}
