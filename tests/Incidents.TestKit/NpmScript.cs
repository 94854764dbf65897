using System.Diagnostics;

namespace Incidents.TestKit;

/// <summary>Runs a script of a test project with the npm packages of its folder, which are installed when they are not there yet.</summary>
public static class NpmScript
{
    /// <summary>What <paramref name="script"/> in <paramref name="folder"/> prints when it is given <paramref name="input"/> as a file.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message is what it wrote to standard error.</exception>
    public static async Task<string> RunAsync(string folder, string script, string input, CancellationToken cancel = default)
    {
        await InstallAsync(folder, cancel);
        using var temporary = new TemporaryFolder();
        await File.WriteAllTextAsync(temporary.PathTo("input"), input, cancel);
        return await Run(folder, "node", cancel, script, temporary.PathTo("input"));
    }

    /// <summary>One process at a time installs: two test projects may use one folder.</summary>
    public static async Task InstallAsync(string folder, CancellationToken cancel)
    {
        var done = Path.Combine(folder, "node_modules", ".complete");
        if (File.Exists(done)) return;
        await using var turn = await Eventually.Get(() => Task.FromResult<FileStream?>(new FileStream(Path.Combine(folder, ".npm-turn"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose)), "the other installation ends", TimeSpan.FromMinutes(3), cancel);
        if (File.Exists(done)) return;
        await Run(folder, "npm", cancel, "ci", "--no-audit", "--no-fund", "--loglevel=error");
        await File.WriteAllTextAsync(done, "", cancel);
    }

    private static async Task<string> Run(string folder, string program, CancellationToken cancel, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(cancel), process.StandardError.ReadToEndAsync(cancel));
        await process.WaitForExitAsync(cancel);
        return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {await errors}");
    }
}
