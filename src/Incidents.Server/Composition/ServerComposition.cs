using Incidents.Access;
using Incidents.Configuration;
using Incidents.Escalation;
using Incidents.Ingest;
using Incidents.Kernel;
using Incidents.Paging;
using Incidents.Persistence;
using Incidents.Persistence.Messages;
using Incidents.Persistence.Storage;
using Incidents.Scheduling;
using Incidents.Server.Endpoints;
using Incidents.Server.Health;
using Incidents.Server.Maintenance;
using Incidents.Server.Telemetry;
using Incidents.Simulator;
using Incidents.Triage;
using Quartz;

namespace Incidents.Server.Composition;

/// <summary>What the server is made of, in a screen.</summary>
internal static class ServerComposition
{
    public static void AddIncidents(this WebApplicationBuilder builder, ServerOptions options)
    {
        var services = builder.Services;
        builder.Logging.ClearProviders().AddJsonConsole(o =>
        {
            o.UseUtcTimestamp = true;
            o.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
        });
        builder.WebHost.UseKestrel(k =>
        {
            k.AddServerHeader = false;
            k.Limits.MaxRequestBodySize = 32 << 20;
        });
        builder.WebHost.UseUrls([.. options.Urls.Select(u => u.ToString())]);
        // Stop accepting, finish what is in hand, hand the rest back.
        services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(20));
        var mail = SimulatedVendor.Configure(builder.Configuration, options);

        services.AddSingleton(options);
        services.AddOptions<StorageOptions>().Bind(builder.Configuration.GetSection(StorageOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<MessagesOptions>().Bind(builder.Configuration.GetSection(MessagesOptions.Section)).ValidateDataAnnotations().ValidateOnStart();

        services.AddConfiguration();
        services.AddScheduling(consumes: options.Has(Roles.Scheduling));
        services.AddSchedulingWork(jobs: options.Has(Roles.Scheduling));
        services.AddTriage(consumes: options.Has(Roles.Triage));
        services.AddEscalation(consumes: options.Has(Roles.Escalation));
        services.AddPaging(builder.Configuration, consumes: options.Has(Roles.Paging));
        services.AddIngest(builder.Configuration);
        services.AddAccess(builder.Configuration.GetSection(AccessOptions.Section), new AccessSurroundings(options.DataDirectory, options.PublicUrl, DemoSignIn: options.Demo && options.IsLoopback, options.Simulator));
        services.AddPersistence(options.Provider, options.ConnectionString, options.Bus);
        if (options.Simulator)
            SimulatedVendor.Add(services, builder.Configuration, options, mail);

        services.AddSingleton<HealthChecks>();
        services.AddSingleton<PrometheusText>();
        services.AddSingleton<IMeters, Gauges>();
        services.AddHttpClient();
        services.AddHostedService<Heartbeat>();
        services.AddOpenApi("v1", Description.ApiDocument.Configure);
        services.ConfigureHttpJsonOptions(o => Json.Configure(o.SerializerOptions));
        services.AddResponseCompression(o => o.EnableForHttps = true);
        if (options.Has(Roles.Scheduling))
        {
            services.AddQuartz(q => q.ScheduleJob<Retention>(t => t.WithIdentity("retention").WithCronSchedule("0 17 * * * ?")));
            services.AddQuartzHostedService(q => q.WaitForJobsToComplete = true);
        }
    }

    public static void UseIncidents(this WebApplication app, ServerOptions options)
    {
        // Meters exist before the first scrape, so that failure series start at zero.
        var metrics = app.Services.GetRequiredService<PrometheusText>();
        _ = app.Services.GetServices<IMeters>().ToList();

        app.UseMiddleware<Failures>();
        // Webhooks are machines with a key in the path: nothing that serves browsers stands in their way.
        app.UseWhen(http => !(http.Request.Path.StartsWithSegments("/integrations", StringComparison.Ordinal) && !HttpMethods.IsGet(http.Request.Method)), browsers =>
        {
            if (options.Has(Roles.Web))
                browsers.UseResponseCompression();
            browsers.UseAccess();
        });
        HealthEndpoints.Map(app);
        app.MapGet("/metrics", () => Results.Text(metrics.Collect(), "text/plain; version=0.0.4; charset=utf-8")).WithTags("Operation").WithName("metrics").WithSummary("Meters in Prometheus' text format").Produces<string>(contentType: "text/plain");
        if (options.Has(Roles.Ingest))
            app.MapIngest();
        if (options.Has(Roles.Paging) || options.Has(Roles.Web))
            app.MapPaging();
        if (options.Simulator)
            app.MapSimulator();
        if (!options.Has(Roles.Web))
            return;
        app.MapAccess();
        app.MapConfiguration();
        app.MapScheduling();
        app.MapEscalation();
        app.MapTestAlert();
        app.MapPayloads();
        MessageEndpoints.Map(app);
        EventEndpoints.Map(app);
        app.MapOpenApi("/openapi/{documentName}.json");
        WebConsole.Map(app);
    }
}
