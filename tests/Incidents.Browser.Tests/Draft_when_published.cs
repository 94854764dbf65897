using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Incidents.TestKit;

namespace Incidents.Browser.Tests;

public class Draft_when_published(Salon salon)
{
    private static readonly string[] Provoked = ["404", "412", "422"];

    [Fact]
    public async Task makes_a_rotation_with_a_dragged_override_of_which_the_limits_were_seen_beforehand()
    {
        await using var ana = await salon.VisitAsync(Screen.Desktop);
        var page = await ana.OpenAsync("/schedules");
        await page.GetByRole(AriaRole.Button, new() { Name = "New schedule" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Name").FillAsync("night-desk");
        await dialog.GetByLabel("Team").SelectOptionAsync("payments");
        await dialog.GetByLabel("Pool").SelectOptionAsync("A");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Begin the draft" }).ClickAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Add a layer" }).ClickAsync();
        await page.GetByLabel("Ana Souza, 1 of 3").PressAsync("ArrowDown");
        await Assertions.Expect(page.GetByLabel("Ana Souza, 2 of 3")).ToBeFocusedAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Done" }).ClickAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Next week" }).ClickAsync();
        await Assertions.Expect(page.Locator("[data-row=primary]").Filter(new() { HasText = "Ana Souza" })).ToBeVisibleAsync();
        var row = (await page.Locator("[data-editable]").BoundingBoxAsync())!;
        await DragAsync(page, row.X + row.Width * 0.30f, row.X + row.Width * 0.44f, row.Y + row.Height / 2);
        await dialog.GetByLabel("By", new() { Exact = true }).SelectOptionAsync("maarja");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Take into the draft" }).ClickAsync();
        var made = page.Locator("[data-override]");
        var before = await made.GetAttributeAsync("aria-label");
        var bar = (await made.BoundingBoxAsync())!;
        await DragAsync(page, bar.X + bar.Width / 2, bar.X + bar.Width / 2 + row.Width / 7, bar.Y + bar.Height / 2);
        await Assertions.Expect(made).Not.ToHaveAttributeAsync("aria-label", before!);
        var moved = (await made.GetAttributeAsync("aria-label"))!;
        await page.Keyboard.PressAsync("Control+z");
        await Assertions.Expect(made).ToHaveAttributeAsync("aria-label", before!);
        await page.Keyboard.PressAsync("Control+Shift+Z");
        await page.ReloadAsync();
        await Assertions.Expect(made).ToHaveAttributeAsync("aria-label", moved);

        var against = page.GetByRole(AriaRole.Region, new() { Name = "Against the live schedule" });
        await against.GetByText(new Regex("^Limits")).ClickAsync();
        await Assertions.Expect(against).ToContainTextAsync("Not qualified · Maarja Tamm");
        await KeepAsync(page, "draft-desktop");
        Assert.Empty(await Accessibility.FaultsAsync(page));
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish…" }).ClickAsync();
        await dialog.GetByLabel("Why this breach is accepted").FillAsync("they learn it this week");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Publish anyway" }).ClickAsync();
        await Assertions.Expect(page.GetByText("night-desk is published and in force")).ToBeVisibleAsync();

        var schedule = await ReadAsync("night-desk");
        var overrides = await OverridesAsync("night-desk");
        using var gone = await salon.Api.DeleteAsync(Address("night-desk"));
        Assert.Equal(["bruno", "ana", "maarja"], schedule["layers"]![0]!["slots"]!.AsArray().Select(slot => slot![0]!.GetValue<string>()));
        Assert.Equal(("ana", "maarja"), (overrides.Single().GetProperty("person").GetString(), overrides.Single().GetProperty("with").GetString()));
        Assert.True(gone.IsSuccessStatusCode);
        Assert.DoesNotContain(ana.Errors, error => !Provoked.Any(status => error.Contains(status, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task meets_the_change_of_another_editor_and_loses_neither()
    {
        var original = await ReadAsync("kitchen");
        await using var ana = await salon.VisitAsync(Screen.DarkDesktop);
        var page = await ana.OpenAsync("/schedules/kitchen?draft=1");
        await page.GetByRole(AriaRole.Button, new() { Name = "Edit layer daily" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Move Tiina Saar earlier" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "1 change" })).ToBeVisibleAsync();

        var theirs = original.DeepClone();
        theirs["layers"]![0]!["turn"] = "2d";
        await WriteAsync(theirs);
        var publish = page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Publish", Exact = true });
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish…" }).ClickAsync();
        await publish.ClickAsync();
        var conflict = page.GetByRole(AriaRole.Alert, new() { Name = "The live schedule has changed while your draft was open" });
        await Assertions.Expect(conflict).ToContainTextAsync("daily › turn");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Publish…" })).ToBeDisabledAsync();
        Assert.Empty(await Accessibility.FaultsAsync(page));
        await KeepAsync(page, "draft-conflict-dark");
        await conflict.GetByRole(AriaRole.Button, new() { Name = "Put my draft on top" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Your draft now stands on the present schedule.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish…" }).ClickAsync();
        await publish.ClickAsync();
        await Assertions.Expect(page.GetByText("kitchen is published and in force")).ToBeVisibleAsync();

        var both = await FirstTurnAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Taken back")).ToBeVisibleAsync();
        var theirsAlone = await FirstTurnAsync();
        await WriteAsync(original);
        Assert.Equal(("2d", "tiina"), both);
        Assert.Equal(("2d", "juri"), theirsAlone);
        Assert.DoesNotContain(ana.Errors, error => !Provoked.Any(status => error.Contains(status, StringComparison.Ordinal)));
    }

    private async Task<(string Turn, string First)> FirstTurnAsync()
    {
        var layer = (await ReadAsync("kitchen"))["layers"]![0]!;
        return (layer["turn"]!.GetValue<string>(), layer["slots"]![0]![0]!.GetValue<string>());
    }

    private static async Task DragAsync(IPage page, float from, float to, float y)
    {
        await page.Mouse.MoveAsync(from, y);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(to, y, new() { Steps = 6 });
        await page.Mouse.UpAsync();
    }

    /// <summary>With the other pictures of docs/screenshots, where they are asked for.</summary>
    private static async Task KeepAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("INCIDENTS_SCREENSHOTS") is { } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(RepositoryFolder.Root, folder, name + ".png"), Animations = ScreenshotAnimations.Disabled });
    }

    private static Uri Address(string schedule, string more = "") => new(string.Create(CultureInfo.InvariantCulture, $"/api/v1/schedules/{schedule}{more}"), UriKind.Relative);

    private async Task<JsonNode> ReadAsync(string schedule) => (await salon.Api.GetFromJsonAsync<JsonNode>(Address(schedule, "?form=document")))!;

    private async Task<JsonElement[]> OverridesAsync(string schedule)
    {
        using var list = JsonDocument.Parse(await salon.Api.GetStringAsync(Address(schedule, "/overrides")));
        return [.. list.RootElement.GetProperty("items").EnumerateArray().Select(item => item.Clone())];
    }

    private async Task WriteAsync(JsonNode schedule)
    {
        using var answer = await salon.Api.PutAsJsonAsync(Address("kitchen"), schedule, JsonSerializerOptions.Web);
        answer.EnsureSuccessStatusCode();
    }
}
