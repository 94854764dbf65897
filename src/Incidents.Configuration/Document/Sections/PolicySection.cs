using Incidents.Contracts.Organisation;
using NodaTime;

namespace Incidents.Configuration.Document.Sections;

internal sealed class PolicySection : Section<Policy>
{
    public override string Key => "policies";
    public override string Kind => "policy";

    protected override string NameOf(Policy value) => value.Name;

    protected override Policy ReadValue(MapReader map)
    {
        var name = map.RequiredText("name", Scalars.Name);
        var team = map.OptionalText("team", Scalars.Name);
        var levels = map.Maps("levels", level => new Level(Targets.Read(level), PoolOrLength(level, "timeout")), identity: "");
        if (levels.Count == 0)
            map.Fault("levels", "must hold at least one level.");
        var repeat = map.Optional("repeat", s => Scalars.Whole(s, 0, 1000), 0);
        var last = map.OptionalMap("lastResort", resort => new LastResort(Targets.Read(resort), PoolOrLength(resort, "every")));
        return new Policy(name, levels, repeat, last ?? WholeRoster) { Team = team };
    }

    /// <summary>An unacknowledged incident never falls silent: without a last resort the whole roster is one.</summary>
    private static LastResort WholeRoster { get; } = new([new Target(TargetKind.Roster, Name: null, Position: null)], Every: null);

    /// <summary>Null: <c>pool</c>, the default, the pool's level timeout.</summary>
    private static Duration? PoolOrLength(MapReader map, string key)
        => map.Take(key) is null or ScalarNode { Text: "pool" } ? null : map.Optional(key, scalar =>
            Scalars.Length(scalar) is { Problem: { } problem } wrong ? wrong with { Problem = DurationText.Parse(scalar.Text) is null ? "must be 'pool' or a duration such as 30s or 5m, not " + scalar.Describe() + "." : problem } : Scalars.Length(scalar));

    protected override MapNode WriteValue(Policy value) => new MapWriter()
        .Set("name", value.Name)
        .Set("team", value.Team)
        .Set("levels", value.Levels, level => Write(level.Page, "timeout", level.Timeout))
        .Set("repeat", value.Repeat)
        .Set("lastResort", value.LastResort is { } last ? Write(last.Page, "every", last.Every) : null)
        .Build();

    private static MapNode Write(IReadOnlyList<Target> page, string key, Duration? length) => new MapWriter()
        .Set("page", page, Targets.Write)
        .Set(key, length is { } value ? DurationText.Format(value) : "pool")
        .Build();
}
