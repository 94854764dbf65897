using Incidents.Contracts.Organisation;

namespace Incidents.Configuration.Document.Sections;

internal sealed class TeamSection : Section<Team>
{
    public override string Key => "teams";
    public override string Kind => "team";

    protected override string NameOf(Team value) => value.Name;

    protected override Team ReadValue(MapReader map) => new(
        map.RequiredText("name", Reserved.Name("own-team")),
        map.OptionalText("lead", Scalars.Name),
        map.OptionalText("calendar", Scalars.Name),
        map.Scalars("members", Scalars.Name, ""));

    protected override MapNode WriteValue(Team value) => new MapWriter()
        .Set("name", value.Name)
        .Set("lead", value.Lead)
        .Set("calendar", value.Calendar)
        .Set("members", value.Members)
        .Build();
}

/// <summary>Words that targets use for "the service's own".</summary>
internal static class Reserved
{
    public static Func<ScalarNode, Parsed<string>> Name(string reserved) => scalar =>
        scalar.Text == reserved ? new("", $"'{reserved}' has a meaning of its own in policies; choose another name.") : Scalars.Name(scalar);
}
