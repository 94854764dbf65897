namespace Incidents.Browser.Tests;

public class Link_page_without_JavaScript(Salon salon)
{
    [Fact]
    public async Task acknowledges_from_a_phone()
    {
        await salon.QuietAsync();
        var number = await salon.AlertAsync("Behind the link", "canary");
        // Bruno has no language of his own, so his page is English.
        var link = await salon.LinkAsync("+5511900000002", number);
        await using var phone = await salon.VisitAsync(Screen.Phone with { JavaScript = false }, login: null);

        var page = await phone.OpenAsync(link);
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Behind the link");
        await page.GetByRole(AriaRole.Button, new() { Name = "Acknowledge" }).ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync($"Acknowledged. Incident {number} is yours.");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Acknowledge" })).ToHaveCountAsync(0);
        // A link does one thing: the one in a text acknowledges.
        await Assertions.Expect(page.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
    }
}
