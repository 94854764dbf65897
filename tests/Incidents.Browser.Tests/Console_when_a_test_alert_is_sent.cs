using System.Text.RegularExpressions;

namespace Incidents.Browser.Tests;

/// <summary>As a new user: sign in, send a test alert, the phone rings, press 4, the page shows it.</summary>
public partial class Console_when_a_test_alert_is_sent(Salon salon)
{
    [Theory]
    [InlineData(390)]
    [InlineData(1280)]
    public async Task shows_the_acknowledge_without_a_reload(int width)
    {
        await salon.QuietAsync();
        var (_, name) = await salon.OnCallAsync("payments");
        await using var ana = await salon.VisitAsync(width < 500 ? Screen.Phone : Screen.Desktop, login: null);

        var console = await ana.OpenAsync("/");
        await console.GetByRole(AriaRole.Button, new() { Name = "Sign in as Ana Souza" }).ClickAsync();
        var phones = await ana.OpenAsync("/simulator");
        await console.BringToFrontAsync();
        await console.GetByRole(AriaRole.Button, new() { Name = "Send a test alert" }).First.ClickAsync();
        await console.GetByRole(AriaRole.Link, new() { Name = "Test alert: does the right phone ring?" }).First.ClickAsync();
        await Assertions.Expect(console.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("does the right phone ring");
        await Assertions.Expect(console.GetByRole(AriaRole.Main)).ToContainTextAsync("Triggered");

        await phones.BringToFrontAsync();
        var phone = phones.GetByRole(AriaRole.Article, new() { Name = "Phone of " + name });
        await phone.GetByRole(AriaRole.Button, new() { Name = "Answer" }).ClickAsync();
        await Assertions.Expect(phone.GetByRole(AriaRole.List, new() { Name = "What was said" })).ToContainTextAsync(Offer());
        await phone.GetByRole(AriaRole.Button, new() { Name = "4", Exact = true }).ClickAsync();

        await console.BringToFrontAsync();
        await Assertions.Expect(console.GetByRole(AriaRole.Main)).ToContainTextAsync($"{name} has it. Paging has stopped.");
        await Assertions.Expect(console.GetByRole(AriaRole.Button, new() { Name = "Acknowledge", Exact = true })).ToHaveCountAsync(0);
        await Assertions.Expect(console.GetByRole(AriaRole.Main)).ToContainTextAsync("via phone");
        await console.GetByRole(AriaRole.Button, new() { Name = "Resolve", Exact = true }).ClickAsync();
        await console.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Resolve", Exact = true }).ClickAsync();
        await Assertions.Expect(console.GetByRole(AriaRole.Main)).ToContainTextAsync("Resolved by Ana Souza");
        Assert.Empty(ana.Errors);
    }

    /// <summary>In the language of whoever is on call today.</summary>
    [GeneratedRegex("Press 4 to acknowledge|Tecle 4 para assumir", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Offer();
}
