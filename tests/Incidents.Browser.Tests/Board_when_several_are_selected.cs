namespace Incidents.Browser.Tests;

/// <summary>A burst at night: two at once, one of them given back, and a word about why.</summary>
public class Board_when_several_are_selected(Salon salon)
{
    [Fact]
    public async Task acts_on_all_and_an_acknowledge_can_be_taken_back()
    {
        await salon.QuietAsync();
        await salon.AlertAsync("Ledger is slow", "ledger");
        await salon.AlertAsync("Ledger loses connections", "ledger", "error");
        await using var ana = await salon.VisitAsync(Screen.Desktop);
        var page = await ana.OpenAsync("/");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Ledger loses connections" })).ToBeVisibleAsync();

        // Filters are in the address.
        await page.GetByLabel("Severity").SelectOptionAsync("SEV1");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Ledger loses connections" })).ToHaveCountAsync(0);
        Assert.Contains("severity=SEV1", page.Url, StringComparison.Ordinal);
        await page.GetByLabel("Severity").SelectOptionAsync("");
        await page.GetByLabel("Severity").BlurAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Ledger loses connections" })).ToBeVisibleAsync();

        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("x");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("x");
        var bar = page.GetByRole(AriaRole.Toolbar, new() { Name = "Selected incidents" });
        await Assertions.Expect(bar).ToContainTextAsync("2 selected");
        Assert.Empty(await Accessibility.FaultsAsync(page));
        await bar.GetByRole(AriaRole.Button, new() { Name = "Acknowledge" }).ClickAsync();
        await Assertions.Expect(page.GetByText("You have 2 incidents")).ToBeVisibleAsync();
        await Assertions.Expect(bar).ToHaveCountAsync(0);

        await TakeBackAsync(page);
        await salon.QuietAsync();
        Assert.Empty(ana.Errors);
    }

    private async Task TakeBackAsync(IPage page)
    {
        var number = await salon.AlertAsync("Ledger refuses writes", "ledger");
        await page.GetByRole(AriaRole.Link, new() { Name = "Ledger refuses writes" }).ClickAsync();
        var main = page.GetByRole(AriaRole.Main);
        await Assertions.Expect(main).ToContainTextAsync("unless acknowledged");
        await Assertions.Expect(main).ToContainTextAsync("Earlier on ledger");
        await page.GetByRole(AriaRole.Button, new() { Name = "Acknowledge", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Alert).Filter(new() { HasText = $"You have #{number}" }).GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Acknowledge", Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(main).ToContainTextAsync("Acknowledge taken back.");

        await page.GetByLabel("Add a note").FillAsync("Cause: **disk full**, see `df -h`");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add note" }).ClickAsync();
        await Assertions.Expect(main.Locator("strong").Filter(new() { HasText = "disk full" })).ToBeVisibleAsync();
        await page.Locator("h1").First.ClickAsync();
        await page.Keyboard.PressAsync("e");
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Page the next level now?");
        await page.Keyboard.PressAsync("Escape");
    }
}
