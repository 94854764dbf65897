using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;

namespace Incidents.TestKit;

/// <summary>
/// The built server as a real process on a free loopback port, with settings through its environment. It can be
/// killed, stopped and started again on the same data and port.
/// </summary>
public sealed class ServerProcess : IAsyncDisposable
{
    public const string AdminToken = "test-bootstrap-token-0123456789abcdef";

    private readonly Dictionary<string, string> settings = new(StringComparer.Ordinal);
    private readonly string[] arguments;
    private readonly ConcurrentQueue<string> log = new();
    private readonly TemporaryFolder? ownFolder;
    private Process? process;

    private ServerProcess(IReadOnlyDictionary<string, string> given, string[] arguments)
    {
        this.arguments = arguments;
        Url = new Uri($"http://127.0.0.1:{FreePort.Take()}");
        settings["Urls"] = Url.ToString().TrimEnd('/');
        settings["Access:BootstrapToken"] = AdminToken;
        foreach (var (key, value) in given) settings[key] = value;
        if (given.TryGetValue("Urls", out var urls)) Url = new Uri(urls);
        if (!settings.ContainsKey("DataDirectory"))
        {
            ownFolder = new TemporaryFolder();
            settings["DataDirectory"] = ownFolder.Path;
        }

        Client = new HttpClient { BaseAddress = Url, Timeout = TimeSpan.FromSeconds(30) };
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", settings["Access:BootstrapToken"]);
    }

    public Uri Url { get; }

    public string DataDirectory => settings["DataDirectory"];

    /// <summary>Carries the bootstrap token.</summary>
    public HttpClient Client { get; }

    public int Id => process?.Id ?? throw new InvalidOperationException("Not running.");

    public bool IsRunning => process is { HasExited: false };

    /// <summary>Everything written so far to standard output and error, over all its starts.</summary>
    public IReadOnlyList<string> Log => [.. log];

    /// <summary>Starts an empty server (<c>--empty</c>) and waits for <c>/health/ready</c>.</summary>
    public static Task<ServerProcess> StartAsync(TestShape shape, IReadOnlyDictionary<string, string>? more = null)
    {
        var merged = new Dictionary<string, string>(shape.Settings, StringComparer.Ordinal);
        foreach (var (key, value) in more ?? new Dictionary<string, string>(StringComparer.Ordinal)) merged[key] = value;
        return StartAsync(merged, "--empty");
    }

    /// <param name="given">Settings by configuration key, over the defaults: a free port, a bootstrap token, a temporary data folder.</param>
    /// <param name="arguments">Command line of the server.</param>
    public static async Task<ServerProcess> StartAsync(IReadOnlyDictionary<string, string> given, params string[] arguments)
    {
        var server = new ServerProcess(given, arguments);
        try
        {
            await server.StartAgainAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it once more with the same settings; waits until it is ready.</summary>
    /// <exception cref="InvalidOperationException">It ended instead; the message carries the end of its log.</exception>
    public async Task StartAgainAsync(TimeSpan? within = null)
    {
        if (IsRunning) throw new InvalidOperationException("Still running.");
        var start = new ProcessStartInfo("dotnet", ["exec", RepositoryFolder.ServerAssembly(), .. arguments]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("INCIDENTS__", StringComparison.OrdinalIgnoreCase)).ToList()) start.Environment.Remove(name);
        foreach (var (key, value) in settings) start.Environment["INCIDENTS__" + key.Replace(":", "__", StringComparison.Ordinal)] = value;
        start.Environment["DOTNET_gcServer"] = "0";
        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await Eventually.True(async () => process.HasExited || await IsReadyAsync(), $"the server on {Url} is ready", within ?? TimeSpan.FromSeconds(60));
        if (process.HasExited) throw new InvalidOperationException($"The server ended with {process.ExitCode}:\n{string.Join('\n', Log.TakeLast(40))}");
    }

    /// <summary>200 from <c>/health/ready</c>; false while it does not listen.</summary>
    public async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await Client.GetAsync(new Uri("/health/ready", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public async Task Kill9Async()
    {
        if (process is null) return;
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, then waits for the end. Returns the exit code.</summary>
    /// <exception cref="TimeoutException">It did not end in time.</exception>
    public async Task<int> TermAsync(TimeSpan? within = null)
    {
        if (process is null) throw new InvalidOperationException("Never started.");
        using (var kill = Process.Start("kill", ["-TERM", Id.ToString(System.Globalization.CultureInfo.InvariantCulture)])) await kill.WaitForExitAsync();
        using var deadline = new CancellationTokenSource(within ?? TimeSpan.FromSeconds(40));
        try
        {
            await process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException e)
        {
            throw new TimeoutException($"Still running after SIGTERM:\n{string.Join('\n', Log.TakeLast(20))}", e);
        }

        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (IsRunning) await Kill9Async();
        process?.Dispose();
        Client.Dispose();
        ownFolder?.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        log.Enqueue(line);
        while (log.Count > 5_000) log.TryDequeue(out _);
    }
}
