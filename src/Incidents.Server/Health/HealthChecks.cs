using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Persistence.Bus;
using Incidents.Persistence.Messages;
using Incidents.Persistence.Storage;
using Incidents.Server.Composition;
using NodaTime;

namespace Incidents.Server.Health;

internal sealed record HealthCheck([property: Words("database", "bus", "sweeper", "paging")] string Name, [property: Words("ok", "degraded", "down")] string Status, string? Detail);

internal sealed record HealthReport([property: Words("ok", "degraded", "down")] string Status, IReadOnlyList<HealthCheck> Checks);

/// <summary>
/// What is up and what is down. <c>ok</c>; <c>degraded</c>: it does its work, something is worth a look (broker down); <c>down</c>: it cannot (database down).
/// </summary>
internal sealed class HealthChecks(Database database, IBusLink bus, Sweeper sweeper, Clock clock, ServerOptions server, IVendorHealth vendors)
{
    private static readonly Duration SweepLimit = Duration.FromSeconds(10);

    public async Task<HealthReport> Look(CancellationToken cancellationToken)
    {
        List<HealthCheck> checks = [await Database(cancellationToken), Bus(), Sweep(), Paging()];
        var status = checks.Any(c => c.Status == "down") ? "down" : checks.Any(c => c.Status == "degraded") ? "degraded" : "ok";
        return new HealthReport(status, checks);
    }

    private async Task<HealthCheck> Database(CancellationToken cancellationToken)
    {
        try
        {
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            timeout.CancelAfter(TimeSpan.FromSeconds(2));
            await using var connection = await database.Open(timeout.Token);
            await using var command = connection.CreateCommand();
            command.CommandText = "select 1";
            await command.ExecuteScalarAsync(timeout.Token);
            return new HealthCheck("database", "ok", database.Provider.ToString());
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            return new HealthCheck("database", "down", e.Message);
        }
    }

    private HealthCheck Bus() => bus.IsHealthy
        ? new HealthCheck("bus", "ok", server.Bus.Transport.ToString())
        : new HealthCheck("bus", "degraded", $"{server.Bus.Transport} is not connected or takes nothing; due messages are consumed in this process.");

    private HealthCheck Sweep()
    {
        if (sweeper.LastGoodSweep == Instant.MinValue)
            return new HealthCheck("sweeper", "down", "It has not swept yet.");
        var age = clock.Now - sweeper.LastGoodSweep;
        return age < SweepLimit
            ? new HealthCheck("sweeper", "ok", null)
            : new HealthCheck("sweeper", "down", $"The last good sweep is {age.TotalSeconds:0} s old: timers may be late.");
    }

    private HealthCheck Paging()
    {
        if (vendors.Troubles() is { Count: > 0 } troubles)
            return new HealthCheck("paging", "degraded", string.Join(' ', troubles));
        if (server.Simulator)
            return new HealthCheck("paging", "ok", "Simulated phones.");
        return vendors.Configured() is { Count: > 0 } configured
            ? new HealthCheck("paging", "ok", string.Join(", ", configured) + ".")
            : new HealthCheck("paging", "degraded", "No vendor is configured (Paging:Twilio): nobody can be called.");
    }
}
