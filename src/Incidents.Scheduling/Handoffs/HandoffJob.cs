using Microsoft.Extensions.Logging;
using Quartz;

namespace Incidents.Scheduling.Handoffs;

/// <summary>Every ten seconds in each process with the role scheduling; what one has told the others find told.</summary>
[DisallowConcurrentExecution]
internal sealed class HandoffJob(HandoffDesk desk, ILogger<HandoffJob> logger) : IJob
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var count = await desk.Look(cancellationToken);
            if (count > 0)
                Log.HandedOff(logger, count);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            Log.HandoffsFailed(logger, e);
        }
    }
}
