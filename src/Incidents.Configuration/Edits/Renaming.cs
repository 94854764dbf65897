using Incidents.Configuration.Document;
using Incidents.Configuration.Document.Sections;
using Incidents.Contracts.Organisation;

namespace Incidents.Configuration.Edits;

/// <summary>Old names → new ones in what names them. A document says every name itself; an edit says only what it changes.</summary>
internal sealed class Renaming(IReadOnlyDictionary<(Section Section, string Name), string> names)
{
    /// <summary>The same item with the new names, under the name that it then has.</summary>
    public Item Of(Item item)
    {
        var value = Of(item.Value);
        if (ReferenceEquals(value, item.Value))
            return item;
        var name = value switch
        {
            Override exception => OverrideSection.IdentityOf(exception),
            AbsenceEntry absence => AbsenceSection.IdentityOf(absence),
            _ => item.Name,
        };
        return item with { Value = value, Name = name, Body = item.Section.Write(value) };
    }

    private object Of(object value) => value switch
    {
        Person p => p with { Calendar = Maybe(AllSections.Calendars, p.Calendar), QualifiedFor = Each(AllSections.Schedules, p.QualifiedFor), Scope = p.Scope is { } scope ? Each(AllSections.Teams, scope) : null },
        Team t => t with { Lead = Maybe(AllSections.People, t.Lead), Calendar = Maybe(AllSections.Calendars, t.Calendar), Members = Each(AllSections.People, t.Members) },
        Pool p => p with { Policy = Maybe(AllSections.Policies, p.Policy) },
        Schedule s => s with { Team = Maybe(AllSections.Teams, s.Team), Pool = One(AllSections.Pools, s.Pool), Layers = [.. s.Layers.Select(Of)] },
        Override o => o with { Schedule = One(AllSections.Schedules, o.Schedule), Person = One(AllSections.People, o.Person), With = Maybe(AllSections.People, o.With) },
        TemporarySchedule t => t with { Schedule = One(AllSections.Schedules, t.Schedule), Shifts = [.. t.Shifts.Select(s => s with { People = Each(AllSections.People, s.People) })] },
        AbsenceEntry a => a with { Person = One(AllSections.People, a.Person), HandOver = Maybe(AllSections.People, a.HandOver) },
        Policy p => p with { Team = Maybe(AllSections.Teams, p.Team), Levels = [.. p.Levels.Select(l => l with { Page = Of(l.Page) })], LastResort = p.LastResort is { } last ? last with { Page = Of(last.Page) } : null },
        Service s => s with
        {
            Team = Maybe(AllSections.Teams, s.Team),
            Pool = One(AllSections.Pools, s.Pool),
            Schedule = Maybe(AllSections.Schedules, s.Schedule),
            Policy = Maybe(AllSections.Policies, s.Policy),
            DependsOn = Each(AllSections.Services, s.DependsOn),
        },
        FirstLine f => new FirstLine(One(AllSections.Schedules, f.Schedule)),
        Integration i => i with { Team = Maybe(AllSections.Teams, i.Team), DefaultService = Maybe(AllSections.Services, i.DefaultService) },
        _ => value,
    };

    private Layer Of(Layer layer) => layer with
    {
        Slots = [.. layer.Slots.Select(slot => Each(AllSections.People, slot))],
        Windows = [.. layer.Windows.Select(w => w with { Calendar = Maybe(AllSections.Calendars, w.Calendar) })],
    };

    private IReadOnlyList<Target> Of(IReadOnlyList<Target> targets) => [.. targets.Select(t => t with
    {
        Name = t.Kind switch
        {
            TargetKind.Schedule or TargetKind.Roster => Maybe(AllSections.Schedules, t.Name),
            TargetKind.Lead or TargetKind.Team => Maybe(AllSections.Teams, t.Name),
            TargetKind.Person => Maybe(AllSections.People, t.Name),
            _ => t.Name,
        },
    })];

    private string One(Section section, string name) => names.GetValueOrDefault((section, name), name);

    private string? Maybe(Section section, string? name) => name is null ? null : One(section, name);

    private IReadOnlyList<string> Each(Section section, IReadOnlyList<string> all) => [.. all.Select(name => One(section, name))];
}
