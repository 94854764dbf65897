using System.Net.Http.Headers;

namespace Incidents.Server.Tests;

public sealed class Roles_when_split
{
    [Fact]
    public async Task Choose_what_a_process_serves_and_work_together()
    {
        await using var shape = await TestShape.CreateAsync(Database.Postgres, Transport.RabbitMq);
        await using var desk = await ServerProcess.StartAsync(shape, With("triage,escalation,paging,scheduling,web"));
        await using var gate = await ServerProcess.StartAsync(shape, With("ingest"));
        using var document = new StringContent(await File.ReadAllTextAsync(RepositoryFolder.PathTo("src", "Incidents.Configuration", "Demo", "demo.yaml"), TestContext.Current.CancellationToken), new MediaTypeHeaderValue("application/yaml"));
        using var applied = await desk.Client.PutAsync(new Uri("/api/v1/config", UriKind.Relative), document, TestContext.Current.CancellationToken);
        Assert.Equal(200, (int)applied.StatusCode);
        var path = await desk.Client.GenericPath();

        using var asked = await gate.Client.Ask("/api/v1/incidents");
        using var console = await gate.Client.Ask("/");
        using var misplaced = await desk.Client.Send(path, new { summary = "At the wrong door" });
        using var accepted = await gate.Client.Send(path, new { summary = "Through the gate" });

        Assert.Equal(404, (int)asked.StatusCode);
        Assert.Equal(404, (int)console.StatusCode);
        Assert.Equal(404, (int)misplaced.StatusCode);
        Assert.Equal(202, (int)accepted.StatusCode);
        await Eventually.True(async () => (await desk.Client.Text("/api/v1/incidents")).Contains("Through the gate", StringComparison.Ordinal), "the other process opens the incident", cancel: TestContext.Current.CancellationToken);
        using var ready = await gate.Client.Ask("/health/ready");
        Assert.Equal(200, (int)ready.StatusCode);
        Assert.Contains("incidents_ingest_accepted_total 1", await gate.Client.Text("/metrics"), StringComparison.Ordinal);
    }

    private static Dictionary<string, string> With(string roles) => new(StringComparer.Ordinal) { ["Roles"] = roles };
}
