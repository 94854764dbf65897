using System.Collections.Concurrent;
using System.Diagnostics;

namespace Incidents.TestKit;

/// <summary>Somebody else's server (Prometheus, Alertmanager, ...) for the length of a test; killed on disposal.</summary>
public sealed class Daemon : IAsyncDisposable
{
    private readonly Process process;
    private readonly ConcurrentQueue<string> log = new();

    private Daemon(string program, IEnumerable<string> arguments)
    {
        process = new Process { StartInfo = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true } };
        process.OutputDataReceived += (_, line) => log.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => log.Enqueue(line.Data ?? "");
    }

    public string Log => string.Join('\n', log.TakeLast(40));

    /// <summary>Starts it and waits until <paramref name="ready"/> answers 2xx.</summary>
    /// <exception cref="InvalidOperationException">It ended instead; the message carries its log.</exception>
    public static async Task<Daemon> StartAsync(string program, IEnumerable<string> arguments, Uri ready)
    {
        var daemon = new Daemon(program, arguments);
        daemon.process.Start();
        daemon.process.BeginOutputReadLine();
        daemon.process.BeginErrorReadLine();
        using var client = new HttpClient();
        try
        {
            await Eventually.True(async () => daemon.process.HasExited || await AnswersAsync(client, ready), $"{program} answers at {ready}", TimeSpan.FromSeconds(30));
            if (daemon.process.HasExited) throw new InvalidOperationException($"{program} ended with {daemon.process.ExitCode}:\n{daemon.Log}");
            return daemon;
        }
        catch
        {
            await daemon.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    private static async Task<bool> AnswersAsync(HttpClient client, Uri ready)
    {
        using var answer = await client.GetAsync(ready);
        return answer.IsSuccessStatusCode;
    }
}
