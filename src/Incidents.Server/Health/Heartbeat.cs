using Incidents.Kernel;
using Incidents.Server.Composition;

namespace Incidents.Server.Health;

/// <summary>Who watches the watcher: pings <c>Watch:HeartbeatUrl</c> every 30 s, only while sweep, database and paging are healthy. Silence there means trouble here.</summary>
internal sealed class Heartbeat(HealthChecks checks, ServerOptions server, Clock clock, IHttpClientFactory clients, ILogger<Heartbeat> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (server.HeartbeatUrl is not { } url)
            return;
        while (!stoppingToken.IsCancellationRequested)
        {
            var pinged = await Ping(url, stoppingToken);
            await Task.Delay(pinged ? Interval : Again, clock.Provider, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>What keeps the heartbeat back; empty: it is sent. The broker does not: without it everybody is paged all the same.</summary>
    public static string Holding(HealthReport report)
        => string.Join("; ", report.Checks.Where(c => (c.Name is "database" or "sweeper" or "paging") && c.Status != "ok").Select(c => $"{c.Name} is {c.Status}"));

    private async Task<bool> Ping(string url, CancellationToken stoppingToken)
    {
        try
        {
            var holding = Holding(await checks.Look(stoppingToken));
            if (holding.Length == 0)
            {
                using var client = clients.CreateClient("heartbeat");
                client.Timeout = TimeSpan.FromSeconds(10);
                using var answer = await client.PostAsync(url, content: null, stoppingToken);
                if (answer.IsSuccessStatusCode)
                    return true;
                holding = $"it was answered {(int)answer.StatusCode}";
            }
            Log.HeartbeatNotSent(logger, holding);
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            Log.HeartbeatNotSent(logger, e.Message);
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
        return false;
    }
}
