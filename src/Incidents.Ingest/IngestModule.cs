using Incidents.Ingest.Accepting;
using Incidents.Ingest.Payloads;
using Incidents.Kernel;
using Incidents.Persistence;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Incidents.Ingest;

public static class IngestModule
{
    public static IServiceCollection AddIngest(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<IngestOptions>().Bind(configuration.GetSection(IngestOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IngestMetrics>();
        services.AddSingleton<IMeters>(p => p.GetRequiredService<IngestMetrics>());
        services.AddSingleton<IntegrationLimits>();
        services.AddSingleton<IngestEndpoints>();
        services.AddSingleton<IModelPart, IngestModel>();
        services.AddSingleton<PayloadLog>();
        services.AddHostedService(sp => sp.GetRequiredService<PayloadLog>());
        services.AddSingleton<AcceptQueue>();
        services.AddHostedService(sp => sp.GetRequiredService<AcceptQueue>());
        return services;
    }

    public static void MapIngest(this IEndpointRouteBuilder endpoints) => IngestEndpoints.Map(endpoints);

    public static void MapPayloads(this IEndpointRouteBuilder endpoints) => PayloadEndpoint.Map(endpoints);

    public static void MapTestAlert(this IEndpointRouteBuilder endpoints) => TestAlert.Map(endpoints);
}
