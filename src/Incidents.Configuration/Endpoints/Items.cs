using Incidents.Configuration.Document;
using Incidents.Configuration.Document.Sections;
using Incidents.Contracts.Organisation;

namespace Incidents.Configuration.Endpoints;

// What the lists show; words, durations and local times as in the configuration document.

internal sealed record ServiceItem(string Name, string? Team, string Pool, string? Schedule, string? Policy, IReadOnlyList<string> DependsOn, string? Runbook)
{
    public static ServiceItem Of(Service s) => new(s.Name, s.Team, s.Pool, s.Schedule, s.Policy, s.DependsOn, s.Runbook);
}

/// <param name="Address">Null for observers.</param>
internal sealed record ContactItem(string Name, string Kind, string? Address);

/// <param name="Scope">Teams that the rights of a manager or responder are for; null: everywhere.</param>
/// <param name="Teams">Those that they are a member of.</param>
internal sealed record PersonItem(
    string Login, string Name, string? Email, string? Zone, string? Calendar, string? Site, string Language, string Role, IReadOnlyList<string>? Scope,
    IReadOnlyList<ContactItem> Contacts, IReadOnlyList<string> QualifiedFor, IReadOnlyList<string> Teams)
{
    public static PersonItem Of(Person p, OrganisationSnapshot organisation, bool withAddresses) => new(
        p.Login, p.Name, withAddresses ? p.Email : null, p.Zone, p.Calendar, p.Site, p.Language, Words.Roles.Of(p.Role), p.Scope,
        [.. p.Contacts.Select(c => new ContactItem(c.Name, Words.ContactKinds.Of(c.Kind), withAddresses ? c.Address : null))],
        p.QualifiedFor,
        [.. organisation.Teams.Values.Where(t => t.Members.Contains(p.Login, StringComparer.Ordinal)).Select(t => t.Name).Order(StringComparer.Ordinal)]);
}

internal sealed record TeamItem(string Name, string? Lead, string? Calendar, IReadOnlyList<string> Members)
{
    public static TeamItem Of(Team t) => new(t.Name, t.Lead, t.Calendar, t.Members);
}

internal sealed record PoolItem(
    string Name, int Rank, string Mtta, string LevelTimeout, decimal? Slo, string Coverage, string? Policy, string? FirstLineDeadline, string? AcknowledgeTtl, IReadOnlyList<string> Needs)
{
    public static PoolItem Of(Pool p) => new(
        p.Name, p.Rank, DurationText.Format(p.Mtta), DurationText.Format(p.EffectiveLevelTimeout), p.Slo, Words.Coverages.Of(p.Coverage), p.Policy,
        p.FirstLineDeadline is { } deadline ? DurationText.Format(deadline) : null, p.AcknowledgeTtl is { } ttl ? DurationText.Format(ttl) : null, [.. p.Needs.Select(Words.ContactKinds.Of)]);
}

internal sealed record LayerItem(
    string Name, string Position, int Level, string? Zone, string? Start, string? Until, string? Turn,
    IReadOnlyList<IReadOnlyList<string>> Slots, IReadOnlyList<WindowItem> Windows, string Advance, string? NextInOrderOf);

internal sealed record WindowItem(IReadOnlyList<string> Days, string From, string To, string On, string? Calendar);

internal sealed record ScheduleItem(string Name, string? Team, string Pool, string Zone, IReadOnlyList<LayerItem> Layers)
{
    public static ScheduleItem Of(Schedule s) => new(s.Name, s.Team, s.Pool, s.Zone, [.. s.Layers.Select(l => new LayerItem(
        l.Name, Words.Positions.Of(l.Position), l.Level, l.Zone,
        l.Start is { } start ? Scalars.Format(start) : null, l.Until is { } until ? Scalars.Format(until) : null, l.Turn is { } turn ? Scalars.Format(turn) : null,
        l.Slots,
        [.. l.Windows.Select(w => new WindowItem([.. w.Days.Select(Words.Days.Of)], Scalars.Format(w.From), Scalars.Format(w.To), Words.WindowDays.Of(w.On), w.Calendar))],
        Words.Advances.Of(l.Advance), l.NextInOrderOf))]);
}

/// <param name="NightFrom">Null: no nights.</param>
internal sealed record CalendarItem(string Name, string Zone, IReadOnlyList<string> BusinessDays, string BusinessFrom, string BusinessTo, string? NightFrom, string? NightTo, IReadOnlyList<string> Holidays)
{
    public static CalendarItem Of(Calendar c) => new(
        c.Name, c.Zone, [.. c.BusinessDays.Select(Words.Days.Of)], Scalars.Format(c.BusinessFrom), Scalars.Format(c.BusinessTo),
        c.NightFrom is { } from ? Scalars.Format(from) : null, c.NightTo is { } to ? Scalars.Format(to) : null, [.. c.Holidays.Select(NodaTime.Text.LocalDatePattern.Iso.Format)]);
}

/// <param name="Kind">schedule, dependencies, same-pool, other-always-pools, lead, person, roster or team.</param>
/// <param name="Name">Null: the service's own.</param>
internal sealed record TargetItem(string Kind, string? Name, string? Position)
{
    public static TargetItem Of(Target t) => new(
        t.Kind switch
        {
            TargetKind.Schedule => "schedule",
            TargetKind.Lead => "lead",
            TargetKind.Person => "person",
            TargetKind.Roster => "roster",
            TargetKind.Team => "team",
            _ => Words.TargetGroups.Of(t.Kind),
        },
        t.Name,
        t.Position is { } position ? Words.Positions.Of(position) : null);
}

/// <param name="Timeout">A duration, or <c>pool</c>.</param>
internal sealed record LevelItem(IReadOnlyList<TargetItem> Page, string Timeout);

/// <param name="Team">Whose managers change it; null: those with rights everywhere.</param>
internal sealed record PolicyItem(string Name, string? Team, IReadOnlyList<LevelItem> Levels, int Repeat, LevelItem? LastResort)
{
    public static PolicyItem Of(Policy p) => new(
        p.Name, p.Team, [.. p.Levels.Select(l => Level(l.Page, l.Timeout))], p.Repeat, p.LastResort is { } last ? Level(last.Page, last.Every) : null);

    private static LevelItem Level(IReadOnlyList<Target> page, NodaTime.Duration? timeout)
        => new([.. page.Select(TargetItem.Of)], timeout is { } value ? DurationText.Format(value) : "pool");
}

/// <param name="Url">Where the source posts to; its key is masked for whoever may not change it.</param>
/// <param name="Service">Default service.</param>
/// <param name="Team">Whose managers change it; null: those with rights everywhere.</param>
internal sealed record IntegrationItem(string Name, string Kind, string Url, string? Service, string? Team)
{
    public static IntegrationItem Of(Integration i, PublicAddress address, bool withKey)
        => new(i.Name, i.Kind, address.OfIntegration(i.Kind, withKey ? i.Key : IntegrationSection.Masked), i.DefaultService, i.Team);
}
