namespace Incidents.Configuration.Document.Sections;

/// <summary>Every section, in the order in which an export shows them.</summary>
internal static class AllSections
{
    public static CalendarSection Calendars { get; } = new();
    public static PeopleSection People { get; } = new();
    public static TeamSection Teams { get; } = new();
    public static PoolSection Pools { get; } = new();
    public static ScheduleSection Schedules { get; } = new();
    public static OverrideSection Overrides { get; } = new();
    public static TemporaryScheduleSection TemporarySchedules { get; } = new();
    public static AbsenceSection Absences { get; } = new();
    public static PolicySection Policies { get; } = new();
    public static ServiceSection Services { get; } = new();
    public static FirstLineSection FirstLine { get; } = new();
    public static TriageSection Triage { get; } = new();
    public static IntegrationSection Integrations { get; } = new();

    public static IReadOnlyList<Section> List { get; } =
        [Calendars, People, Teams, Pools, Schedules, Overrides, TemporarySchedules, Absences, Policies, Services, FirstLine, Triage, Integrations];

    public static Section? OfKind(string kind) => List.FirstOrDefault(s => s.Kind == kind);
}
