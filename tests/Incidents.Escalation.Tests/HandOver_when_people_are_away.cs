using System.Collections.Frozen;
using Incidents.Contracts.Organisation;
using Incidents.Escalation.Policy;
using Incidents.Tests;
using NodaTime;

namespace Incidents.Escalation.Tests;

public sealed class HandOver_when_people_are_away
{
    private static readonly Instant Now = Instant.FromUtc(2026, 12, 1, 12, 0);
    private static readonly TargetResolver Resolver = new(new TargetResolver_when_asked.Duty());

    private static Absence Off(string person, string? handOver = null, int days = 2) => new(Guid.NewGuid(), person, Now - Duration.FromDays(1), Now + Duration.FromDays(days), "vacation", handOver);

    private static OrganisationSnapshot With(params Absence[] absences)
    {
        var known = Sample.Organisation;
        return new OrganisationSnapshot
        {
            Version = 1, Calendars = known.Calendars, People = known.People, Teams = known.Teams, Pools = known.Pools, Schedules = known.Schedules, ScheduleHistory = known.ScheduleHistory,
            Overrides = known.Overrides, Policies = known.Policies, Services = known.Services, FirstLineSchedule = null, TriageRules = [], Integrations = known.Integrations, IntegrationsByKey = known.IntegrationsByKey,
            PeopleByPhone = known.PeopleByPhone,
            Absences = absences.GroupBy(a => a.Person, StringComparer.Ordinal).ToFrozenDictionary(g => g.Key, g => (IReadOnlyList<Absence>)[.. g], StringComparer.Ordinal),
        };
    }

    private static (string People, string Away) Page(OrganisationSnapshot organisation, params Target[] targets)
    {
        var away = new List<Away>();
        var people = new HandOver(Resolver).Apply(organisation, "checkout", targets, Resolver.Resolve(organisation, "checkout", targets, Now), Now, away);
        return (string.Join(',', people), string.Join(" ", away.Select(a => a.Say())));
    }

    private static Target Person(string login) => new(TargetKind.Person, login, null);

    private static Target Primary => new(TargetKind.Schedule, null, Position.Primary);

    [Fact]
    public void goes_to_whom_they_named_also_where_they_are_on_call()
    {
        var organisation = With(Off("ana", "bruno"));

        Assert.Equal(("bruno", "ana is away until 2026-12-03 12:00 UTC: bruno takes it."), Page(organisation, Person("ana")));
        Assert.Equal(("bruno", "ana is away until 2026-12-03 12:00 UTC: bruno takes it."), Page(organisation, Primary));
        Assert.Equal(("bruno", "ana is away until 2026-12-03 12:00 UTC: bruno takes it."), Page(organisation, Person("ana"), Person("bruno")));
    }

    [Fact]
    public void passes_over_who_is_only_named_and_has_handed_over_to_nobody()
    {
        var organisation = With(Off("ana"));

        Assert.Equal(("", "ana is away until 2026-12-03 12:00 UTC: passed over."), Page(organisation, Person("ana")));
        Assert.Equal(("lena", "ana is away until 2026-12-03 12:00 UTC: passed over."), Page(organisation, new Target(TargetKind.Lead, null, null), Person("lena")));
        // An absence takes nobody off call.
        Assert.Equal(("ana", ""), Page(organisation, Primary));
        Assert.Equal(("ana", ""), Page(organisation, Primary, Person("ana")));
    }

    [Fact]
    public void follows_hand_overs_to_somebody_who_is_there_and_never_in_a_circle()
    {
        Assert.Equal("lena", Page(With(Off("ana", "bruno"), Off("bruno", "lena")), Person("ana")).People);
        Assert.Equal("", Page(With(Off("ana", "bruno"), Off("bruno", "ana")), Person("ana")).People);
        Assert.Equal("ana", Page(With(Off("ana", "bruno"), Off("bruno")), Primary).People);
        Assert.Equal("", Page(With(Off("ana", "gone")), Person("ana")).People);
    }

    [Fact]
    public void ends_with_the_absence()
    {
        Assert.Equal(("ana", ""), Page(With(new Absence(Guid.NewGuid(), "ana", Now - Duration.FromDays(1), Now, null, "bruno")), Person("ana")));
        Assert.Equal(("ana", ""), Page(With(new Absence(Guid.NewGuid(), "ana", Now + Duration.FromSeconds(1), Now + Duration.FromDays(1), null, "bruno")), Person("ana")));
        Assert.Equal("bruno", Page(With(new Absence(Guid.NewGuid(), "ana", Now, Now + Duration.FromDays(1), null, "bruno")), Person("ana")).People);
        // Of two absences at once the one that names somebody counts.
        Assert.Equal("bruno", Page(With(Off("ana", days: 9), Off("ana", "bruno")), Person("ana")).People);
    }
}
