using System.Collections.Frozen;

namespace Incidents.Tests;

/// <summary>
/// The organisation of the example document, as far as paging sees it. On Tuesday 10 March 2026 at 20:00 UTC:
/// payments has ana (primary) and bruno (secondary), kitchen juri, first-line lena.
/// </summary>
internal static class Sample
{
    public static readonly Instant Evening = Instant.FromUtc(2026, 3, 10, 20, 0);

    public static OrganisationSnapshot Organisation => Whole.Value;

    private static readonly Lazy<OrganisationSnapshot> Whole = new(() => Build());

    /// <summary>The example with other integrations or rules.</summary>
    public static OrganisationSnapshot Build(IReadOnlyList<TriageRule>? rules = null, params Integration[] integrations)
    {
        IReadOnlyList<Integration> inbound = integrations.Length > 0 ? integrations : [Prometheus, Scripts];
        return new OrganisationSnapshot
        {
            Version = 1,
            Calendars = Named(c => c.Name, Office("brazil", "America/Sao_Paulo"), Office("estonia", "Europe/Tallinn", new LocalDate(2026, 12, 24))),
            People = Named(p => p.Login,
                Person("ana", "America/Sao_Paulo", Role.Manager), Person("bruno", "America/Sao_Paulo"), Person("maarja", "Europe/Tallinn"),
                Person("juri", "Europe/Tallinn", Role.Manager), Person("tiina", "Europe/Tallinn"), Person("lena", "Europe/Tallinn")),
            Teams = Named(t => t.Name,
                new Team("payments", "ana", "brazil", ["ana", "bruno", "maarja"]), new Team("kitchen", "juri", "estonia", ["juri", "tiina"]), new Team("support", "lena", "estonia", ["lena"])),
            Pools = Named(p => p.Name,
                Pool("A", 1, 5, levelTimeout: 2, "default", acknowledgeTtl: 30), Pool("B", 2, 15, levelTimeout: 5, "default", acknowledgeTtl: 60), Pool("C", 3, 30, levelTimeout: null, "business", acknowledgeTtl: null)),
            Schedules = Schedules.ToFrozenDictionary(s => s.Name),
            ScheduleHistory = Schedules.ToFrozenDictionary(s => s.Name, s => (IReadOnlyList<ScheduleVersion>)[new ScheduleVersion(s, Instant.MinValue, null)]),
            Overrides = FrozenDictionary<string, IReadOnlyList<Override>>.Empty,
            Policies = Named(p => p.Name, Default, Business, Quick),
            Services = Named(s => s.Name,
                new Service("checkout", "payments", "A", "payments", null, ["order-board"], null),
                new Service("ledger", "payments", "A", "payments", null, [], null),
                new Service("order-board", "kitchen", "B", "kitchen", null, [], null),
                new Service("reports", "kitchen", "C", "kitchen", null, [], null),
                new Service("canary", "payments", "A", "payments", "quick", [], null)),
            FirstLineSchedule = "first-line",
            TriageRules = rules ?? [],
            Integrations = inbound.ToFrozenDictionary(i => i.Name),
            IntegrationsByKey = inbound.ToFrozenDictionary(i => i.Key),
            PeopleByPhone = FrozenDictionary<string, string>.Empty,
        };
    }

    public static Integration Prometheus { get; } = new("prometheus", "alertmanager", "prometheus-key", "service", "checkout", "severity", "warning|info", Deduplication.Fingerprint);
    public static Integration Scripts { get; } = new("scripts", "generic", "scripts-key", null, "checkout", null, null, Deduplication.Fingerprint);

    public static Target Primary { get; } = new(TargetKind.Schedule, null, Position.Primary);
    public static Target Secondary { get; } = new(TargetKind.Schedule, null, Position.Secondary);
    public static Target Lead { get; } = new(TargetKind.Lead, null, null);
    public static Target Roster { get; } = new(TargetKind.Roster, null, null);
    public static Target One(string login) => new(TargetKind.Person, login, null);

    private static Policy Default { get; } = new("default",
        [Level(Primary), Level(Secondary), Level(new Target(TargetKind.Dependencies, null, null)), Level(new Target(TargetKind.SamePool, null, null)), Level(new Target(TargetKind.OtherAlwaysPools, null, null)), Level(Lead)],
        Repeat: 2, new LastResort([Roster], null));

    private static Policy Business { get; } = new("business", [Level(Primary), new Level([Secondary, Lead], null)], Repeat: 1, new LastResort([Lead], null));

    private static Policy Quick { get; } = new("quick",
        [new Level([One("ana")], Duration.FromSeconds(2)), new Level([One("bruno")], Duration.FromSeconds(2))], Repeat: 0, new LastResort([Roster], Duration.FromSeconds(2)));

    private static Schedule[] Schedules { get; } =
    [
        new("payments", "payments", "A", "America/Sao_Paulo",
        [
            Rotation("weekly", Position.Primary, 0, null, new LocalDateTime(2026, 1, 5, 10, 0), TurnUnit.Week, [["ana"], ["bruno"], ["maarja"]]),
            new Layer("shadow", Position.Secondary, 1, null, null, null, null, [], [], Advance.Elapsed, "weekly"),
            Rotation("tallinn-day", Position.Primary, 5, "Europe/Tallinn", new LocalDateTime(2026, 1, 5, 9, 0), TurnUnit.Day, [["maarja"]]) with
            {
                Windows = [new Window(Weekdays, new LocalTime(9, 0), new LocalTime(14, 0), WindowDays.Workdays, "estonia")],
                Advance = Advance.WorkedTurns,
            },
        ]),
        new("kitchen", "kitchen", "B", "Europe/Tallinn", [Rotation("daily", Position.Primary, 0, null, new LocalDateTime(2026, 1, 5, 9, 0), TurnUnit.Day, [["juri"], ["tiina"]])]),
        new("first-line", "support", "B", "Europe/Tallinn", [Rotation("desk", Position.Primary, 0, null, new LocalDateTime(2026, 1, 5, 0, 0), TurnUnit.Day, [["lena"]])]),
    ];

    private static IReadOnlyList<IsoDayOfWeek> Weekdays => [IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday, IsoDayOfWeek.Friday];

    private static Layer Rotation(string name, Position position, int level, string? zone, LocalDateTime start, TurnUnit unit, string[][] slots)
        => new(name, position, level, zone, start, null, new TurnLength(1, unit), slots, [], Advance.Elapsed, null);

    private static Level Level(Target target) => new([target], null);

    private static Calendar Office(string name, string zone, params LocalDate[] holidays)
        => new(name, zone, Weekdays, new LocalTime(9, 0), new LocalTime(18, 0), new LocalTime(22, 0), new LocalTime(6, 0), holidays);

    private static Person Person(string login, string zone, Role role = Role.Responder)
        => new(login, login, null, zone, null, null, "en", role, [new Contact("mobile", ContactKind.Voice, "+372500" + login.Length)], new NotifyRules([new NotifyStep("mobile", Duration.Zero)], null), [], []);

    private static Pool Pool(string name, int rank, int mtta, int? levelTimeout, string policy, int? acknowledgeTtl) => new(
        name, rank, Duration.FromMinutes(mtta), levelTimeout is { } l ? Duration.FromMinutes(l) : null, null, name == "C" ? Coverage.BusinessHours : Coverage.Always,
        policy, null, acknowledgeTtl is { } t ? Duration.FromMinutes(t) : null, [], PoolLimits.None);

    private static FrozenDictionary<string, T> Named<T>(Func<T, string> name, params T[] items) => items.ToFrozenDictionary(name);
}
