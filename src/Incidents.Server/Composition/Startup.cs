using Incidents.Access;
using Incidents.Configuration;
using Incidents.Paging;
using Incidents.Persistence.Storage;
using Incidents.Server.Health;
using Microsoft.Extensions.Options;

namespace Incidents.Server.Composition;

/// <summary>From built to ready: schema, demo data, listening, and the lines that <c>./run</c> shows.</summary>
internal static class Startup
{
    public static int Refuse(IReadOnlyList<string> faults)
    {
        Console.Error.WriteLine(faults.Count == 1 ? "Incidents does not start:" : $"Incidents does not start, {faults.Count} settings are wrong:");
        foreach (var fault in faults)
            Console.Error.WriteLine("  - " + fault);
        return 2;
    }

    public static async Task<int> Run(WebApplication app, ServerOptions options)
    {
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Incidents");
        using var interrupted = new CancellationTokenSource();
        using var onTerm = System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGTERM, _ => interrupted.Cancel());
        try
        {
            await Migrating.Apply(app.Services.GetRequiredService<Database>(), logger, app.Services.GetRequiredService<TimeProvider>(), interrupted.Token);
            // Every process must be able to read the links that another one signed.
            var addresses = app.Services.GetRequiredService<IOptions<PagingAddresses>>().Value;
            if (string.IsNullOrEmpty(addresses.SigningKey) && options.Provider == StorageProvider.Postgres)
                addresses.SigningKey = await app.Services.GetRequiredService<Database>().SharedSecret("links", interrupted.Token);
            // And the secrets that another one sealed.
            if (options.Provider == StorageProvider.Postgres)
                app.Services.GetRequiredService<AccessSurroundings>().SharedKey = await app.Services.GetRequiredService<Database>().SharedSecret("accounts", interrupted.Token);
            if (options.Demo)
                await app.Services.LoadDemoOrganisation(interrupted.Token);
            await app.StartAsync(interrupted.Token);
        }
        catch (OptionsValidationException e)
        {
            return Refuse([.. e.Failures]);
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
        {
            return 0;
        }
        catch (IOException e) when (e.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            return Refuse([$"Urls: {string.Join(' ', options.Urls)} is in use by another program. Stop it, or set INCIDENTS__Urls=http://127.0.0.1:<port>."]);
        }
        await Announce(app, options, logger);
        await app.WaitForShutdownAsync();
        return 0;
    }

    /// <summary>Prints once this process can do its work, as <c>/health/ready</c> would answer.</summary>
    private static async Task Announce(WebApplication app, ServerOptions options, ILogger logger)
    {
        var checks = app.Services.GetRequiredService<HealthChecks>();
        var stopping = app.Lifetime.ApplicationStopping;
        while (!stopping.IsCancellationRequested && (await checks.Look(stopping)).Status == "down")
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (stopping.IsCancellationRequested)
            return;
        var url = options.Urls[0].ToString().TrimEnd('/');
        Log.Ready(logger, url, options.Roles.ToString());
        Console.WriteLine($"Incidents is ready on {url}");
        if (!options.IsLoopback)
            return;
        Console.WriteLine($"  API token:  {app.Services.GetRequiredService<BootstrapToken>().Value}");
        if (options.Simulator)
            Console.WriteLine($"  Phones:     {url}/simulator");
        if (options.Demo)
            Console.WriteLine($"  Try it:     open {url}, sign in as ana, press \"Send a test alert\", answer the phone and press 4");
    }
}
