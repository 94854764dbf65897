using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Incidents.Browser.Tests;

public class Policy_when_edited(Salon salon)
{
    private static readonly Uri Quick = new("/api/v1/policies/quick?form=document", UriKind.Relative);

    [Fact]
    public async Task tells_faults_beforehand_and_settles_a_conflict_without_losing_either_change()
    {
        var original = await ReadAsync();
        await using var ana = await salon.VisitAsync(Screen.Desktop);
        var page = await ana.OpenAsync("/policies/quick");
        await page.GetByRole(AriaRole.Button, new() { Name = "Edit", Exact = true }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        var save = dialog.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true });
        await Assertions.Expect(save).ToBeDisabledAsync();

        var waits = dialog.GetByLabel("Waits").First;
        await waits.FillAsync("soon");
        await Assertions.Expect(dialog.GetByText("must be 'pool' or a duration")).ToBeVisibleAsync();
        await Assertions.Expect(save).ToBeDisabledAsync();
        await waits.FillAsync(original["levels"]![0]!["timeout"]!.GetValue<string>());
        await dialog.GetByLabel("Passes more").FillAsync("3");
        await Assertions.Expect(dialog).ToContainTextAsync("The server accepts this.");
        await Assertions.Expect(dialog).ToContainTextAsync("3 times more from level 1");
        Assert.Empty(await Accessibility.FaultsAsync(page));

        var theirs = original.DeepClone();
        theirs["lastResort"]!["every"] = "9m";
        await WriteAsync(theirs);
        await save.ClickAsync();
        await Assertions.Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("changed this while you were at it");
        await Assertions.Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("lastResort › every");
        Assert.Equal(0, (await ReadAsync())["repeat"]!.GetValue<int>());
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Keep mine on top of it" }).ClickAsync();
        await save.ClickAsync();
        await Assertions.Expect(page.GetByText("quick is saved and in force")).ToBeVisibleAsync();
        var both = await ReadAsync();
        Assert.Equal((3, "9m"), (both["repeat"]!.GetValue<int>(), both["lastResort"]!["every"]!.GetValue<string>()));

        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Taken back")).ToBeVisibleAsync();
        Assert.Equal(0, (await ReadAsync())["repeat"]!.GetValue<int>());
        await WriteAsync(original);

        // Browsers report every refusal; these two were provoked.
        Assert.DoesNotContain(ana.Errors, error => !error.Contains("412", StringComparison.Ordinal) && !error.Contains("422", StringComparison.Ordinal));
    }

    private async Task<JsonNode> ReadAsync() => (await salon.Api.GetFromJsonAsync<JsonNode>(Quick))!;

    private async Task WriteAsync(JsonNode policy)
    {
        using var answer = await salon.Api.PutAsJsonAsync(new Uri("/api/v1/policies/quick", UriKind.Relative), policy, JsonSerializerOptions.Web);
        answer.EnsureSuccessStatusCode();
    }
}
