using Incidents.Contracts.Messages;
using Incidents.Contracts.Seams;
using Incidents.Persistence;
using Incidents.Scheduling.Compensation;
using Incidents.Scheduling.Endpoints;
using Incidents.Scheduling.FollowTheSun;
using Incidents.Scheduling.Feeds;
using Incidents.Scheduling.Feeds.Import;
using Incidents.Scheduling.Handoffs;
using Incidents.Scheduling.Limits;
using Incidents.Scheduling.Swaps;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Quartz;

namespace Incidents.Scheduling;

/// <summary>Schedules: who is on call, and why; limits, pay, swaps, feeds and handoffs.</summary>
public static class SchedulingModule
{
    /// <param name="consumes">This process has the role scheduling: it consumes the endpoint and tells handoffs. Call before <c>AddPersistence</c>.</param>
    public static IServiceCollection AddScheduling(this IServiceCollection services, bool consumes = false)
    {
        services.AddSingleton<IModelPart, SchedulingModel>();
        services.TryAddSingleton<OnCall>();
        services.TryAddSingleton<IOnCall>(provider => provider.GetRequiredService<OnCall>());
        services.TryAddSingleton<PayDrafts>();
        services.TryAddSingleton<PayBook>();
        LimitsModule.Add(services);
        services.AddOptions<HandoffOptions>().BindConfiguration(HandoffOptions.Section);
        services.AddSingleton<Addresses>();
        services.AddSingleton<SwapTable>();
        services.AddSingleton<SwapNotices>();
        services.AddSingleton<SwapService>();
        services.AddSingleton<SwapDesk>();
        services.TryAddSingleton<IShifts, ShiftReader>();
        services.TryAddSingleton<ISwapRequests, SwapRequests>();
        services.AddSingleton<CalendarFeeds>();
        services.AddSingleton<ImportDesk>();
        services.AddSingleton<HandoffDesk>();
        if (consumes)
        {
            services.AddEndpoint<SchedulingConsumer>(EndpointCatalogue.Scheduling, workers: 1, maxBatch: 100);
            services.AddQuartz(q => q.ScheduleJob<HandoffJob>(t => t.WithIdentity("handoffs").WithSimpleSchedule(s => s.WithInterval(HandoffJob.Every).RepeatForever())));
        }
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
        SwapEndpoints.Map(routes);
        FeedEndpoints.Map(routes);
        ImportEndpoints.Map(routes);
        HandoffEndpoint.Map(routes);
        return routes;
    }
}
