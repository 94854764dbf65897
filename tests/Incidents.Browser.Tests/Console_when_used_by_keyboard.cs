namespace Incidents.Browser.Tests;

public class Console_when_used_by_keyboard(Salon salon)
{
    [Fact]
    public async Task goes_anywhere_by_name_and_speaks_Portuguese()
    {
        await using var ana = await salon.VisitAsync(Screen.Desktop);
        var page = await ana.OpenAsync("/");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Find" })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Control+k");
        var find = page.GetByRole(AriaRole.Combobox, new() { Name = "Go to" });
        await find.FillAsync("juri");
        await Assertions.Expect(page.GetByRole(AriaRole.Listbox).GetByRole(AriaRole.Option)).ToContainTextAsync("Jüri Kask");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Jüri Kask");

        await page.GetByRole(AriaRole.Button, new() { Name = "Account of Ana Souza" }).ClickAsync();
        await page.GetByRole(AriaRole.Menu).GetByText("Português").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Serviços" })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "pt-BR");
        await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("Como Jüri Kask é chamado");
        Assert.Empty(ana.Errors);
    }

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
