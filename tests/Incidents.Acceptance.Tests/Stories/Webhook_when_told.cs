using System.Net.Http.Json;
using Incidents.Acceptance.Tests.Stage;
using Incidents.TestKit;

namespace Incidents.Acceptance.Tests.Stories;

/// <summary>Somebody outside is told of everything, though receiver and server fail.</summary>
public class Webhook_when_told
{
    private const string Secret = "the-listeners-own-secret-4711";

    private sealed record Hook(bool Enabled, int Waiting, int Missed, string? DisabledReason);

    private sealed record Notices(IReadOnlyList<Notice> Items);

    private sealed record Notice(string Person, string Kind);

    [Theory, BothShapes]
    public async Task loses_nothing_when_the_receiver_is_down_and_the_server_is_killed(Shape shape)
    {
        await using var listener = await Listener.StartAsync();
        await using var it = await Installation.StartAsync(shape, crews: 1, settings: new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Paging:Webhooks:AllowedNetworks"] = "127.0.0.0/8",
            ["Paging:Webhooks:FirstRetry"] = "00:00:00.300",
            ["Paging:Webhooks:Attempts"] = "3",
            ["Paging:Webhooks:DisableAfter"] = "2",
        });
        var crew = it.NextCrew();
        using (var made = await it.Http.PostAsJsonAsync("/api/v1/webhooks", new { name = "status", url = listener.Url, secret = Secret, events = new[] { "incident.triggered", "incident.acknowledged", "incident.resolved" } })) made.EnsureSuccessStatusCode();

        await it.AlertAsync(crew.Calm, "First");
        var first = await it.IncidentAsync(crew.Calm, "First");
        await it.Api.Acknowledge(first.Id.ToString());
        await Eventually.True(() => listener.All.Count == 2, "both events arrive");
        Assert.Equal([("incident.triggered", first.Number), ("incident.acknowledged", first.Number)], listener.All.Select(t => (t.Type, t.Number)));
        Assert.Equal(("system", "api"), (listener.All[1].Login, listener.All[1].Via));

        listener.Status = 503;
        await it.Api.Resolve(first.Id.ToString());
        await it.Server.Kill9Async();
        await it.Server.StartAgainAsync();
        await it.AlertAsync(crew.Calm, "Second");
        var second = await it.IncidentAsync(crew.Calm, "Second");
        var hook = await Eventually.Get(async () => await HookAsync(it) is { Enabled: false, Missed: 2 } now ? now : null, "the webhook is disabled");
        Assert.Contains("503", hook.DisabledReason, StringComparison.Ordinal);
        await Eventually.True(async () => (await it.GetAsync<Notices>("/api/v1/notices?person=olga")).Items.Any(n => n.Kind == "webhookDisabled"), "the administrator is told");
        await it.Api.Acknowledge(second.Id.ToString());
        await Eventually.True(async () => (await HookAsync(it)).Missed == 3, "what happens meanwhile is kept");

        listener.Status = 200;
        var before = listener.All.Count;
        using (var enabled = await it.Http.PutAsJsonAsync("/api/v1/webhooks/status", new { url = listener.Url, enabled = true, events = new[] { "incident.triggered", "incident.acknowledged", "incident.resolved" } })) enabled.EnsureSuccessStatusCode();
        using (var replay = await it.Http.PostAsync(new Uri("/api/v1/webhooks/status/replay", UriKind.Relative), null)) replay.EnsureSuccessStatusCode();
        await Eventually.True(() => listener.All.Count == before + 3, "what was missed arrives");

        var late = listener.All.Skip(before).ToList();
        Assert.Contains(("incident.resolved", first.Number), late.Select(t => (t.Type, t.Number)));
        Assert.Equal(["incident.triggered", "incident.acknowledged"], late.Where(t => t.Number == second.Number).Select(t => t.Type));
        Assert.Equal(5, listener.All.Where(t => t.Status == 200).Select(t => t.Delivery).Distinct().Count());
        Assert.DoesNotContain(it.Server.Log, line => line.Contains(Secret, StringComparison.Ordinal));
    }

    private static Task<Hook> HookAsync(Installation it) => it.GetAsync<Hook>("/api/v1/webhooks/status");
}
