using Incidents.Contracts.Organisation;
using NodaTime.Text;

namespace Incidents.Configuration.Document.Sections;

/// <summary>An override has no name: it is identified by schedule, from, to, kind and people.</summary>
internal sealed class OverrideSection : Section<Override>
{
    public override string Key => "overrides";
    public override string Kind => "override";
    public override string? Identity => null;

    protected override string NameOf(Override value) => value.Schedule.Length == 0 || value.Person.Length == 0 ? "" : IdentityOf(value);

    public static string IdentityOf(Override value) => string.Join('/',
        value.Schedule, InstantPattern.ExtendedIso.Format(value.From), InstantPattern.ExtendedIso.Format(value.To), KindOf(value.Kind), value.Person, value.With).TrimEnd('/');

    protected override Override ReadValue(MapReader map)
    {
        var schedule = map.RequiredText("schedule", Scalars.Name);
        var from = map.Required("from", Scalars.Moment, default);
        var to = map.Required("to", Scalars.Moment, default);
        if (map.Has("from") && map.Has("to") && from != default && to != default && to <= from)
            map.Fault("to", "must be after from.");
        var position = map.Optional("position", Words.Positions.Parse, Position.Primary);
        var given = Enum.GetValues<OverrideKind>().Where(kind => map.Has(KindOf(kind))).ToList();
        if (given.Count != 1)
            map.Faults.Add(map.Path, $"must have exactly one of replace (with 'with'), add or remove{(given.Count == 0 ? "." : $", not {string.Join(" and ", given.Select(KindOf))}.")}");
        var people = Enum.GetValues<OverrideKind>().ToDictionary(kind => kind, kind => map.OptionalText(KindOf(kind), Scalars.Name));
        var acting = given.FirstOrDefault();
        var with = map.OptionalText("with", Scalars.Name);
        if (given.Count == 1 && acting == OverrideKind.Replace && !map.Has("with"))
            map.Fault("with", "is required with replace.");
        if (given.Count == 1 && acting != OverrideKind.Replace && map.Has("with"))
            map.Fault("with", "has a meaning only with replace.");
        if (with is not null && with == people[OverrideKind.Replace])
            map.Fault("with", "must be somebody else.");
        var reason = map.OptionalText("reason", Scalars.Text);
        var swap = map.Optional("swap", Scalars.Id);
        return new Override(Guid.Empty, schedule, from, to, position, acting, people[acting] ?? "", with, reason, Author: null, CreatedAt: default, swap);
    }

    protected override MapNode WriteValue(Override value) => new MapWriter()
        .Set("schedule", value.Schedule)
        .Set("from", InstantPattern.ExtendedIso.Format(value.From))
        .Set("to", InstantPattern.ExtendedIso.Format(value.To))
        .Set("position", value.Position == Position.Primary ? null : Words.Positions.Of(value.Position))
        .Set(KindOf(value.Kind), value.Person)
        .Set("with", value.With)
        .Set("reason", value.Reason)
        .Set("swap", value.Swap?.ToString())
        .Build();

    public static string KindOf(OverrideKind kind) => kind switch { OverrideKind.Replace => "replace", OverrideKind.Add => "add", _ => "remove" };
}
