using System.Diagnostics;
using System.Text.Json;
using Incidents.TestKit;

namespace Incidents.Browser.Tests;

/// <summary>What axe-core finds on a page. It is fetched with npm once, as locked beside these tests.</summary>
public static class Accessibility
{
    private static string? source;

    /// <summary>Serious and critical violations, each with its rule and the places; empty: none.</summary>
    public static async Task<IReadOnlyList<string>> FaultsAsync(IPage page)
    {
        // Evaluated, not added as a script: the page's security policy allows no foreign script.
        await page.EvaluateAsync(source ??= await SourceAsync());
        var found = await page.EvaluateAsync<JsonElement>("""
            () => axe.run(document, { resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }).then(({ violations }) => violations
              .filter((one) => one.impact === 'serious' || one.impact === 'critical')
              .map((one) => `${one.id} (${one.impact}): ${one.nodes.slice(0, 4).map((node) => node.target.join(' ') + ' ' + (node.any[0]?.message ?? node.all[0]?.message ?? '')).join(' | ')}`))
            """);
        return [.. found.EnumerateArray().Select(one => $"{new Uri(page.Url).PathAndQuery}: {one.GetString()}")];
    }

    private static async Task<string> SourceAsync()
    {
        var folder = RepositoryFolder.PathTo("tests", "Incidents.Browser.Tests", "axe");
        var file = Path.Combine(folder, "node_modules", "axe-core", "axe.min.js");
        if (!File.Exists(file))
        {
            using var npm = Process.Start(new ProcessStartInfo("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"]) { UseShellExecute = false, WorkingDirectory = folder, RedirectStandardError = true })!;
            var errors = await npm.StandardError.ReadToEndAsync();
            await npm.WaitForExitAsync();
            Assert.True(npm.ExitCode == 0, errors);
        }

        return await File.ReadAllTextAsync(file);
    }
}
