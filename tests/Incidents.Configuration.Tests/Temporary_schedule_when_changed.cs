using System.Text.Json.Nodes;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Incidents.Configuration.Tests;

public sealed class Temporary_schedule_when_changed
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static string Fair(string person, string to = "20:00", string name = "fair", string? formerly = null) => $$"""
        {"temporarySchedules": [{"name": "{{name}}", {{(formerly is null ? "" : $"\"formerly\": \"{formerly}\", ")}}"schedule": "kitchen", "from": "2026-11-21T10:00:00Z", "to": "2026-11-21T{{to}}:00Z",
         "shifts": [{"from": "2026-11-21T10:00:00Z", "to": "2026-11-21T16:00:00Z", "people": ["{{person}}"]}]}]}
        """;

    private static async Task Put(Installation installation, string json)
    {
        var outcome = await installation.Services.GetRequiredService<IOrganisationEditor>().Edit(new OrganisationEdit((JsonObject)JsonNode.Parse(json)!, Actor.System), Cancel);
        Assert.True(outcome.IsOk, string.Join('\n', outcome.Error?.Faults ?? []));
    }

    private static List<string> Pieces(Installation installation) => [.. installation.Now.TemporarySchedules["kitchen"].Where(t => t.Name != "year-end stocktaking").Select(t =>
        $"{t.Name} {At(t.From)}-{At(t.To)}: {string.Join(", ", t.Shifts.Select(s => $"{At(s.From)}-{At(s.To)} {string.Join('+', s.People)}"))}")];

    private static string At(Instant at) => at.InUtc().TimeOfDay.ToString("HH:mm", null);

    [Fact]
    public async Task keeps_what_has_been_worked()
    {
        await using var installation = await Installation.Create();
        await installation.Apply(Sample.Yaml);

        // Told at 12:00 what has been so since 10:00.
        await Put(installation, Fair("juri"));
        Assert.Equal(["fair 10:00-20:00: 10:00-16:00 juri"], Pieces(installation));

        installation.Time.Advance(TimeSpan.FromHours(1));
        await Put(installation, Fair("tiina", to: "19:00"));
        Assert.Equal(["fair 10:00-13:00: 10:00-13:00 juri", "fair 13:00-19:00: 13:00-16:00 tiina"], Pieces(installation));

        installation.Time.Advance(TimeSpan.FromHours(1));
        await Put(installation, Fair("tiina", to: "19:00", name: "market", formerly: "fair"));
        Assert.Equal(["fair 10:00-13:00: 10:00-13:00 juri", "market 13:00-19:00: 13:00-16:00 tiina"], Pieces(installation));

        await Put(installation, """{"delete": {"temporarySchedules": ["market"]}}""");
        Assert.Equal(["fair 10:00-13:00: 10:00-13:00 juri", "market 13:00-14:00: 13:00-14:00 tiina"], Pieces(installation));

        // Back again: from now on only.
        installation.Time.Advance(TimeSpan.FromHours(1));
        await Put(installation, Fair("juri", name: "market"));
        Assert.Equal("market 15:00-20:00: 15:00-16:00 juri", Pieces(installation)[^1]);
        Assert.Equal(3, Pieces(installation).Count);
    }

    [Fact]
    public async Task is_simply_another_while_it_has_not_begun()
    {
        await using var installation = await Installation.Create();
        await installation.Apply(Sample.Yaml);
        await Put(installation, Fair("juri").Replace("11-21T", "11-23T", StringComparison.Ordinal));
        await Put(installation, Fair("tiina").Replace("11-21T", "11-24T", StringComparison.Ordinal));

        Assert.Equal(["fair 10:00-20:00: 10:00-16:00 tiina"], Pieces(installation));
    }

    [Fact]
    public async Task follows_renames_of_people_and_schedules_also_where_it_is_over()
    {
        await using var installation = await Installation.Create();
        await installation.Apply(Sample.Yaml);
        await Put(installation, Fair("juri"));
        installation.Time.Advance(TimeSpan.FromHours(1));
        await Put(installation, """{"delete": {"temporarySchedules": ["fair"]}}""");

        await installation.Apply(Sample.Yaml
            .Replace("login: juri,", "login: jyri, formerly: juri,", StringComparison.Ordinal).Replace("lead: juri", "lead: jyri", StringComparison.Ordinal)
            .Replace("people: [juri, tiina]", "people: [jyri, tiina]", StringComparison.Ordinal).Replace("members: [juri, tiina]", "members: [jyri, tiina]", StringComparison.Ordinal).Replace("slots: [[juri], [tiina]]", "slots: [[jyri], [tiina]]", StringComparison.Ordinal));

        Assert.Equal(["fair 10:00-13:00: 10:00-13:00 jyri"], Pieces(installation));
        Assert.All(installation.Now.ScheduleHistory["kitchen"], v => Assert.Equal(["jyri", "tiina"], v.Schedule.Layers[0].Slots.SelectMany(s => s)));
    }
}
