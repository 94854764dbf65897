using Incidents.Contracts.Organisation;
using NodaTime;

namespace Incidents.Configuration.Document.Sections;

internal sealed class ScheduleSection : Section<Schedule>
{
    public override string Key => "schedules";
    public override string Kind => "schedule";

    protected override string NameOf(Schedule value) => value.Name;

    protected override Schedule ReadValue(MapReader map)
    {
        var name = map.RequiredText("name", Reserved.Name("own"));
        var team = map.OptionalText("team", Scalars.Name);
        var pool = map.RequiredText("pool", Scalars.Name);
        var zone = map.Required("zone", Scalars.Zone, "UTC");
        var place = 0;
        var layers = map.Maps("layers", layer => ReadLayer(layer, ++place));
        foreach (var twice in layers.GroupBy(l => l.Name, StringComparer.Ordinal).Where(g => g.Key.Length > 0 && g.Count() > 1))
            map.Fault("layers", $"has two layers named '{twice.Key}'.");
        foreach (var layer in layers.Where(l => l.NextInOrderOf is not null))
            CheckOrder(map, layers, layer);
        return new Schedule(name, team, pool, zone, layers);
    }

    /// <summary>The followed layer must exist here and have an order of its own; so there are no cycles.</summary>
    private static void CheckOrder(MapReader map, IReadOnlyList<Layer> layers, Layer layer)
    {
        var path = $"layers[{layer.Name}].nextInOrderOf";
        var followed = layers.FirstOrDefault(l => l.Name == layer.NextInOrderOf);
        if (followed is null)
            map.Fault(path, $"'{layer.NextInOrderOf}' is not a layer of this schedule.{Faults.DidYouMean(layer.NextInOrderOf!, layers.Select(l => l.Name))}");
        else if (Follows(layers, layer))
            map.Fault(path, "goes round in a circle.");
        else if (followed.NextInOrderOf is not null)
            map.Fault(path, $"'{followed.Name}' has no order of its own; name the layer that it follows, '{followed.NextInOrderOf}'.");
    }

    private static bool Follows(IReadOnlyList<Layer> layers, Layer start)
    {
        var at = start;
        for (var step = 0; step <= layers.Count && at?.NextInOrderOf is { } next; step++)
        {
            if (next == start.Name)
                return true;
            at = layers.FirstOrDefault(l => l.Name == next);
        }
        return false;
    }

    private static Layer ReadLayer(MapReader map, int place)
    {
        var name = map.RequiredText("name", Scalars.Name);
        map.Ignore("formerly");
        var position = map.Optional("position", Words.Positions.Parse, Position.Primary);
        var level = map.Optional("level", s => Scalars.Whole(s, 0, 1000), place);
        var zone = map.OptionalText("zone", Scalars.Zone);
        var next = map.OptionalText("nextInOrderOf", Scalars.Name);
        var follows = map.Has("nextInOrderOf");
        var start = Rotation(map, "start", follows, Scalars.DateTime);
        var until = map.Optional("until", Scalars.DateTime);
        var turn = Rotation(map, "turn", follows, Scalars.Turn);
        var slots = Slots(map, follows);
        var windows = map.Maps("windows", ReadWindow);
        var advance = map.Optional("advance", Words.Advances.Parse, Advance.Elapsed);
        if (follows && advance != Advance.Elapsed)
            map.Fault("advance", "has no meaning with nextInOrderOf.");
        if (start is { } from && until is { } to && to <= from)
            map.Fault("until", "must be after start.");
        return new Layer(name, position, level, zone, start, until, turn, slots, windows, advance, next);
    }

    /// <summary>What a rotation must have, and a layer that follows another's order must not.</summary>
    private static T? Rotation<T>(MapReader map, string key, bool follows, Func<ScalarNode, Parsed<T>> parse) where T : struct
    {
        if (follows == map.Has(key))
            map.Fault(key, follows ? "has no meaning with nextInOrderOf." : "is required.");
        return map.Optional(key, parse);
    }

    private static IReadOnlyList<IReadOnlyList<string>> Slots(MapReader map, bool follows)
    {
        if (follows && map.Take("slots") is not (null or ListNode { Items.Count: 0 }))
            map.Fault("slots", "has no meaning with nextInOrderOf.");
        var slots = map.List<IReadOnlyList<string>>("slots", (slot, path) =>
        {
            var people = map.Items(slot, path, (person, at) => map.Scalar(person, at, Scalars.Name, ""));
            foreach (var twice in people.GroupBy(p => p, StringComparer.Ordinal).Where(g => g.Key.Length > 0 && g.Count() > 1))
                map.Faults.Add(path, $"names '{twice.Key}' twice.");
            return people;
        });
        if (!follows && slots.Count == 0)
            map.Fault("slots", "must hold at least one slot, each a list of people: [[ana], [bruno]].");
        return slots;
    }

    private static Window ReadWindow(MapReader map)
    {
        var window = new Window(
            CalendarSection.Days(map, required: false),
            map.Required("from", Scalars.Time, LocalTime.Midnight),
            map.Required("to", Scalars.Time, LocalTime.Midnight),
            map.Optional("on", Words.WindowDays.Parse, WindowDays.All),
            map.OptionalText("calendar", Scalars.Name));
        if (window is { On: not WindowDays.All, Calendar: null })
            map.Fault("calendar", $"is required with 'on: {Words.WindowDays.Of(window.On)}'.");
        return window;
    }

    protected override MapNode WriteValue(Schedule value) => new MapWriter()
        .Set("name", value.Name)
        .Set("team", value.Team)
        .Set("pool", value.Pool)
        .Set("zone", value.Zone)
        .Set("layers", [.. value.Layers.Select((layer, i) => (layer, i + 1))], l => WriteLayer(l.layer, l.Item2))
        .Build();

    private static MapNode WriteLayer(Layer layer, int place) => new MapWriter()
        .Set("name", layer.Name)
        .Set("position", Words.Positions.Of(layer.Position))
        .Set("level", layer.Level == place ? null : layer.Level)
        .Set("zone", layer.Zone)
        .Set("start", layer.Start is { } start ? Scalars.Format(start) : null)
        .Set("until", layer.Until is { } until ? Scalars.Format(until) : null)
        .Set("turn", layer.Turn is { } turn ? Scalars.Format(turn) : null)
        .Set("slots", layer.Slots, ListNode.OfTexts)
        .Set("windows", layer.Windows, WriteWindow)
        .Set("advance", layer.Advance == Advance.Elapsed ? null : Words.Advances.Of(layer.Advance))
        .Set("nextInOrderOf", layer.NextInOrderOf)
        .Build();

    private static MapNode WriteWindow(Window window) => new MapWriter()
        .Set("days", window.Days.SequenceEqual(CalendarSection.AllDays) ? null : CalendarSection.WriteDays(window.Days))
        .Set("from", Scalars.Format(window.From))
        .Set("to", Scalars.Format(window.To))
        .Set("on", window.On == WindowDays.All ? null : Words.WindowDays.Of(window.On))
        .Set("calendar", window.Calendar)
        .Build();
}
