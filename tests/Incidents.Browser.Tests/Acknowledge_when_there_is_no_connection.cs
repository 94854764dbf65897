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
        await using var server = await ServerProcess.StartAsync(Salon.Quick);
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
        await page.WaitForFunctionAsync("async path => (await caches.has('answers')) && !!(await (await caches.open('answers')).match('/api/v1' + path)) && !!(await (await caches.open('answers')).match('/api/v1/me'))", path);

        await server.Kill9Async();
        await Eventually.True(async () => await OpensAsync(page, path), "the kept page opens");
        await Assertions.Expect(page.GetByText("Offline: this is as of")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Acknowledge", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Will be sent" })).ToBeVisibleAsync();
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

    /// <summary>A browser without time to wake the worker goes to the network, which there is none of; whoever is in a lift taps once more.</summary>
    private static async Task<bool> OpensAsync(IPage page, string path)
    {
        try
        {
            await page.GotoAsync(path);
            return true;
        }
        catch (PlaywrightException gone) when (gone.Message.Contains("ERR_CONNECTION_REFUSED", StringComparison.Ordinal))
        {
            return false;
        }
    }
}
