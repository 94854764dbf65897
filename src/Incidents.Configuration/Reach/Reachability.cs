using System.Collections.Frozen;
using Incidents.Configuration.Document;
using Incidents.Contracts.Organisation;
using Incidents.Kernel;

namespace Incidents.Configuration.Reach;

/// <summary>A kind of contact that a pool asks of a person: the rules for high urgency must use one.</summary>
internal sealed record Need(string Pool, ContactKind Kind)
{
    public string Say() => $"pool '{Pool}' needs a contact of kind {Words.ContactKinds.Of(Kind)} that the rules for high urgency use.";
}

/// <summary>What can be said of an organisation's ways to reach its people without asking any vendor. Pure.</summary>
internal static class Reachability
{
    /// <summary>Kinds of contact that a page can go to.</summary>
    private static readonly FrozenSet<ContactKind> Pageable = [ContactKind.Voice, ContactKind.Sms, ContactKind.Slack, ContactKind.Email];

    /// <summary>What the pools ask that have the person on a roster (a slot of a schedule), and that the person does not fulfil; by pool and kind.</summary>
    public static IReadOnlyList<Need> Unmet(Person person, OrganisationSnapshot organisation)
    {
        var used = Used(person);
        return [.. Needs(person, organisation).Where(n => !used.Contains(n.Kind))];
    }

    /// <summary>What the pools ask that have the person on a roster, fulfilled or not.</summary>
    public static IReadOnlyList<Need> Needs(Person person, OrganisationSnapshot organisation)
        => [.. PoolsOf(person.Login, organisation).SelectMany(p => p.Needs.Select(kind => new Need(p.Name, kind)))];

    /// <summary>Warnings by path: who has a duty and cannot be paged, who does not fulfil what a pool asks, who hands over to somebody who is away too.</summary>
    public static IReadOnlyList<Fault> Warnings(OrganisationSnapshot organisation)
    {
        var duties = Duties(organisation);
        var warnings = new List<Fault>();
        foreach (var person in organisation.People.Values.OrderBy(p => p.Login, StringComparer.Ordinal))
        {
            var path = $"people[{person.Login}]";
            if (Used(person).Count == 0 && duties.TryGetValue(person.Login, out var duty))
                warnings.Add(new Fault(path + ".contacts", $"nobody can page {person.Login}, who is {duty}: {(person.Contacts.Any(c => Pageable.Contains(c.Kind)) ? "the rules for high urgency use no contact that takes pages." : "there is no contact that takes pages.")}"));
            warnings.AddRange(Unmet(person, organisation).Select(u => new Fault(path + ".notify.high", u.Say())));
        }
        foreach (var absence in organisation.Absences.Values.SelectMany(a => a).Where(a => a.HandOver is not null).OrderBy(a => a.From))
        {
            if (organisation.Absences.GetValueOrDefault(absence.HandOver!)?.FirstOrDefault(a => a.From < absence.To && absence.From < a.To && a.HandOver is null) is not null)
                warnings.Add(new Fault($"absences[{absence.Person}].handOver", $"{absence.HandOver} is away themself for a part of it: pages that name {absence.Person} are passed over then."));
        }
        return warnings;
    }

    /// <summary>Kinds of contact that a page of high urgency would go to. Without any rule: phones.</summary>
    private static HashSet<ContactKind> Used(Person person)
    {
        var names = person.Notify.High.Select(s => s.Contact).ToHashSet(StringComparer.Ordinal);
        return [.. person.Contacts.Where(c => names.Count == 0 ? c.Kind is ContactKind.Voice or ContactKind.Sms : names.Contains(c.Name)).Select(c => c.Kind).Where(Pageable.Contains)];
    }

    private static IEnumerable<Pool> PoolsOf(string login, OrganisationSnapshot organisation) => organisation.Schedules.Values
        .Where(s => s.Layers.Any(l => l.Slots.Any(slot => slot.Contains(login, StringComparer.Ordinal)))).Select(s => s.Pool).Distinct(StringComparer.Ordinal)
        .Order(StringComparer.Ordinal).Select(organisation.Pools.GetValueOrDefault).OfType<Pool>().Where(p => p.Needs.Count > 0);

    /// <summary>Why somebody may be paged at all, in a word; by login.</summary>
    private static Dictionary<string, string> Duties(OrganisationSnapshot organisation)
    {
        var duties = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var schedule in organisation.Schedules.Values.OrderBy(s => s.Name, StringComparer.Ordinal))
        {
            foreach (var login in schedule.Layers.SelectMany(l => l.Slots).SelectMany(s => s))
                duties.TryAdd(login, $"on the roster of {schedule.Name}");
        }
        foreach (var policy in organisation.Policies.Values.OrderBy(p => p.Name, StringComparer.Ordinal))
        {
            foreach (var target in policy.Levels.SelectMany(l => l.Page).Concat(policy.LastResort?.Page ?? []).Where(t => t is { Kind: TargetKind.Person, Name: not null }))
                duties.TryAdd(target.Name!, $"named by policy {policy.Name}");
        }
        foreach (var team in organisation.Teams.Values.Where(t => t.Lead is not null).OrderBy(t => t.Name, StringComparer.Ordinal))
            duties.TryAdd(team.Lead!, $"the lead of {team.Name}");
        return duties;
    }
}
