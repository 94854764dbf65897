using System.Net.Http.Json;
using System.Text.Json;
using Incidents.TestKit;

namespace Incidents.Browser.Tests;

/// <summary>A phone in a lift: the page opens from what was kept, says so, and the acknowledge goes when there is a connection.</summary>
public class Acknowledge_when_there_is_no_connection(Salon salon)
{
    [Fact]
    public async Task waits_and_is_sent_when_it_is_back()
    {
        await using var server = await salon.StartServerAsync();
        foreach (var summary in new[] { "Payments fail for Mastercard", "Ledger is late" })
        {
            using var alert = await server.Client.PostAsJsonAsync("/integrations/demo-generic-key/generic", new { summary, service = "ledger", severity = "critical" });
            alert.EnsureSuccessStatusCode();
        }
        await using var visitor = await salon.VisitAsync(Screen.Phone, "ana", server, worker: true);
        var page = await visitor.OpenAsync("/");
        await page.GetByRole(AriaRole.Link, new() { Name = "Payments fail for Mastercard" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Acknowledge", Exact = true })).ToBeVisibleAsync();
        var path = new Uri(page.Url).AbsolutePath;
        await Eventually.True(() => page.EvaluateAsync<bool>("async path => { const kept = await caches.open('answers'); return !!(await kept.match('/api/v1' + path)) && !!(await kept.match('/api/v1/me')); }", path), "the worker has kept what was read");

        await server.Kill9Async();
        await page.ReloadAsync();
        await Assertions.Expect(page.GetByText("Offline: this is as of")).ToBeVisibleAsync();
        await page.EvaluateAsync("() => { window.stays = true; }");
        await page.GetByRole(AriaRole.Button, new() { Name = "Acknowledge", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Will be sent" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        // The message's code was kept, too: a page that looks for it at the server in vain would load itself anew.
        Assert.True(await page.EvaluateAsync<bool>("() => window.stays === true"));
        Assert.Empty(await Accessibility.FaultsAsync(page));
        // What is kept outlives the page.
        await page.GotoAsync("/");
        await Assertions.Expect(page.GetByText("One acknowledge will be sent.")).ToBeVisibleAsync();

        await server.StartAgainAsync();
        await Assertions.Expect(page.GetByText("Sent: you have #")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Offline: this is as of")).ToHaveCountAsync(0);
        var incident = await server.Client.GetFromJsonAsync<JsonElement>(new Uri("/api/v1" + path, UriKind.Relative));
        Assert.Equal("acknowledged by ana", $"{incident.GetProperty("status")} by {incident.GetProperty("acknowledgedBy")}");
    }
}
