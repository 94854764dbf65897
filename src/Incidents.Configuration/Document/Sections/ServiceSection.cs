using Incidents.Contracts.Organisation;

namespace Incidents.Configuration.Document.Sections;

internal sealed class ServiceSection : Section<Service>
{
    public override string Key => "services";
    public override string Kind => "service";

    protected override string NameOf(Service value) => value.Name;

    protected override Service ReadValue(MapReader map) => new(
        map.RequiredText("name", Scalars.Name),
        map.OptionalText("team", Scalars.Name),
        map.RequiredText("pool", Scalars.Name),
        map.OptionalText("schedule", Scalars.Name),
        map.OptionalText("policy", Scalars.Name),
        map.Scalars("dependsOn", Scalars.Name, ""),
        map.OptionalText("runbook", Scalars.Url));

    protected override MapNode WriteValue(Service value) => new MapWriter()
        .Set("name", value.Name)
        .Set("team", value.Team)
        .Set("pool", value.Pool)
        .Set("schedule", value.Schedule)
        .Set("policy", value.Policy)
        .Set("dependsOn", value.DependsOn)
        .Set("runbook", value.Runbook)
        .Build();
}
