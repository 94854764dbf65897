namespace Incidents.Browser.Tests;

public class Swap_when_offered(Salon salon)
{
    [Fact]
    public async Task is_taken_by_whom_it_was_offered_to()
    {
        await using var bruno = await salon.VisitAsync(Screen.Desktop, "bruno");
        await using var ana = await salon.VisitAsync(Screen.Phone);
        var his = await bruno.OpenAsync("/me");
        var hers = await ana.OpenAsync("/me");
        await Assertions.Expect(hers.GetByRole(AriaRole.Region, new() { Name = "Swaps" })).ToContainTextAsync("No swap is open");

        // The running shift comes first; the one after the next is still to come whatever the hour.
        await his.GetByRole(AriaRole.Region, new() { Name = "My next shifts" }).GetByRole(AriaRole.Listitem).Filter(new() { HasText = "primary," }).Nth(1).GetByRole(AriaRole.Button).ClickAsync();
        var dialog = his.GetByRole(AriaRole.Dialog);
        await dialog.GetByText("Certain people").ClickAsync();
        await dialog.GetByLabel("Ana Souza").CheckAsync();
        await dialog.GetByLabel("Reason").FillAsync("School play");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Ask", Exact = true }).ClickAsync();
        await Assertions.Expect(his.GetByRole(AriaRole.Region, new() { Name = "Swaps" })).ToContainTextAsync("You asked for cover");

        await hers.ReloadAsync();
        var asked = hers.GetByRole(AriaRole.Region, new() { Name = "Swaps" });
        await Assertions.Expect(asked).ToContainTextAsync("Bruno Lima asks for cover");
        await Assertions.Expect(asked).ToContainTextAsync("School play");
        await asked.GetByRole(AriaRole.Button, new() { Name = "Take it" }).ClickAsync();
        await Assertions.Expect(hers.GetByText("It is yours now")).ToBeVisibleAsync();
        await Assertions.Expect(asked).ToContainTextAsync("Ana Souza takes");

        await his.ReloadAsync();
        var answered = his.GetByRole(AriaRole.Region, new() { Name = "Swaps" });
        await Assertions.Expect(answered).ToContainTextAsync("Ana Souza takes");
        await answered.GetByRole(AriaRole.Button, new() { Name = "Withdraw" }).ClickAsync();
        await Assertions.Expect(his.GetByText("you are on call again")).ToBeVisibleAsync();
        Assert.Empty(bruno.Errors.Concat(ana.Errors));
    }
}
