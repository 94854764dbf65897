using Incidents.Contracts.Organisation;

namespace Incidents.Configuration.Document.Sections;

/// <summary>Whom a level pages; a target is a mapping with exactly one of these keys, <c>position</c> beside <c>schedule</c> only.</summary>
internal static class Targets
{
    private static readonly string[] Keys = ["schedule", "schedules", "lead", "person", "roster", "team"];

    public static IReadOnlyList<Target> Read(MapReader level)
    {
        var targets = level.Maps("page", ReadTarget, identity: "");
        if (targets.Count == 0 && (level.Take("page") is not ListNode list || list.Items.Count == 0))
            level.Fault("page", "must name at least one target.");
        foreach (var twice in targets.GroupBy(t => t).Where(g => g.Key.Name != "" && g.Count() > 1))
            level.Fault("page", $"names {Describe(twice.Key)} twice.");
        return targets;
    }

    private static Target ReadTarget(MapReader map)
    {
        var given = Keys.Where(map.Has).ToList();
        if (given.Count != 1)
            map.Faults.Add(map.Path, $"must have exactly one of {Faults.Choice(Keys)}{(given.Count == 0 ? "." : $", not {string.Join(" and ", given)}.")}");
        var schedule = Named(map, "schedule", "own");
        var group = map.Optional("schedules", Words.TargetGroups.Parse, TargetKind.Dependencies);
        var lead = Named(map, "lead", "own-team");
        var person = map.OptionalText("person", Scalars.Name);
        var roster = Named(map, "roster", "own");
        var team = Named(map, "team", "own-team");
        var position = map.Optional("position", Words.Positions.Parse);
        var kind = given.FirstOrDefault();
        if (position is not null && kind != "schedule" && given.Count == 1)
            map.Fault("position", "has a meaning only with schedule.");
        return kind switch
        {
            "schedule" => new Target(TargetKind.Schedule, schedule, position ?? Position.Primary),
            "schedules" => new Target(group, Name: null, Position: null),
            "lead" => new Target(TargetKind.Lead, lead, Position: null),
            "person" => new Target(TargetKind.Person, person ?? "", Position: null),
            "roster" => new Target(TargetKind.Roster, roster, Position: null),
            "team" => new Target(TargetKind.Team, team, Position: null),
            _ => new Target(TargetKind.Person, "", Position: null),
        };
    }

    /// <summary>Null: the service's own.</summary>
    private static string? Named(MapReader map, string key, string own) => map.OptionalText(key, Scalars.Name) is var name && name == own ? null : name;

    public static Node Write(Target target)
    {
        var map = new MapWriter();
        return (target.Kind switch
        {
            TargetKind.Schedule => map.Set("schedule", target.Name ?? "own").Set("position", Words.Positions.Of(target.Position ?? Position.Primary)),
            TargetKind.Lead => map.Set("lead", target.Name ?? "own-team"),
            TargetKind.Person => map.Set("person", target.Name),
            TargetKind.Roster => map.Set("roster", target.Name ?? "own"),
            TargetKind.Team => map.Set("team", target.Name ?? "own-team"),
            _ => map.Set("schedules", Words.TargetGroups.Of(target.Kind)),
        }).Build();
    }

    private static string Describe(Target target)
        => string.Join(", ", ((MapNode)Write(target)).Entries.Select(e => $"{e.Key}: {((ScalarNode)e.Value).Text}"));
}
