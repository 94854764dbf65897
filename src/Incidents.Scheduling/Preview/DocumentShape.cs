using System.Globalization;
using System.Text.Json.Nodes;
using Incidents.Contracts.Organisation;
using NodaTime;
using NodaTime.Text;

namespace Incidents.Scheduling.Preview;

/// <summary>Schedules and overrides in the shapes of the configuration document, as edits take them. What is at its default is left out.</summary>
internal static class DocumentShape
{
    private static readonly LocalDateTimePattern DateTime = LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm");
    private static readonly LocalTimePattern Time = LocalTimePattern.CreateWithInvariantCulture("HH':'mm");

    public static JsonObject Of(Schedule schedule)
    {
        var layers = new JsonArray();
        for (var i = 0; i < schedule.Layers.Count; i++)
            layers.Add(Of(schedule.Layers[i], i + 1));
        var shape = new JsonObject { ["name"] = schedule.Name };
        Set(shape, "team", schedule.Team);
        shape["pool"] = schedule.Pool;
        shape["zone"] = schedule.Zone;
        shape["layers"] = layers;
        return shape;
    }

    public static JsonObject Of(Override made)
    {
        var shape = new JsonObject { ["schedule"] = made.Schedule, ["from"] = InstantPattern.ExtendedIso.Format(made.From), ["to"] = InstantPattern.ExtendedIso.Format(made.To) };
        if (made.Position == Position.Secondary)
            shape["position"] = "secondary";
        shape[made.Kind switch { OverrideKind.Replace => "replace", OverrideKind.Add => "add", _ => "remove" }] = made.Person;
        Set(shape, "with", made.With);
        Set(shape, "reason", made.Reason);
        return shape;
    }

    private static JsonObject Of(Layer layer, int place)
    {
        var shape = new JsonObject { ["name"] = layer.Name, ["position"] = Word(layer.Position) };
        if (layer.Level != place)
            shape["level"] = layer.Level;
        Set(shape, "zone", layer.Zone);
        Set(shape, "start", Local(layer.Start));
        Set(shape, "until", Local(layer.Until));
        Set(shape, "turn", layer.Turn is { } turn ? string.Create(CultureInfo.InvariantCulture, $"{turn.Count}{Unit(turn.Unit)}") : null);
        if (layer.Slots.Count > 0)
            shape["slots"] = new JsonArray([.. layer.Slots.Select(s => (JsonNode)Texts(s))]);
        if (layer.Windows.Count > 0)
            shape["windows"] = new JsonArray([.. layer.Windows.Select(w => (JsonNode)Of(w))]);
        if (layer.Advance == Advance.WorkedTurns)
            shape["advance"] = "worked-turns";
        Set(shape, "nextInOrderOf", layer.NextInOrderOf);
        return shape;
    }

    private static JsonObject Of(Window window)
    {
        var shape = new JsonObject();
        if (window.Days.Count is > 0 and < 7)
            shape["days"] = Texts(window.Days.Select(d => d.ToString()[..3].ToLowerInvariant()));
        shape["from"] = Time.Format(window.From);
        shape["to"] = Time.Format(window.To);
        if (window.On != WindowDays.All)
            shape["on"] = window.On == WindowDays.Workdays ? "workdays" : "holidays-and-weekends";
        Set(shape, "calendar", window.Calendar);
        return shape;
    }

    public static string Word(Position position) => position == Position.Primary ? "primary" : "secondary";

    private static string? Local(LocalDateTime? value) => value is not { } local ? null
        : local.Second == 0 ? DateTime.Format(local) : LocalDateTimePattern.ExtendedIso.Format(local);

    private static string Unit(TurnUnit unit) => unit switch { TurnUnit.Hour => "h", TurnUnit.Day => "d", TurnUnit.Week => "w", _ => "mo" };

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(t => (JsonNode)JsonValue.Create(t))]);

    private static void Set(JsonObject shape, string key, string? value)
    {
        if (value is not null)
            shape[key] = value;
    }
}
