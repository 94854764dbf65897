using System.Collections.Frozen;
using BenchmarkDotNet.Attributes;
using Incidents.Contracts.Organisation;
using Incidents.Scheduling.Limits;
using Incidents.Scheduling.Shifts;
using NodaTime;

namespace Incidents.Benchmarks;

/// <summary>The linter over 90 days, and the guard of a save that touches one schedule of many. Eight people a schedule in daily turns, primary and secondary, every rule on.</summary>
[MemoryDiagnoser]
public class Limits
{
    private static readonly Instant From = Instant.FromUtc(2027, 1, 4, 0, 0);

    private OrganisationSnapshot organisation = OrganisationSnapshot.Empty;
    private OrganisationSnapshot changed = OrganisationSnapshot.Empty;

    [Params(10, 100, 1000)]
    public int Schedules { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        organisation = Of(Schedules, turn: 1);
        changed = Of(Schedules, turn: 2);
        Console.WriteLine($"// {Lint()} findings in {Schedules} schedules.");
    }

    [Benchmark(Description = "linter, 90 days, nothing known yet")]
    public int Lint() => Linter.Run(new CompiledOrganisation(organisation), new LintQuestion(From, From + Duration.FromDays(90)), LimitFacts.None).Count;

    [Benchmark(Description = "guard, one schedule changed")]
    public int Guard() => LimitsGuard.Broken(organisation, changed, From).Count;

    private static OrganisationSnapshot Of(int schedules, int turn)
    {
        var people = Enumerable.Range(0, schedules * 8).Select(Person).ToFrozenDictionary(p => p.Login, StringComparer.Ordinal);
        var made = Enumerable.Range(0, schedules).Select(s => Schedule(s, s == 0 ? turn : 1)).ToFrozenDictionary(s => s.Name, StringComparer.Ordinal);
        var empty = OrganisationSnapshot.Empty;
        return new OrganisationSnapshot
        {
            Version = 1,
            Calendars = empty.Calendars,
            People = people,
            Teams = empty.Teams,
            Pools = new[] { Pool }.ToFrozenDictionary(p => p.Name, StringComparer.Ordinal),
            Schedules = made,
            ScheduleHistory = made.ToFrozenDictionary(s => s.Key, s => (IReadOnlyList<ScheduleVersion>)[new(s.Value, Instant.MinValue, To: null)], StringComparer.Ordinal),
            Overrides = empty.Overrides,
            Policies = empty.Policies,
            Services = empty.Services,
            FirstLineSchedule = null,
            TriageRules = [],
            Integrations = empty.Integrations,
            IntegrationsByKey = empty.IntegrationsByKey,
            PeopleByPhone = empty.PeopleByPhone,
        };
    }

    private static Pool Pool { get; } = new(
        "A", 1, Duration.FromMinutes(5), null, null, Coverage.Always, null, null, null, [],
        new PoolLimits(
            new RosterLimit(8, 6, Duration.FromHours(5), Breach.Enforce), new CountLimit(2, Breach.Enforce), new CountLimit(25, Breach.Enforce), new CountLimit(50, Breach.Enforce),
            new RestLimit(Duration.FromHours(8), Breach.Enforce), new CountLimit(1, Breach.Enforce), Breach.Enforce, Breach.Enforce));

    private static Person Person(int number) => new(
        $"p{number:D5}", "Somebody", null, "Europe/Tallinn", null, "tallinn", "en", Role.Responder,
        [new Contact("mobile", ContactKind.Voice, $"+1555{number:D7}")], new NotifyRules([], null), [Directories.NameOf(number / 8)], []);

    private static Schedule Schedule(int number, int turn) => new(Directories.NameOf(number), null, "A", "Europe/Tallinn",
    [
        new Layer("daily", Position.Primary, 1, null, new LocalDateTime(2026, 1, 5, 9, 0), null, new TurnLength(turn, TurnUnit.Day),
            [.. Enumerable.Range(0, 8).Select(i => (IReadOnlyList<string>)[$"p{(number * 8) + i:D5}"])], [], Advance.Elapsed, null),
        new Layer("shadow", Position.Secondary, 2, null, null, null, null, [], [], Advance.Elapsed, "daily"),
    ]);
}
