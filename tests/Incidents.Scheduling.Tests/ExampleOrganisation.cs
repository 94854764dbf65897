using System.Collections.Frozen;
using Incidents.Contracts.Organisation;

namespace Incidents.Scheduling.Tests;

/// <summary>The schedules of the example document, with the pools and services that name them.</summary>
internal static class ExampleOrganisation
{
    public static readonly Schedule Payments = new("payments", "payments", "A", "America/Sao_Paulo",
    [
        Given.Layer("weekly", "2026-01-05T10:00", "1w", "ana, bruno, maarja"),
        Given.NextInOrderOf("weekly"),
        Given.Layer("tallinn-day", "2026-01-05T09:00", "1d", "maarja", level: 5, zone: "Europe/Tallinn", until: "2027-12-31T00:00", advance: Advance.WorkedTurns,
            windows: Given.Window("09:00", "14:00", Given.Weekdays, WindowDays.Workdays, "estonia")),
    ]);

    public static readonly Schedule Kitchen = new("kitchen", "kitchen", "B", "Europe/Tallinn", [Given.Layer("daily", "2026-01-05T09:00", "1d", "juri, tiina")]);

    public static readonly Schedule FirstLine = new("first-line", "support", "B", "Europe/Tallinn", [Given.Layer("desk", "2026-01-05T00:00", "1d", "lena")]);

    public static readonly Override Family = Given.Replace("maarja", "ana", "2026-12-24T15:00Z", "2026-12-25T12:00Z") with { Schedule = "payments", Reason = "family" };

    public static OrganisationSnapshot Snapshot { get; } = Build();

    private static OrganisationSnapshot Build()
    {
        var one = Given.Organisation(Payments, [Family], null, Calendars.Estonia);
        Schedule[] schedules = [Payments, Kitchen, FirstLine];
        Pool[] pools = [.. "ABC".Select((p, rank) => new Pool(p.ToString(), rank, Duration.FromMinutes(5), null, null, Coverage.Always, null, null, null, [], PoolLimits.None))];
        Service[] services = [.. new[] { ("checkout", "payments", "A", "payments"), ("reports", "kitchen", "C", "kitchen") }
            .Select(s => new Service(s.Item1, s.Item2, s.Item3, s.Item4, null, [], null))];
        return new OrganisationSnapshot
        {
            Version = 1,
            Calendars = one.Calendars,
            People = new[] { "ana", "bruno", "maarja", "juri", "tiina", "lena" }.ToFrozenDictionary(l => l, l => new Person(l, l, null, null, null, null, "en", Role.Responder, [], new NotifyRules([], null), [], [])),
            Teams = one.Teams,
            Pools = pools.ToFrozenDictionary(p => p.Name),
            Schedules = schedules.ToFrozenDictionary(s => s.Name),
            ScheduleHistory = schedules.ToFrozenDictionary(s => s.Name, s => (IReadOnlyList<ScheduleVersion>)[new(s, Instant.MinValue, To: null)]),
            Overrides = one.Overrides,
            Policies = one.Policies,
            Services = services.ToFrozenDictionary(s => s.Name),
            FirstLineSchedule = "first-line",
            TriageRules = [],
            Integrations = one.Integrations,
            IntegrationsByKey = one.IntegrationsByKey,
            PeopleByPhone = one.PeopleByPhone,
        };
    }
}

public class Schedules_of_the_example
{
    private readonly OnCall onCall = new();

    [Theory]
    [InlineData("2026-01-05T13:00Z", "ana", "bruno")]              // 10:00 in São Paulo: the first turn begins
    [InlineData("2026-01-12T12:59Z", "ana", "bruno")]
    [InlineData("2026-01-12T13:00Z", "bruno", "maarja")]
    [InlineData("2026-01-13T07:00Z", "maarja", "ana")]             // 09:00 in Tallinn: the day layer wins, the next in order moves on
    [InlineData("2026-01-13T12:00Z", "bruno", "maarja")]           // 14:00 in Tallinn: over
    [InlineData("2026-01-17T08:00Z", "bruno", "maarja")]           // Saturday
    [InlineData("2026-12-24T08:00Z", "maarja", "ana")]             // her own week; a holiday: the day layer is closed
    [InlineData("2026-12-24T15:00Z", "ana", "bruno")]              // family: ana for maarja
    [InlineData("2026-12-25T12:00Z", "maarja", "ana")]
    [InlineData("2026-01-05T12:59Z", "", "")]                      // nobody yet, except for the day layer that ended at 12:00
    public void payments(string at, string primary, string secondary)
    {
        var instant = Given.At(at);

        Assert.Equal(primary, string.Join('+', onCall.At(ExampleOrganisation.Snapshot, "payments", Position.Primary, instant)));
        Assert.Equal(secondary, string.Join('+', onCall.At(ExampleOrganisation.Snapshot, "payments", Position.Secondary, instant)));
    }

    [Fact]
    public void kitchen_hands_off_every_day_at_nine()
        => Assert.Equal(
            ["2027-03-27T09:00+02 juri", "2027-03-28T09:00+03 tiina", "2027-03-29T09:00+03 juri", "2027-03-30T09:00+03"],
            Given.Line(ExampleOrganisation.Kitchen).Told("Europe/Tallinn", "2027-03-27T09:00+02", "2027-03-30T09:00+03"));

    [Fact]
    public void name_their_rosters()
    {
        var now = Given.At("2026-11-21T22:00Z");

        Assert.Equal(["ana", "bruno", "maarja"], onCall.Roster(ExampleOrganisation.Snapshot, "payments", now));
        Assert.Empty(onCall.Roster(ExampleOrganisation.Snapshot, "nowhere", now));
        Assert.Empty(onCall.At(ExampleOrganisation.Snapshot, "nowhere", Position.Primary, now));
    }

    [Fact]
    public void answer_repeated_questions_without_allocating()
    {
        var now = Given.At("2026-11-21T22:00Z");
        onCall.At(ExampleOrganisation.Snapshot, "payments", Position.Primary, now);
        onCall.At(ExampleOrganisation.Snapshot, "payments", Position.Secondary, now);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var second = 0; second < 1000; second++)
        {
            onCall.At(ExampleOrganisation.Snapshot, "payments", Position.Primary, now + Duration.FromSeconds(second));
            onCall.At(ExampleOrganisation.Snapshot, "payments", Position.Secondary, now + Duration.FromSeconds(second));
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
