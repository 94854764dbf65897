using Incidents.Contracts.Messages;
using Incidents.Contracts.Seams;
using Incidents.Escalation.Endpoints;
using Incidents.Escalation.Policy;
using Incidents.Escalation.Saga;
using Incidents.Kernel;
using Incidents.Persistence;
using Incidents.Persistence.Incidents;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Incidents.Escalation;

public static class EscalationModule
{
    /// <summary>Read sides and actions in every process; the consumer only where <paramref name="consumes"/>.</summary>
    public static IServiceCollection AddEscalation(this IServiceCollection services, bool consumes)
    {
        services.AddSingleton<EscalationMetrics>();
        services.AddSingleton<IMeters>(p => p.GetRequiredService<EscalationMetrics>());
        services.TryAddSingleton<IShiftLoad, NoShiftLoad>();
        services.AddSingleton<SagaDriver>();
        services.AddSingleton<IncidentLifecycle>();
        services.AddSingleton<IIncidentLifecycle>(sp => sp.GetRequiredService<IncidentLifecycle>());
        services.AddSingleton<IncidentRights>();
        services.AddSingleton<IIncidentRights>(sp => sp.GetRequiredService<IncidentRights>());
        services.AddSingleton<IncidentActions>();
        services.AddSingleton<IIncidentActions>(sp => sp.GetRequiredService<IncidentActions>());
        services.AddSingleton<IncidentReader>();
        services.AddSingleton<IIncidentDesk, IncidentDesk>();
        if (consumes)
            services.AddEndpoint<EscalationConsumer>(EndpointCatalogue.Escalation, workers: 2, maxBatch: 200);
        return services;
    }

    public static void MapEscalation(this IEndpointRouteBuilder endpoints) => IncidentEndpoints.Map(endpoints);
}
