using System.Diagnostics;
using Incidents.TestKit;

namespace Incidents.Slack.Tests.Checkers;

/// <summary>Slack's own packages, in Node.</summary>
internal static class Checker
{
    private static readonly SemaphoreSlim Installing = new(1, 1);

    private static string Folder => RepositoryFolder.PathTo("tests", "Incidents.Slack.Tests", "Checkers", "checker");

    public static async Task<string> RunAsync(string script, params string[] arguments)
    {
        await Installing.WaitAsync();
        try
        {
            if (!Directory.Exists(Path.Combine(Folder, "node_modules", "@slack", "bolt")))
                await Start("npm", "ci", "--no-audit", "--no-fund", "--loglevel=error");
        }
        finally
        {
            Installing.Release();
        }
        return await Start("node", [script, .. arguments]);
    }

    private static async Task<string> Start(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program}: {await errors}");
        return await output;
    }
}
