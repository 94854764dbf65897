using System.Collections.Frozen;
using System.Globalization;
using Incidents.Persistence.Incidents;
using Incidents.Scheduling.Compensation;
using Incidents.Scheduling.Shifts;
using Calendar = Incidents.Contracts.Organisation.Calendar;

namespace Incidents.Scheduling.Tests.Compensation;

/// <summary>An organisation whose duties are told one by one, and the pay that follows. Pool A pays as the example document says.</summary>
internal sealed class PayScene
{
    public static readonly ClassCoefficients Usual = new(0.2m, 0.33m, 0.5m, 0.5m, 1.0m);

    private readonly Dictionary<string, Person> people = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Person> former = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Pool> pools = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Calendar> calendars = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<ScheduleVersion>> history = new(StringComparer.Ordinal);
    private readonly List<Override> overrides = [];
    private readonly List<IncidentStory> stories = [];
    private long incidents = 40;

    public PayScene() => Pool("A", Pay());

    public static PoolPay Pay(decimal standby = 1.5m, decimal work = 2m, int increment = 15, int minimum = 30, string from = "2000-01-01", ClassCoefficients? classes = null, decimal secondary = 1m)
        => new(Date(from), standby, work, Duration.FromMinutes(increment), Duration.FromMinutes(minimum), classes ?? Usual, secondary);

    /// <summary>Rates like <c>"30.00 EUR"</c> or <c>"30.00 EUR 2026-12-03"</c>.</summary>
    public PayScene Person(string login, string zone, string? calendar, params string[] rates)
    {
        people[login] = Make(login, zone, calendar, rates);
        return this;
    }

    public PayScene Former(string login, string zone, string? calendar, params string[] rates)
    {
        people.Remove(login);
        former[login] = Make(login, zone, calendar, rates);
        return this;
    }

    public PayScene Renamed(string old, string login)
    {
        former[old] = people[login];
        return this;
    }

    public PayScene Pool(string name, params PoolPay[] pay)
    {
        pools[name] = new Pool(name, 1, Duration.FromMinutes(5), null, null, Coverage.Always, null, null, null, pay, PoolLimits.None);
        return this;
    }

    public PayScene Calendar(string name, string zone, IsoDayOfWeek[] days, params string[] holidays)
    {
        calendars[name] = new Calendar(name, zone, days, new(9, 0), new(18, 0), new(22, 0), new(6, 0), [.. holidays.Select(Date)]);
        return this;
    }

    public PayScene Schedule(string name, string pool, params Layer[] layers) => Version(name, pool, Instant.MinValue, null, layers);

    public PayScene Version(string name, string pool, Instant from, Instant? to, params Layer[] layers)
    {
        if (!history.TryGetValue(name, out var versions))
            history[name] = versions = [];
        versions.Add(new ScheduleVersion(new Schedule(name, null, pool, "Etc/UTC", layers), from, to));
        return this;
    }

    public PayScene Duty(string schedule, string person, string from, string to, Position position = Position.Primary)
    {
        if (!history.ContainsKey(schedule))
            Schedule(schedule, "A");
        return Override(new Override(Guid.NewGuid(), schedule, Given.At(from), Given.At(to), position, OverrideKind.Add, person, null, "told", null, Instant.FromUnixTimeSeconds(overrides.Count)));
    }

    public PayScene Override(Override made)
    {
        overrides.Add(made);
        return this;
    }

    /// <summary>An incident that somebody took and, unless <paramref name="to"/> is null, resolved.</summary>
    public PayScene Work(string person, string from, string? to, string pool = "A")
    {
        List<(string Kind, string At, string Actor)> told = [(TimelineKinds.Acknowledged, from, person)];
        if (to is not null)
            told.Add((TimelineKinds.Resolved, to, person));
        return Story(pool, [.. told]);
    }

    public PayScene Story(string pool, params (string Kind, string At, string Actor)[] entries)
    {
        stories.Add(new IncidentStory(++incidents, "checkout", pool, null, [.. entries.Select((e, i) => new StoryEntry(i, Given.At(e.At), e.Kind, e.Actor))]));
        return this;
    }

    public IReadOnlyList<IncidentStory> Stories => stories;

    public OrganisationSnapshot Build(IEnumerable<Override>? order = null)
    {
        var empty = OrganisationSnapshot.Empty;
        return new OrganisationSnapshot
        {
            Version = 1,
            Calendars = calendars.ToFrozenDictionary(StringComparer.Ordinal),
            People = people.ToFrozenDictionary(StringComparer.Ordinal),
            FormerPeople = former.ToFrozenDictionary(StringComparer.Ordinal),
            Teams = empty.Teams,
            Pools = pools.ToFrozenDictionary(StringComparer.Ordinal),
            Schedules = history.Where(h => h.Value[^1].To is null).ToFrozenDictionary(h => h.Key, h => h.Value[^1].Schedule, StringComparer.Ordinal),
            ScheduleHistory = history.ToFrozenDictionary(h => h.Key, h => (IReadOnlyList<ScheduleVersion>)h.Value, StringComparer.Ordinal),
            Overrides = (order ?? overrides).GroupBy(o => o.Schedule, StringComparer.Ordinal).ToFrozenDictionary(g => g.Key, g => (IReadOnlyList<Override>)[.. g], StringComparer.Ordinal),
            Policies = empty.Policies,
            Services = empty.Services,
            FirstLineSchedule = null,
            TriageRules = [],
            Integrations = empty.Integrations,
            IntegrationsByKey = empty.IntegrationsByKey,
            PeopleByPhone = empty.PeopleByPhone,
        };
    }

    public IReadOnlyList<Statement> Statements(string month) => PayCalculation.Of(new CompiledOrganisation(Build()), Month(month), stories.SelectMany(Holding.Of));

    public Statement Statement(string month, string login) => Statements(month).Single(s => s.Login == login);

    public static PayPeriod Month(string month) => PayPeriod.Month(int.Parse(month[..4], CultureInfo.InvariantCulture), int.Parse(month[5..], CultureInfo.InvariantCulture));

    /// <summary>Lines as <c>"business 6 h 54.00 EUR"</c>, unpaid ones with their reason for an amount.</summary>
    public static string[] Told(Statement statement)
        => [.. statement.Lines.Concat(statement.Unpaid).Select(l => $"{(l.Class is { } kind ? Explain.Word(kind) : "work")} {Explain.Time(l.Time)} {l.Amount?.ToString() ?? l.Unpaid.ToString()}")];

    public static LocalDate Date(string text) => NodaTime.Text.LocalDatePattern.Iso.Parse(text).GetValueOrThrow();

    private static Person Make(string login, string zone, string? calendar, string[] rates)
        => new(login, login, null, zone, calendar, null, "en", Role.Responder, [], new NotifyRules([], null), [], [.. rates.Select(Rate)]);

    private static PayRate Rate(string text)
    {
        var parts = text.Split(' ');
        return new PayRate(parts.Length > 2 ? Date(parts[2]) : Date("2000-01-01"), decimal.Parse(parts[0], CultureInfo.InvariantCulture), parts[1]);
    }
}
