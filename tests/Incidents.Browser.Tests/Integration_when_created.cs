using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;

namespace Incidents.Browser.Tests;

public partial class Integration_when_created(Salon salon)
{
    [Fact]
    public async Task waits_for_its_first_alert_and_turns_green()
    {
        await salon.QuietAsync();
        await using var ana = await salon.VisitAsync(Screen.Desktop);
        var page = await ana.OpenAsync("/integrations");
        await page.GetByRole(AriaRole.Button, new() { Name = "New integration" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Name", new() { Exact = true }).FillAsync("backups");
        await dialog.GetByLabel("Source").SelectOptionAsync("generic");
        await dialog.GetByLabel("Service", new() { Exact = true }).SelectOptionAsync("ledger");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Create", Exact = true }).ClickAsync();
        await Assertions.Expect(dialog.GetByRole(AriaRole.Status)).ToContainTextAsync("Waiting for the first alert");

        var address = new Uri(Address().Match(await dialog.Locator("pre").First.InnerTextAsync()).Groups["url"].Value);
        using (var answer = await salon.Api.PostAsJsonAsync(address, new { summary = "Backup of ledger-db failed", dedupKey = "backup" })) answer.EnsureSuccessStatusCode();
        await Assertions.Expect(dialog.GetByRole(AriaRole.Status)).ToContainTextAsync("The first alert is here");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Done" }).ClickAsync();

        // What it received and what became of it, with what is refused from now on.
        var card = page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "backups" }).First;
        await card.GetByText("Last requests").ClickAsync();
        var requests = card.GetByRole(AriaRole.List, new() { Name = "Last requests" }).Locator("details");
        await Assertions.Expect(requests).ToHaveCountAsync(1);
        await Assertions.Expect(requests.First).ToContainTextAsync("Taken 202");
        await Assertions.Expect(requests.First).ToContainTextAsync("opened #");
        using (var answer = await salon.Api.PostAsJsonAsync(address, new { sumary = "Backup failed", token = "hunter2" })) Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        await Assertions.Expect(requests).ToHaveCountAsync(2);
        await requests.First.Locator("summary").ClickAsync();
        await Assertions.Expect(requests.First).ToContainTextAsync("Refused 400");
        await Assertions.Expect(requests.First).ToContainTextAsync("Unknown field");
        await Assertions.Expect(requests.First.Locator("pre")).ToContainTextAsync("Backup failed");
        await Assertions.Expect(requests.First).Not.ToContainTextAsync("hunter2");
        Assert.Empty(await Accessibility.FaultsAsync(page));

        await page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "backups" }).GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Assertions.Expect(page.GetByText("backups is deleted")).ToBeVisibleAsync();
        await salon.QuietAsync();
        Assert.Empty(ana.Errors);
    }

    [GeneratedRegex("'(?<url>http[^']+)'", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();
}
