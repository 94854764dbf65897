using Incidents.Kernel;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Incidents.Configuration.Storage;

/// <summary>Loads the organisation before anything else starts, then looks at its version so often that a change holds everywhere within a second.</summary>
internal sealed class OrganisationWatch(OrganisationCache cache, Clock clock, ILogger<OrganisationWatch> logger) : BackgroundService
{
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(400);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await Look(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock.Provider);
        while (await Tick(timer, stoppingToken))
            await Look(stoppingToken);
    }

    private static async Task<bool> Tick(PeriodicTimer timer, CancellationToken stoppingToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private bool failing;

    /// <summary>With the database away the process goes on with what it knows.</summary>
    private async Task Look(CancellationToken cancellationToken)
    {
        try
        {
            await cache.Fresh(cancellationToken);
            if (failing)
                Log.RefreshedAgain(logger);
            failing = false;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            if (!failing)
                Log.NotRefreshed(logger, e);
            failing = true;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return;
        }
    }
}
