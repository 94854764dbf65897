using Incidents.Contracts.Organisation;
using NodaTime;

namespace Incidents.Configuration.Document.Sections;

internal sealed class TriageSection : Section<TriageRule>
{
    public override string Key => "triage";
    public override string Kind => "triage";
    public override bool Ordered => true;

    protected override string NameOf(TriageRule value) => value.Name;

    protected override TriageRule ReadValue(MapReader map)
    {
        var name = map.RequiredText("name", Scalars.Name);
        var when = map.OptionalMap("when", ReadConditions) ?? new SortedDictionary<string, string>(StringComparer.Ordinal);
        var action = map.Required("do", Words.TriageActions.Parse, TriageAction.Escalate);
        var severity = map.Optional("severity", Words.Severities.Parse);
        var flap = map.OptionalMap("flap", flap => new FlapCondition(
            flap.Required("changes", s => Scalars.Whole(s, 1, 10_000), 1), flap.Required("within", Scalars.Length, Duration.FromMinutes(1))));
        var every = map.Optional("every", Scalars.Length);
        Only(map, "flap", action == TriageAction.Hold, "hold");
        Only(map, "every", action == TriageAction.Heartbeat, "heartbeat");
        if (action == TriageAction.Hold && !map.Has("flap"))
            map.Fault("flap", "is required with 'do: hold'.");
        if (action == TriageAction.Heartbeat && !map.Has("every"))
            map.Fault("every", "is required with 'do: heartbeat'.");
        if (action is TriageAction.Drop or TriageAction.Heartbeat && map.Has("severity"))
            map.Fault("severity", $"has no meaning with 'do: {Words.TriageActions.Of(action)}'.");
        return new TriageRule(name, when, action, severity, flap, every);
    }

    private static void Only(MapReader map, string key, bool allowed, string action)
    {
        if (!allowed && map.Has("do") && map.Has(key))
            map.Fault(key, $"has a meaning only with 'do: {action}'.");
    }

    /// <summary>Label names are free, so nothing is unknown here.</summary>
    private static SortedDictionary<string, string> ReadConditions(MapReader map)
    {
        var patterns = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var label in map.Keys)
        {
            if (label.Length is 0 or > 200)
                map.Fault(label, "is not a label name.");
            else
                patterns[label] = map.RequiredText(label, Scalars.Regex);
        }
        return patterns;
    }

    protected override MapNode WriteValue(TriageRule value)
    {
        var when = new MapWriter();
        foreach (var (label, pattern) in value.When.OrderBy(w => w.Key, StringComparer.Ordinal))
            when.Set(label, pattern);
        return new MapWriter()
            .Set("name", value.Name)
            .Set("when", value.When.Count == 0 ? null : when.Build())
            .Set("do", Words.TriageActions.Of(value.Do))
            .Set("severity", value.Severity is { } severity ? Words.Severities.Of(severity) : null)
            .Set("flap", value.Flap is { } flap ? new MapWriter().Set("changes", flap.Changes).Set("within", DurationText.Format(flap.Within)).Build() : null)
            .Set("every", value.Every is { } every ? DurationText.Format(every) : null)
            .Build();
    }
}
