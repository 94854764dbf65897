using Incidents.Contracts.Seams;
using Incidents.Persistence;
using Incidents.Scheduling.Compensation;
using Incidents.Scheduling.Endpoints;
using Incidents.Scheduling.FollowTheSun;
using Incidents.Scheduling.Limits;
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
        LimitsModule.Add(services);
        return services;
    }

    /// <summary>What runs by itself: read sides in every process, jobs that follow a calendar where <paramref name="jobs"/> (role scheduling).</summary>
    public static IServiceCollection AddSchedulingWork(this IServiceCollection services, bool jobs)
    {
        LimitsModule.Host(services, jobs);
        return services;
    }

    public static IEndpointRouteBuilder MapScheduling(this IEndpointRouteBuilder routes)
    {
        GetOnCall.Map(routes);
        GetShifts.Map(routes);
        GetPersonShifts.Map(routes);
        PostFollowTheSun.Map(routes);
        PayEndpoints.Map(routes);
        LimitsModule.Map(routes);
        return routes;
    }
}
