using System.Net;
using Incidents.Acceptance.Tests.Stage;
using Incidents.Client;

namespace Incidents.Acceptance.Tests.Stories;

[Collection("the whole configuration")]
public class Configuration_when_applied(Theatre theatre)
{
    [Theory, BothShapes]
    public async Task is_in_force_for_the_next_alert_and_a_second_time_changes_nothing(Shape shape)
    {
        var it = await theatre.SharedAsync(shape);
        var crew = it.NextCrew();

        crew.Order = [crew.Bruno, crew.Ana];
        var applied = await it.ApplyAsync();
        var again = await it.ApplyAsync();
        await it.AlertAsync(crew.Calm, "New order");
        await it.Phones.RingAsync(crew.Bruno);

        Assert.Equal([$"quick-{crew.Canary}", $"slow-{crew.Canary}"], applied.Changes.Select(c => c.Name).Order(StringComparer.Ordinal));
        Assert.Empty(again.Changes);
        Assert.Empty(await it.Phones.CallsAsync(crew.Ana));
    }

    [Theory, BothShapes]
    public async Task changes_nothing_when_any_part_of_it_is_wrong(Shape shape)
    {
        var it = await theatre.SharedAsync(shape);
        var before = await it.Api.ExportConfig();
        var broken = Organisation.Document([it.Crews[0]], TimeProvider.System.GetUtcNow())
            .Replace("rank: 1,", "rank: 1, colour: red,", StringComparison.Ordinal).Replace("zone: Etc/UTC", "zone: Mars/Olympus", StringComparison.Ordinal);

        var refused = await Assert.ThrowsAsync<ApiException>(() => it.Api.ApplyConfig(broken));
        var after = await it.Api.ExportConfig();

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains(refused.Faults, f => f.Path.Contains("colour", StringComparison.Ordinal));
        Assert.Contains(refused.Faults, f => f.Path.Contains("zone", StringComparison.Ordinal));
        Assert.Equal(before.Yaml, after.Yaml);
    }
}
