using Incidents.Kernel;
using Incidents.Server.Composition;

namespace Incidents.Server.Health;

/// <summary>Who watches the watcher: pings <c>Watch:HeartbeatUrl</c> every 30 s, only while sweep, database and paging are healthy. Silence there means trouble here.</summary>
internal sealed class Heartbeat(HealthChecks checks, ServerOptions server, Clock clock, IHttpClientFactory clients, ILogger<Heartbeat> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (server.HeartbeatUrl is not { } url)
            return;
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(30), clock.Provider);
        do
        {
            try
            {
                var report = await checks.Look(stoppingToken);
                if (report.Checks.Any(c => c.Status != "ok" && c.Name is "database" or "sweeper" or "paging" && c.Status != "ok"))
                {
                    Log.HeartbeatNotSent(logger, string.Join("; ", report.Checks.Where(c => c.Status != "ok").Select(c => $"{c.Name} is {c.Status}")));
                    continue;
                }
                using var client = clients.CreateClient("heartbeat");
                client.Timeout = TimeSpan.FromSeconds(10);
                using var answer = await client.PostAsync(url, content: null, stoppingToken);
                if (!answer.IsSuccessStatusCode)
                    Log.HeartbeatNotSent(logger, $"it was answered {(int)answer.StatusCode}");
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Log.HeartbeatNotSent(logger, e.Message);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
        while (await Tick(timer, stoppingToken));
    }

    private static async Task<bool> Tick(PeriodicTimer timer, CancellationToken stoppingToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
