using System.Globalization;
using System.Text.Json;

namespace Incidents.Browser.Tests;

public class Shift_when_dragged(Salon salon)
{
    [Fact]
    public async Task is_covered_after_a_preview_and_comes_back_by_undo()
    {
        var date = TimeProvider.System.GetUtcNow().AddDays(9).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        await using var ana = await salon.VisitAsync(Screen.Desktop);
        var page = await ana.OpenAsync($"/schedules/payments?zoom=week&date={date}");
        var before = await OverridesAsync();
        var track = page.Locator("[data-editable]").First;
        await Assertions.Expect(track.GetByRole(AriaRole.Button).First).ToBeVisibleAsync();

        await track.ScrollIntoViewIfNeededAsync();
        var box = (await track.BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(box.X + box.Width * 0.45f, box.Y + box.Height / 2);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + box.Width * 0.52f, box.Y + box.Height / 2, new() { Steps = 5 });
        await page.Mouse.UpAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        var replaced = await dialog.GetByLabel("Who is replaced").InputValueAsync();
        var other = new[] { "ana", "bruno", "maarja" }.First(login => login != replaced);
        await dialog.GetByLabel("By", new() { Exact = true }).SelectOptionAsync(other);
        await Assertions.Expect(dialog.GetByRole(AriaRole.Complementary).GetByRole(AriaRole.Listitem).First).ToBeVisibleAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save override" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Override saved")).ToBeVisibleAsync();
        var saved = await OverridesAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Taken back")).ToBeVisibleAsync();

        Assert.Equal(before + 1, saved);
        Assert.Equal(before, await OverridesAsync());
        Assert.Empty(ana.Errors);
    }

    private async Task<int> OverridesAsync()
    {
        using var list = JsonDocument.Parse(await salon.Api.GetStringAsync(new Uri("/api/v1/schedules/payments/overrides", UriKind.Relative)));
        return list.RootElement.GetProperty("items").GetArrayLength();
    }
}
