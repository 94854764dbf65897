using System.Collections.Frozen;
using Incidents.Contracts.Organisation;
using NodaTime;

namespace Incidents.Benchmarks;

/// <summary>Organisations to measure on: each schedule has three layers (weekly turns, a workday window by worked turns above it, next in order as secondary).</summary>
internal static class Directories
{
    public static readonly Instant Now = Instant.FromUtc(2027, 3, 15, 9, 30);

    private static readonly string[] People = ["ana", "bruno", "maarja", "juri", "tiina", "lena", "kati", "pedro"];
    private static readonly string[] Zones = ["America/Sao_Paulo", "Europe/Tallinn", "America/New_York", "Asia/Kolkata"];

    public static OrganisationSnapshot Of(int schedules, int overridesEach)
    {
        var made = Enumerable.Range(0, schedules).Select(Schedule).ToArray();
        var empty = OrganisationSnapshot.Empty;
        return new OrganisationSnapshot
        {
            Version = 1,
            Calendars = new[] { Estonia }.ToFrozenDictionary(c => c.Name, StringComparer.Ordinal),
            People = empty.People,
            Teams = empty.Teams,
            Pools = empty.Pools,
            Schedules = made.ToFrozenDictionary(s => s.Name, StringComparer.Ordinal),
            ScheduleHistory = made.ToFrozenDictionary(s => s.Name, s => (IReadOnlyList<ScheduleVersion>)[new(s, Instant.MinValue, To: null)], StringComparer.Ordinal),
            Overrides = made.ToFrozenDictionary(s => s.Name, s => (IReadOnlyList<Override>)[.. Enumerable.Range(0, overridesEach).Select(i => Override(s.Name, i))], StringComparer.Ordinal),
            Policies = empty.Policies,
            Services = empty.Services,
            FirstLineSchedule = null,
            TriageRules = [],
            Integrations = empty.Integrations,
            IntegrationsByKey = empty.IntegrationsByKey,
            PeopleByPhone = empty.PeopleByPhone,
        };
    }

    public static string NameOf(int schedule) => $"duty-{schedule:D4}";

    private static Calendar Estonia { get; } = new(
        "estonia", "Europe/Tallinn", [IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday, IsoDayOfWeek.Friday],
        new LocalTime(9, 0), new LocalTime(18, 0), null, null, [new LocalDate(2027, 2, 24), new LocalDate(2027, 12, 24), new LocalDate(2027, 12, 25)]);

    private static Schedule Schedule(int number)
    {
        IReadOnlyList<IReadOnlyList<string>> slots = [.. People.Select((_, i) => (IReadOnlyList<string>)[People[(i + number) % People.Length]])];
        var start = new LocalDateTime(2026, 1, 5, number % 24, 0);
        return new Schedule(NameOf(number), Team: null, "A", Zones[number % Zones.Length],
        [
            new Layer("weekly", Position.Primary, 1, null, start, null, new TurnLength(1, TurnUnit.Week), slots, [], Advance.Elapsed, null),
            new Layer("shadow", Position.Secondary, 2, null, null, null, null, [], [], Advance.Elapsed, "weekly"),
            new Layer("day", Position.Primary, 3, "Europe/Tallinn", start, null, new TurnLength(1, TurnUnit.Day), slots,
                [new Window([], new LocalTime(9, 0), new LocalTime(18, 0), WindowDays.Workdays, "estonia")], Advance.WorkedTurns, null),
        ]);
    }

    /// <summary>A day or two every week, of every kind; all in the first year.</summary>
    private static Override Override(string schedule, int i)
    {
        var from = Instant.FromUtc(2027, 1, 1, 12, 0) + Duration.FromDays(7 * i);
        var kind = (OverrideKind)(i % 3);
        return new Override(
            Guid.NewGuid(), schedule, from, from + Duration.FromHours(20 + (i % 30)), Position.Primary, kind, People[i % People.Length],
            kind == OverrideKind.Replace ? People[(i + 3) % People.Length] : null, "cover", null, from - Duration.FromDays(10));
    }
}
