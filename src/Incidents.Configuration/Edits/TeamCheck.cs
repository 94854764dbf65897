using Incidents.Configuration.Document;
using Incidents.Configuration.Document.Sections;
using Incidents.Configuration.Plan;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;

namespace Incidents.Configuration.Edits;

/// <summary>
/// Pure: whether a change stays within the teams that a manager's rights are for, looked at where every change comes by, whatever asked for it. A thing
/// must be of such a team before and after: nobody takes a thing from another team, nor gives one away to it. A name that only follows a rename is no change.
/// </summary>
internal sealed class TeamCheck
{
    private readonly Actor actor;
    private readonly Renaming renaming;
    private readonly IReadOnlyDictionary<string, string?> before;
    private readonly IReadOnlyDictionary<string, string?> after;
    private readonly IReadOnlyList<Team> teams;

    private TeamCheck(Actor actor, ChangePlan plan, IReadOnlyList<PresentItem> present)
    {
        this.actor = actor;
        renaming = new Renaming(plan.Changes
            .Where(c => c is { Before: not null, After: not null } && c.Section.Identity is not null && c.Before.Item.Name != c.After.Name)
            .ToDictionary(c => (c.Section, c.Before!.Item.Name), c => c.After!.Name));
        teams = [.. present.Where(p => p.Item.Section == AllSections.Teams).Select(p => p.Item.As<Team>())];
        before = present.Where(p => p.Item.Section == AllSections.Schedules).ToDictionary(p => p.Item.Name, p => p.Item.As<Schedule>().Team, StringComparer.Ordinal);
        var schedules = new Dictionary<string, string?>(before, StringComparer.Ordinal);
        foreach (var change in plan.Changes.Where(c => c.Section == AllSections.Schedules))
        {
            if (change.Before is { } was)
                schedules.Remove(was.Item.Name);
            if (change.After is { } now)
                schedules[now.Name] = now.As<Schedule>().Team;
        }
        after = schedules;
    }

    /// <summary>Null: it does. The faults name every thing that is of another team.</summary>
    public static Error? Refusal(Actor actor, ChangePlan plan, IReadOnlyList<PresentItem> present)
    {
        if (actor.Teams is null || plan.Changes.Count == 0)
            return null;
        var check = new TeamCheck(actor, plan, present);
        var faults = plan.Changes.Select(check.Of).OfType<Fault>().ToList();
        return faults.Count == 0 ? null : Error.Forbidden(faults[0].Message) with { Faults = faults };
    }

    private Fault? Of(PlannedChange change)
    {
        var follows = change is { Before: { } was, After: { } now } && !change.Paths.Contains("order", StringComparer.Ordinal) && NodeDiff.Paths(renaming.Of(was.Item).Body, now.Body).Count == 0;
        if (follows)
            return null;
        return (change.Before is { } old ? Of(change, old.Item.Value, before) : null) ?? (change.After is { } put ? Of(change, put.Value, after) : null);
    }

    private Fault? Of(PlannedChange change, object value, IReadOnlyDictionary<string, string?> schedules)
    {
        var what = $"the {change.Section.Kind} '{change.Name}'";
        return value switch
        {
            Schedule s => In(change, what, s.Team),
            Service s => In(change, what, s.Team),
            Policy p => In(change, what, p.Team),
            Integration i => In(change, what, i.Team),
            Override o => In(change, $"the schedule '{o.Schedule}'", schedules.GetValueOrDefault(o.Schedule)),
            TemporarySchedule t => In(change, $"the schedule '{t.Schedule}'", schedules.GetValueOrDefault(t.Schedule)),
            AbsenceEntry a => For(change, a.Person),
            Person when Qualifications(change) is { } qualifications => qualifications.Select(s => In(change, $"the schedule '{s}'", (after.ContainsKey(s) ? after : before).GetValueOrDefault(s))).FirstOrDefault(f => f is not null),
            _ => In(change, what, team: null),
        };
    }

    /// <summary>The schedules that somebody comes to be, or is no longer, qualified for, when nothing else of them changes; null: something else does.</summary>
    private List<string>? Qualifications(PlannedChange change)
    {
        if (change is not { Before: { } was, After: { } now })
            return null;
        var (old, put) = (renaming.Of(was.Item).As<Person>(), now.As<Person>());
        if (NodeDiff.Paths(AllSections.People.Write(old with { QualifiedFor = put.QualifiedFor }), AllSections.People.Write(put)).Count > 0)
            return null;
        return [.. old.QualifiedFor.Except(put.QualifiedFor).Concat(put.QualifiedFor.Except(old.QualifiedFor))];
    }

    private Fault? In(PlannedChange change, string what, string? team)
        => actor.CanIn(Role.Manager, team) ? null : new Fault(Path(change), TeamRights.Sentence(actor, Role.Manager, what, team));

    private Fault? For(PlannedChange change, string login)
    {
        if (login == actor.Login)
            return null;
        var theirs = teams.Where(t => TeamRights.Has(t, login)).Select(t => t.Name).Order(StringComparer.Ordinal).ToList();
        return theirs.Exists(t => actor.CanIn(Role.Manager, t)) ? null : new Fault(Path(change), TeamRights.Sentence(actor, Role.Manager, $"what is said of '{login}'", theirs.FirstOrDefault()));
    }

    private static string Path(PlannedChange change) => change.After?.Path is { Length: > 0 } path ? path : change.Section.PathOf(change.Name);
}
