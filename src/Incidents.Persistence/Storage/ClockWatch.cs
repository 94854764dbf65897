using Incidents.Kernel;
using Incidents.Persistence.Messages;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Incidents.Persistence.Storage;

/// <summary>Measures the offset of this process's clock to PostgreSQL's, so that several processes agree on what is due.</summary>
internal sealed class ClockWatch(Database database, Clock clock, IOptions<StorageOptions> options, ILogger<ClockWatch> logger) : BackgroundService
{
    private static readonly Duration Ignored = Duration.FromMilliseconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (database.Postgres is null || !options.Value.CorrectClock)
            return;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Measure(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Log.ClockNotMeasured(logger, e);
            }
            await Task.Delay(TimeSpan.FromSeconds(30), clock.Provider, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>The best of five: half the round trip is the error, offsets within it are noise.</summary>
    private async Task Measure(CancellationToken cancellationToken)
    {
        await using var connection = await database.Postgres!.OpenConnectionAsync(cancellationToken);
        var best = (Trip: Duration.MaxValue, Offset: Duration.Zero);
        for (var i = 0; i < 5; i++)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = "select clock_timestamp()";
            var before = Instant.FromDateTimeOffset(clock.Provider.GetUtcNow());
            var there = Instant.FromDateTimeUtc(DateTime.SpecifyKind((DateTime)(await command.ExecuteScalarAsync(cancellationToken))!, DateTimeKind.Utc));
            var trip = Instant.FromDateTimeOffset(clock.Provider.GetUtcNow()) - before;
            if (trip < best.Trip)
                best = (trip, there - (before + trip / 2));
        }
        clock.Correct(best.Offset < Ignored && best.Offset > -Ignored ? Duration.Zero : best.Offset);
    }
}
