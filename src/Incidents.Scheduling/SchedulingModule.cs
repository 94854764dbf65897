using Incidents.Contracts.Seams;
using Incidents.Persistence;
using Incidents.Scheduling.Compensation;
using Incidents.Scheduling.Endpoints;
using Incidents.Scheduling.FollowTheSun;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Incidents.Scheduling;

/// <summary>Schedules: who is on call, and why; limits, pay, swaps, feeds and handoffs.</summary>
public static class SchedulingModule
{
    public static IServiceCollection AddScheduling(this IServiceCollection services)
    {
        services.AddSingleton<IModelPart, SchedulingModel>();
        services.TryAddSingleton<OnCall>();
        services.TryAddSingleton<IOnCall>(provider => provider.GetRequiredService<OnCall>());
        services.TryAddSingleton<PayDrafts>();
        services.TryAddSingleton<PayBook>();
        return services;
    }

    public static IEndpointRouteBuilder MapScheduling(this IEndpointRouteBuilder routes)
    {
        GetOnCall.Map(routes);
        GetShifts.Map(routes);
        GetPersonShifts.Map(routes);
        PostFollowTheSun.Map(routes);
        PayEndpoints.Map(routes);
        return routes;
    }
}
