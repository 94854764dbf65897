using System.Collections.Frozen;
using Incidents.Contracts.Messages;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Persistence.Incidents;
using Incidents.Persistence.Transactions;
using NodaTime;

namespace Incidents.Paging.Tests;

/// <summary>ana: call, text, call after two minutes; bruno: call and text; tiina: call only; lena: chat only; olga: no contact; joao, olja and kadri: call, text after ten minutes, in their languages; crowd-N: a call each.</summary>
internal sealed class FakeOrganisation : IOrganisation
{
    public const string Ana = "+5511900000001";
    public const string Bruno = "+5511900000002";
    public const string Tiina = "+3725000006";
    public const string Joao = "+5511900000003", Olja = "+79120000001", Kadri = "+3725000007";

    public FakeOrganisation()
    {
        var people = new List<Person>
        {
            Person("ana", [Voice("mobile", Ana), Sms("text", Ana), new("chat", ContactKind.Slack, "U1")], [("mobile", 0), ("text", 0), ("mobile", 120)], low: [("chat", 0), ("text", 0)]),
            Person("bruno", [Voice("mobile", Bruno), Sms("text", Bruno)], [("mobile", 0), ("text", 0)]),
            Person("tiina", [Voice("mobile", Tiina)], [("mobile", 0)]),
            Person("lena", [new("chat", ContactKind.Slack, "U2")], [("chat", 0)]),
            Person("olga", [], []),
            Person("joao", [Voice("mobile", Joao), Sms("text", Joao)], [("mobile", 0), ("text", 600)]) with { Name = "João", Language = "pt-BR", Zone = "America/Sao_Paulo" },
            Person("olja", [Voice("mobile", Olja), Sms("text", Olja)], [("mobile", 0), ("text", 600)]) with { Name = "Оля", Language = "ru" },
            Person("kadri", [Voice("mobile", Kadri), Sms("text", Kadri)], [("mobile", 0), ("text", 600)]) with { Name = "Kadri", Language = "et", Zone = "Europe/Tallinn" },
            Person("helmi", [Sms("text", "+3725000098")], [("text", 0)]) with { Role = Role.Manager },
            Person("mari", [new("mail", ContactKind.Email, "mari@example.com"), Sms("text", "+3725000099")], [("mail", 0)]) with { Name = "Mari \"Ü\" Õunapuu, SRE" },
        };
        foreach (var name in new[] { "missing", "full", "blocked", "grey", "lost" })
            people.Add(Person(name, [new("mail", ContactKind.Email, name + "-box@example.com")], [("mail", 0)]));
        for (var i = 0; i < 100; i++)
            people.Add(Person($"crowd-{i:00}", [Voice("mobile", $"+3726000{i:0000}")], [("mobile", 0)]));
        Current = With(people);
    }

    public OrganisationSnapshot Current { get; private set; }

    /// <summary>One more, with one contact and no rules; gives the address.</summary>
    public string Add(string login, Role role, ContactKind kind, string address)
    {
        Current = With([.. Current.People.Values, Person(login, [new("only", kind, address)], []) with { Role = role }]);
        return address;
    }

    public void Change(string login, Func<Person, Person> change) => Current = With([.. Current.People.Values.Select(p => p.Login == login ? change(p) : p)]);

    public ValueTask<OrganisationSnapshot> Fresh(CancellationToken cancellationToken) => new(Current);

    public ValueTask<OrganisationSnapshot> AtLeast(long version, CancellationToken cancellationToken) => new(Current);

    private static Contact Voice(string name, string address) => new(name, ContactKind.Voice, address);

    private static Contact Sms(string name, string address) => new(name, ContactKind.Sms, address);

    private static Person Person(string login, Contact[] contacts, (string Contact, int Seconds)[] high, (string Contact, int Seconds)[]? low = null)
        => new(login, login, null, null, null, null, "en", Role.Responder, contacts, new NotifyRules(Steps(high), low is null ? null : Steps(low)), [], []);

    private static NotifyStep[] Steps((string Contact, int Seconds)[] steps) => [.. steps.Select(s => new NotifyStep(s.Contact, Duration.FromSeconds(s.Seconds)))];

    private static OrganisationSnapshot With(List<Person> people)
    {
        var empty = OrganisationSnapshot.Empty;
        return new OrganisationSnapshot
        {
            Version = 1,
            People = people.ToFrozenDictionary(p => p.Login, StringComparer.Ordinal),
            PeopleByPhone = people.SelectMany(p => p.Contacts.Where(c => c.Kind is ContactKind.Voice or ContactKind.Sms).Select(c => (c.Address, p.Login))).DistinctBy(x => x.Address)
                .ToFrozenDictionary(x => x.Address, x => x.Login, StringComparer.Ordinal),
            Calendars = empty.Calendars,
            Teams = new Dictionary<string, Team>(StringComparer.Ordinal) { ["payments"] = new("payments", "bruno", null, ["ana", "bruno", "joao"]) }.ToFrozenDictionary(StringComparer.Ordinal),
            Pools = empty.Pools,
            Schedules = empty.Schedules,
            ScheduleHistory = empty.ScheduleHistory,
            Overrides = empty.Overrides,
            Policies = empty.Policies,
            Services = empty.Services,
            FirstLineSchedule = null,
            TriageRules = [],
            Integrations = empty.Integrations,
            IntegrationsByKey = empty.IntegrationsByKey,
        };
    }
}

/// <summary>Escalation's part in small: under the incident's lock, with the stop in the same transaction.</summary>
internal sealed class FakeActions(WorkRunner works) : IIncidentActions
{
    /// <summary>Throws, as when the database is away.</summary>
    public bool Away { get; set; }

    public async Task<Result<ActionOutcome>> Act(Guid incident, IncidentAction action, CancellationToken cancellationToken)
    {
        if (Away)
            throw new TimeoutException("The database is away.");
        return action.Verb switch
        {
            IncidentVerb.Acknowledge => await Change(incident, IncidentStatus.Acknowledged, action.Actor),
            IncidentVerb.Resolve => await Change(incident, IncidentStatus.Resolved, action.Actor),
            _ => await Change(incident, null, action.Actor),
        };
    }

    public Task<Result<ActionOutcome>> Change(Guid id, IncidentStatus? status, string by) => works.Run<Result<ActionOutcome>>(async work =>
    {
        var i = (await work.LockIncident(id, CancellationToken.None))!;
        if (i.Status == IncidentStatus.Resolved && status != IncidentStatus.Resolved)
            return Error.Conflict("resolved", "The incident is resolved.");
        var changed = status is null || i.Status != status;
        if (changed && status is { } to)
        {
            i.Status = to;
            if (to == IncidentStatus.Acknowledged)
                i.AcknowledgedBy = by;
            else
                i.ResolvedBy = by;
            work.Send(new PagingStopped(id, i.Episode, to == IncidentStatus.Acknowledged ? "acknowledged" : "resolved", by));
        }
        return new ActionOutcome(i.Id, i.Number, i.Title, i.Status.ToString().ToLowerInvariant(), changed, i.AcknowledgedBy, i.ResolvedBy);
    }, CancellationToken.None);
}
