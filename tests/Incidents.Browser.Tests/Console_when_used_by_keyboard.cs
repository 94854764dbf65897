namespace Incidents.Browser.Tests;

public class Console_when_used_by_keyboard(Salon salon)
{
    [Fact]
    public async Task opens_and_acknowledges_an_incident()
    {
        await salon.QuietAsync();
        var number = await salon.AlertAsync("Keyboard only", "ledger");
        await using var ana = await salon.VisitAsync(Screen.Desktop);
        var page = await ana.OpenAsync("/");
        await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("Keyboard only");

        await page.Keyboard.PressAsync("?");
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Keyboard shortcuts");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Keyboard only");
        await page.Keyboard.PressAsync("a");

        await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("has it. Paging has stopped.");
        await salon.ActAsync(number, "resolve");
        Assert.Empty(ana.Errors);
    }
}
