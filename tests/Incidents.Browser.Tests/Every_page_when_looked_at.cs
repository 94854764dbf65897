using System.Globalization;
using System.Net.Http.Json;
using Incidents.TestKit;

namespace Incidents.Browser.Tests;

/// <summary>
/// Opens every page (with <c>INCIDENTS_SCREENSHOTS</c> at every size) with a night's worth of incidents: nothing is too wide, nothing complains. With
/// <c>INCIDENTS_SCREENSHOTS=folder</c> the pictures are kept: that is how docs/screenshots is made.
/// </summary>
public class Every_page_when_looked_at(Salon salon)
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("INCIDENTS_SCREENSHOTS");

    [Fact]
    public async Task fits_its_screen_and_reports_no_error()
    {
        await salon.QuietAsync();
        var night = await NightAsync();
        // Side by side: a page waits more for the browser than for the processor.
        var errors = (await Task.WhenAll(new[] { Screen.Desktop, Screen.Phone, Screen.DarkDesktop }.Select(screen => ErrorsAsync(screen, night)))).SelectMany(e => e).ToList();

        // Colour gradients make heavy pictures: these are taken smaller.
        foreach (var screen in new[] { Screen.Desktop with { Scale = 0.6f }, Screen.Phone with { Scale = 0.9f } })
        {
            await using var phones = await salon.VisitAsync(screen);
            await LookAsync(phones, screen, "phones", "/simulator", "Answer");
            errors.AddRange(phones.Errors);
        }

        foreach (var screen in new[] { Screen.Phone, Screen.DarkPhone })
        {
            await using var stranger = await salon.VisitAsync(screen with { JavaScript = false }, login: null);
            await LookAsync(stranger, screen, "link", night.Link, "Who has it");
            if (!screen.Dark) await LookAsync(stranger, screen, "signin", "/signin", "Sign in");
            errors.AddRange(stranger.Errors);
        }

        await using (var desktop = await salon.VisitAsync(Screen.Desktop, login: null)) await LookAsync(desktop, Screen.Desktop, "signin", "/signin", "Sign in");
        Assert.Empty(errors);
    }

    /// <summary>What the pages of one screen complained of.</summary>
    private async Task<IReadOnlyList<string>> ErrorsAsync(Screen screen, Night night)
    {
        await using var ana = await salon.VisitAsync(screen);
        if (Folder is null && screen != Screen.Desktop)
        {
            // Each page once, and the frame at the other sizes: all of them in all sizes is the long form.
            await LookAsync(ana, screen, "incidents", "/", "Payments fail for Mastercard");
            await LookAsync(ana, screen, "incident", $"/incidents/{night.Open}", "Timeline");
            await LookAsync(ana, screen, "schedule", "/schedules/payments", "Fairness");
            if (!screen.Dark) await LookAsync(ana, screen, "policy", "/policies/default?service=checkout", "Last resort");
            if (!screen.Dark) await LookAsync(ana, screen, "me", "/me", "How I am paged");
            return ana.Errors;
        }
        await LookAsync(ana, screen, "incidents", "/", "Payments fail for Mastercard");
        await LookAsync(ana, screen, "incident", $"/incidents/{night.Open}", "Timeline");
        await LookAsync(ana, screen, "oncall", "/oncall", "Primary");
        var month = TimeProvider.System.GetUtcNow().AddMonths(-1).ToString("yyyy-MM", CultureInfo.InvariantCulture);
        await LookAsync(ana, screen, "services", "/services", "Dependencies");
        await LookAsync(ana, screen, "service", "/services/checkout", "Last resort");
        await LookAsync(ana, screen, "policy", "/policies/default?service=checkout", "Last resort");
        await LookAsync(ana, screen, "person", "/people/ana", "How Ana Souza is paged");
        await LookAsync(ana, screen, "pay", $"/pay?period={month}", "Maarja Tamm");
        if (!screen.Dark) await LookAsync(ana, screen, "policies", "/policies", "In the end");
        if (!screen.Dark) await LookAsync(ana, screen, "people", "/people", "Primary of kitchen");
        if (!screen.Dark) await LookAsync(ana, screen, "teams", "/teams", "support");
        if (!screen.Dark) await LookAsync(ana, screen, "team", "/teams/payments", "Members");
        if (!screen.Dark) await LookAsync(ana, screen, "audit", "/audit", "changes at once");
        if (!screen.Dark) await LookAsync(ana, screen, "rules", "/rules", "Otherwise");
        if (!screen.Dark) await LookAsync(ana, screen, "account", "/account", "Passkeys");
        if (!screen.Dark) await LookAsync(ana, screen, "schedules", "/schedules", "kitchen");
        if (!screen.Dark) await LookAsync(ana, screen, "me", "/me", "How I am paged");
        await LookAsync(ana, screen, "schedule", "/schedules/payments", "Fairness");
        if (screen == Screen.Phone) await LookAsync(ana, screen, "draft", "/schedules/payments?draft=1", "Against the live schedule");
        if (!screen.Dark) await LookAsync(ana, screen, "acknowledged", $"/incidents/{night.Taken}", "has it. Paging has stopped.");
        if (!screen.Dark) await LookAsync(ana, screen, "integrations", "/integrations", "Alertmanager");
        if (!screen.Dark) await LookAsync(ana, screen, "webhooks", "/webhooks", "New webhook");
        if (!screen.Dark) await LookAsync(ana, screen, "system", "/system", "Everything works");
        return ana.Errors;
    }

    [Fact]
    public async Task follows_the_colours_of_the_system()
    {
        await using var light = await salon.VisitAsync(Screen.Desktop);
        await using var dark = await salon.VisitAsync(Screen.DarkDesktop);

        Assert.True(await BrightnessAsync(await light.OpenAsync("/oncall")) > 200);
        Assert.True(await BrightnessAsync(await dark.OpenAsync("/oncall")) < 60);
    }

    private sealed record Night(long Open, long Taken, string Link);

    /// <summary>What a night looks like: one that rings, one that somebody has, one asleep, one over, and a number that cannot be reached.</summary>
    private async Task<Night> NightAsync()
    {
        using (var faults = await salon.Api.PostAsJsonAsync("/simulator/api/faults", new { rejectNumbers = new[] { "+3725000006" } })) faults.EnsureSuccessStatusCode();
        var over = await salon.AlertAsync("Replica lag of ledger-db is above 30 s", "ledger", "error");
        await salon.ActAsync(over, "acknowledge", new { @as = "bruno" });
        await salon.ActAsync(over, "resolve", new { @as = "bruno", note = "Vacuum had stopped." });
        var taken = await salon.AlertAsync("Checkout answers 5 % of requests with 502", "checkout");
        await salon.ActAsync(taken, "acknowledge", new { @as = "maarja" });
        await salon.ActAsync(taken, "notes", new { @as = "maarja", note = "Rolled back to 2026.11.20; the error rate falls." });
        var asleep = await salon.AlertAsync("Certificate of orders.example.com expires in 6 days", "order-board", "warning");
        await salon.ActAsync(asleep, "snooze", new { @as = "juri", until = TimeProvider.System.GetUtcNow().AddHours(7) });
        await salon.AlertAsync("No orders on the board for 10 minutes", "order-board");
        var canary = await salon.AlertAsync("Synthetic purchase fails in three regions", "canary");
        var link = await salon.LinkAsync("+5511900000002", canary);
        var open = await salon.AlertAsync("Payments fail for Mastercard", "ledger");
        return new Night(open, taken, link);
    }

    private static async Task LookAsync(Visitor visitor, Screen screen, string name, string path, string expected)
    {
        var page = await visitor.OpenAsync(path);
        await Assertions.Expect(page.Locator("body")).ToContainTextAsync(expected);
        await Assertions.Expect(page.Locator("[aria-busy=true]")).ToHaveCountAsync(0);
        if (screen.JavaScript)
        {
            await page.EvaluateAsync("document.fonts.ready");
            Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= screen.Width, $"{path} is too wide for {screen.Name}.");
        }

        // In both colour schemes; what a phone shows is the same with less room.
        if (screen is { JavaScript: true, Width: > 500 } && path != "/simulator") Assert.Empty(await Accessibility.FaultsAsync(page));
        if (Folder is not null)
        {
            var picture = await page.ScreenshotAsync(new() { Animations = ScreenshotAnimations.Disabled });
            await File.WriteAllBytesAsync(Path.Combine(Directory.CreateDirectory(Path.Combine(RepositoryFolder.Root, Folder)).FullName, $"{name}-{screen.Name}.png"), picture);
        }

        await page.CloseAsync();
    }

    private static async Task<int> BrightnessAsync(IPage page)
    {
        await Assertions.Expect(page.Locator("body")).ToContainTextAsync("Primary");
        return await page.EvaluateAsync<int>("Math.max(...getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).map(Number))");
    }
}
