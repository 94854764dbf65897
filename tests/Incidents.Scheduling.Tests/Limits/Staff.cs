using System.Collections.Frozen;
using Incidents.Scheduling.Limits;
using Incidents.Scheduling.Shifts;

namespace Incidents.Scheduling.Tests.Limits;

/// <summary>An organisation in few words, for the rules about staffing.</summary>
internal sealed class Staff
{
    public const string Tallinn = "Europe/Tallinn";

    private readonly Dictionary<string, Person> people = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Schedule> schedules = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Pool> pools = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<ScheduleVersion>> history = new(StringComparer.Ordinal);
    private readonly List<Override> overrides = [];
    private readonly List<TemporarySchedule> temporaries = [];
    private readonly List<Absence> absences = [];
    private readonly List<DutyEvent> events = [];
    private readonly List<IncidentWork> work = [];

    public static PoolLimits AllOf(Breach breach) => new(
        new RosterLimit(8, 6, Duration.FromHours(5), breach),
        new CountLimit(2, breach),
        new CountLimit(25, breach),
        new CountLimit(50, breach),
        new RestLimit(Duration.FromHours(8), breach),
        new CountLimit(1, breach),
        breach,
        breach);

    public Staff Pool(PoolLimits limits, string name = "A", Coverage coverage = Coverage.Always)
    {
        pools[name] = new Pool(name, 1, Duration.FromMinutes(5), null, null, coverage, null, null, null, [], limits);
        return this;
    }

    /// <summary>People with a voice contact, qualified for <paramref name="schedules"/>.</summary>
    public Staff People(string logins, string zone = Tallinn, string? site = null, string schedules = "duty", params Contact[] contacts)
    {
        foreach (var login in logins.Split(", "))
        {
            people[login] = new Person(
                login, login, null, zone, null, site, "en", Role.Responder,
                contacts.Length > 0 ? contacts : [new Contact("mobile", ContactKind.Voice, "+1555" + login)],
                new NotifyRules([], null), schedules.Split(", ", StringSplitOptions.RemoveEmptyEntries), []);
        }

        return this;
    }

    public Staff Person(string login, Func<Person, Person> change)
    {
        people[login] = change(people[login]);
        return this;
    }

    public Staff Schedule(string name, string pool, string zone, params Layer[] layers)
    {
        schedules[name] = new Schedule(name, "team", pool, zone, layers);
        return this;
    }

    public Staff Version(string name, Schedule version, Instant from, Instant? to)
    {
        if (!history.TryGetValue(name, out var versions))
            history[name] = versions = [];
        versions.Add(new ScheduleVersion(version, from, to));
        return this;
    }

    public Staff Override(Override made, string schedule = "duty")
    {
        overrides.Add(made with { Schedule = schedule });
        return this;
    }

    public Staff Temporary(string schedule, string from, string to, params (string From, string To, string Person)[] shifts)
    {
        temporaries.Add(new TemporarySchedule("storm", schedule, Given.At(from), Given.At(to), [.. shifts.Select(s => new TemporaryShift(Given.At(s.From), Given.At(s.To), Position.Primary, [s.Person]))], null, null, Instant.MinValue));
        return this;
    }

    public Staff Away(string person, string from, string to)
    {
        absences.Add(new Absence(Guid.NewGuid(), person, Given.At(from), Given.At(to), "vacation"));
        return this;
    }

    public Staff Event(string person, int number, string at, string shiftFrom, string shiftTo, string schedule = "duty")
    {
        events.Add(new DutyEvent(schedule, person, new Guid(number, 0, 0, new byte[8]), number, Given.At(at), Given.At(shiftFrom), Given.At(shiftTo)));
        return this;
    }

    public Staff Work(string person, string from, string to)
    {
        work.Add(new IncidentWork(person, 1, Given.At(from), Given.At(to)));
        return this;
    }

    public OrganisationSnapshot Build(params Calendar[] calendars)
    {
        var empty = OrganisationSnapshot.Empty;
        return new OrganisationSnapshot
        {
            Version = 1,
            Calendars = calendars.ToFrozenDictionary(c => c.Name, StringComparer.Ordinal),
            People = people.ToFrozenDictionary(StringComparer.Ordinal),
            Teams = new Dictionary<string, Team>(StringComparer.Ordinal) { ["team"] = new Team("team", "lead", null, [.. people.Keys]) }.ToFrozenDictionary(StringComparer.Ordinal),
            Pools = pools.ToFrozenDictionary(StringComparer.Ordinal),
            Schedules = schedules.ToFrozenDictionary(StringComparer.Ordinal),
            ScheduleHistory = schedules.ToFrozenDictionary(
                s => s.Key,
                s => (IReadOnlyList<ScheduleVersion>)(history.GetValueOrDefault(s.Key) ?? [new ScheduleVersion(s.Value, Instant.MinValue, To: null)]),
                StringComparer.Ordinal),
            Overrides = overrides.GroupBy(o => o.Schedule).ToFrozenDictionary(g => g.Key, g => (IReadOnlyList<Override>)[.. g], StringComparer.Ordinal),
            TemporarySchedules = temporaries.GroupBy(o => o.Schedule).ToFrozenDictionary(g => g.Key, g => (IReadOnlyList<TemporarySchedule>)[.. g], StringComparer.Ordinal),
            Absences = absences.GroupBy(o => o.Person).ToFrozenDictionary(g => g.Key, g => (IReadOnlyList<Absence>)[.. g], StringComparer.Ordinal),
            Policies = empty.Policies,
            Services = empty.Services,
            FirstLineSchedule = null,
            TriageRules = [],
            Integrations = empty.Integrations,
            IntegrationsByKey = empty.IntegrationsByKey,
            PeopleByPhone = empty.PeopleByPhone,
        };
    }

    public IReadOnlyList<Finding> Findings(string from = "2027-01-04T00:00Z", string to = "2027-04-04T00:00Z", LintQuestion? question = null)
        => Linter.Run(new CompiledOrganisation(Build()), question ?? new LintQuestion(Given.At(from), Given.At(to)), new LimitFacts(events, work));

    public IReadOnlyList<Finding> Of(string rule, string from = "2027-01-04T00:00Z", string to = "2027-04-04T00:00Z") => [.. Findings(from, to).Where(f => f.Rule == rule)];

    public static string Logins(int count, string prefix = "p") => string.Join(", ", Enumerable.Range(1, count).Select(i => prefix + i));
}
