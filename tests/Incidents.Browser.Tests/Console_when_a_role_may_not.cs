namespace Incidents.Browser.Tests;

public class Console_when_a_role_may_not(Salon salon)
{
    [Fact]
    public async Task offers_a_responder_nothing_that_would_be_refused()
    {
        await using var bruno = await salon.VisitAsync(Screen.Desktop, "bruno");
        var page = await bruno.OpenAsync("/services/checkout");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("checkout");
        await Assertions.Expect(page.GetByRole(AriaRole.Main).GetByText("Level 1", new() { Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Pay", Exact = true })).ToHaveCountAsync(0);
        foreach (var path in new[] { "/services/checkout", "/policies/quick", "/people/ana", "/teams/payments" })
        {
            await page.GotoAsync(path);
            await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Edit", Exact = true })).ToHaveCountAsync(0);
            await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true })).ToHaveCountAsync(0);
        }

        await page.GotoAsync("/pay");
        await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("This page is for managers");
        await page.GotoAsync("/webhooks");
        await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToContainTextAsync("This page is for managers");
        Assert.Empty(bruno.Errors);
    }
}
