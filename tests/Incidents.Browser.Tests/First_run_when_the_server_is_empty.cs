using System.Net.Http.Json;
using System.Text.Json;
using Incidents.TestKit;

namespace Incidents.Browser.Tests;

/// <summary>As whoever installed it: paste the key that the server printed, click through, answer the phone.</summary>
public class First_run_when_the_server_is_empty(Salon salon)
{
    [Fact]
    public async Task leads_to_the_first_ring_and_demo_data_comes_and_goes_beside_it()
    {
        await using var server = await salon.StartServerAsync("--empty");
        await using var visitor = await salon.VisitAsync(Screen.Desktop, login: null, server);

        var page = await SignInAsync(visitor);
        await MakeAnAccountAsync(page);
        await MakeServiceAndScheduleAsync(page);
        await RingAsync(page);
        await LoadAndRemoveDemoDataAsync(page, server);

        // The number that is none was refused, which the browser reports too.
        Assert.DoesNotContain(visitor.Errors, error => !error.Contains("422", StringComparison.Ordinal));
    }

    private static async Task<IPage> SignInAsync(Visitor visitor)
    {
        var page = await visitor.OpenAsync("/");
        await page.GetByLabel("API key").FillAsync(ServerProcess.AdminToken);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with the key" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "You", Exact = true })).ToBeVisibleAsync();
        return page;
    }

    private static async Task MakeAnAccountAsync(IPage page)
    {
        // The browser's own zone, without being asked for.
        await Assertions.Expect(page.GetByLabel("Time zone")).ToHaveValueAsync("America/Sao_Paulo");
        await page.GetByLabel("Your name").FillAsync("Eva Õun");
        await page.GetByLabel("Your phone").FillAsync("12");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make my account" }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("Your phone")).ToHaveAttributeAsync("aria-invalid", "true");
        Assert.Empty(await Accessibility.FaultsAsync(page));
        await page.GetByLabel("Your phone").FillAsync("+372 5555 0001");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make my account" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue as Eva Õun" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Account of Eva Õun" })).ToBeVisibleAsync();
    }

    private static async Task MakeServiceAndScheduleAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the service" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Put me on call" })).ToBeVisibleAsync();
        // Left and come back: nothing is lost.
        await page.GetByRole(AriaRole.Button, new() { Name = "Set up later" }).ClickAsync();
        await page.GetByRole(AriaRole.Complementary, new() { Name = "Incidents is not set up yet" }).GetByRole(AriaRole.Link, new() { Name = "Go on" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Back" }).ClickAsync();
        await Assertions.Expect(page.GetByText("website has a team, a pool and a policy.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Put me on call" }).ClickAsync();
    }

    private static async Task RingAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the integration" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Waiting for the first alert" })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("pre").First).ToContainTextAsync("webhook_configs");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send one now" }).ClickAsync();
        var phone = page.GetByRole(AriaRole.Region, new() { Name = "Phone of Eva Õun" });
        await phone.GetByRole(AriaRole.Button, new() { Name = "Answer" }).ClickAsync();
        await Assertions.Expect(phone.GetByRole(AriaRole.List, new() { Name = "What was said" })).ToContainTextAsync("Press 4 to acknowledge");
        Assert.Empty(await Accessibility.FaultsAsync(page));
        await phone.GetByRole(AriaRole.Button, new() { Name = "4", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText("Eva Õun has it")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Resolve it and finish" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "All quiet" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Complementary, new() { Name = "Incidents is not set up yet" })).ToHaveCountAsync(0);
    }

    private static async Task LoadAndRemoveDemoDataAsync(IPage page, ServerProcess server)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "System" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Load demo data…" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog).ToContainTextAsync("things are added");
        Assert.Empty(await Accessibility.FaultsAsync(page));
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Load it" }).ClickAsync();
        await Assertions.Expect(page.GetByText("The demo organisation is there")).ToBeVisibleAsync();
        Assert.Contains("checkout", await NamesAsync(server, "services", "name"));

        await page.GetByRole(AriaRole.Button, new() { Name = "Remove demo data…" }).ClickAsync();
        await Assertions.Expect(dialog).ToContainTextAsync("things are removed");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Remove it" }).ClickAsync();
        await Assertions.Expect(page.GetByText("The demo data is gone")).ToBeVisibleAsync();
        Assert.Equal(["website"], await NamesAsync(server, "services", "name"));
        Assert.Equal(["eva-oun"], await NamesAsync(server, "people", "login"));
    }

    private static async Task<IEnumerable<string>> NamesAsync(ServerProcess server, string list, string key)
        => [.. (await server.Client.GetFromJsonAsync<JsonElement>(new Uri("/api/v1/" + list, UriKind.Relative))).GetProperty("items").EnumerateArray().Select(item => item.GetProperty(key).GetString()!)];
}
