using System.Text.Json;
using System.Text.RegularExpressions;
using Incidents.TestKit;

namespace Incidents.Browser.Tests;

/// <summary>Tiina, a responder, on her phone: a contact more, proven by its code, put into her rules by keyboard, and tested.</summary>
public class Own_contacts_when_changed(Salon salon)
{
    private const string Mobile = "+3725000006";

    [Fact]
    public async Task are_proven_put_in_order_and_tested_without_a_manager()
    {
        await salon.QuietAsync();
        await using var tiina = await salon.VisitAsync(Screen.Phone, "tiina");
        var page = await tiina.OpenAsync("/me");
        var contacts = page.GetByRole(AriaRole.Region, new() { Name = "My contacts" });
        var rules = page.GetByRole(AriaRole.Region, new() { Name = "How I am paged" });

        await contacts.GetByRole(AriaRole.Button, new() { Name = "Change" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Add a contact" }).ClickAsync();
        await dialog.GetByLabel("Number or address of contact 3").FillAsync("tiina");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(dialog.GetByText("must be an e-mail address")).ToBeVisibleAsync();
        await dialog.GetByLabel("Number or address of contact 3").FillAsync("tiina@example.com");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(contacts).ToContainTextAsync("tiina@example.com");

        await contacts.GetByRole(AriaRole.Button, new() { Name = "Verify text" }).ClickAsync();
        await contacts.GetByRole(AriaRole.Button, new() { Name = "Text me a code" }).ClickAsync();
        await contacts.GetByLabel("Code, six digits, text").FillAsync(await CodeAsync());
        await contacts.GetByRole(AriaRole.Button, new() { Name = "Verify", Exact = true }).Last.ClickAsync();
        await Assertions.Expect(contacts.GetByText("verified", new() { Exact = true })).ToHaveCountAsync(1);

        await rules.GetByRole(AriaRole.Button, new() { Name = "Change" }).ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Add a step" }).ClickAsync();
        await dialog.GetByLabel("Contact of step 2, Urgent").SelectOptionAsync("text");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Move step 2 of 2" }).PressAsync("ArrowUp");
        await Assertions.Expect(dialog).ToContainTextAsync($"At once: SMS to {Mobile}; after 1 min: call {Mobile}; until a person has it.");
        await dialog.GetByLabel("Quiet hours: pages that are not urgent wait").CheckAsync();
        Assert.Empty(await Accessibility.FaultsAsync(page));
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(rules).ToContainTextAsync("Quiet from 22:00 until 07:00, every day");
        await Assertions.Expect(rules).ToContainTextAsync($"At once: SMS to {Mobile}; after 1 min: call {Mobile}");

        await contacts.GetByRole(AriaRole.Button, new() { Name = "Test text" }).ClickAsync();
        await Assertions.Expect(dialog).ToContainTextAsync("arrived");
        await Assertions.Expect(dialog).ToContainTextAsync("The test is over.");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Close" }).Last.ClickAsync();

        var line = page.GetByRole(AriaRole.Region, new() { Name = "Call-in line" });
        await Assertions.Expect(line).ToContainTextAsync("No PIN yet");
        await line.GetByLabel("New PIN, 4 to 8 digits").FillAsync("271828");
        await line.GetByRole(AriaRole.Button, new() { Name = "Set the PIN" }).ClickAsync();
        await Assertions.Expect(line).ToContainTextAsync("A PIN is set since");
        // The one answer that is a refusal on purpose: the address without an @.
        Assert.All(tiina.Errors, e => Assert.Contains("422", e, StringComparison.Ordinal));
    }

    private async Task<string> CodeAsync()
    {
        try
        {
            return await Eventually.Get(async () =>
            {
                using var texts = JsonDocument.Parse(await salon.Api.GetStringAsync(new Uri("/simulator/api/messages?to=" + Uri.EscapeDataString(Mobile), UriKind.Relative)));
                return texts.RootElement.GetProperty("items").EnumerateArray().Select(m => Regex.Match(m.GetProperty("body").GetString()!, @"^\D*(?<code>\d{6}) is the code", RegexOptions.Singleline | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))).Where(m => m.Success).Select(m => m.Groups["code"].Value).LastOrDefault();
            }, "the text with the code");
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{e.Message} Her notices: {await salon.Api.GetStringAsync(new Uri("/api/v1/notices?person=tiina", UriKind.Relative))}", e);
        }
    }
}
