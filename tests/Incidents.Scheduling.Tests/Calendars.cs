namespace Incidents.Scheduling.Tests;

internal static class Calendars
{
    public static readonly Calendar Estonia = new(
        "estonia",
        "Europe/Tallinn",
        Given.Weekdays,
        new LocalTime(9, 0),
        new LocalTime(18, 0),
        new LocalTime(22, 0),
        new LocalTime(6, 0),
        [new LocalDate(2026, 12, 24), new LocalDate(2026, 12, 25), new LocalDate(2026, 12, 26), new LocalDate(2027, 1, 1)]);
}
