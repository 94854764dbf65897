namespace Incidents.Configuration.Document.Sections;

/// <summary>Whose desk the first line is.</summary>
internal sealed record FirstLine(string Schedule);

internal sealed class FirstLineSection : Section<FirstLine>
{
    public override string Key => "firstLine";
    public override string Kind => "firstLine";
    public override string? Identity => null;
    public override bool Single => true;

    protected override string NameOf(FirstLine value) => value.Schedule.Length == 0 ? "" : "firstLine";

    protected override FirstLine ReadValue(MapReader map) => new(map.RequiredText("schedule", Scalars.Name));

    protected override MapNode WriteValue(FirstLine value) => new MapWriter().Set("schedule", value.Schedule).Build();
}
