using Incidents.Contracts.Seams;
using Incidents.Persistence;
using Incidents.Scheduling.Fairness;
using Incidents.Scheduling.Limits.Endpoints;
using Incidents.Scheduling.Limits.Nightly;
using Incidents.Scheduling.Limits.Waivers;
using Incidents.Scheduling.Overload;
using Incidents.Scheduling.Preview;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace Incidents.Scheduling.Limits;

/// <summary>Limits, load, fairness and previews: what they are made of.</summary>
internal static class LimitsModule
{
    public static void Configure(ModelBuilder model, Modelling modelling)
    {
        Waiver.Configure(model, modelling);
        LintRun.Configure(model, modelling);
        SeenFinding.Configure(model, modelling);
        DutyEventRow.Configure(model, modelling);
        OverloadedShift.Configure(model, modelling);
    }

    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<WaiverStore>();
        services.AddSingleton<WaiverTeams>();
        services.AddSingleton<FactsReader>();
        services.AddSingleton<LimitsService>();
        services.AddSingleton<IOrganisationGuard, LimitsGuard>();
        services.AddSingleton<ShiftsOf>();
        services.AddSingleton<DutyEventCounter>();
        services.AddSingleton<ShiftLoads>();
        services.AddSingleton<IShiftLoad>(p => p.GetRequiredService<ShiftLoads>());
    }

    /// <summary>Counters are read in every process; they are written, and nights looked at, where <paramref name="jobs"/>.</summary>
    public static void Host(IServiceCollection services, bool jobs)
    {
        services.AddHostedService(p => p.GetRequiredService<ShiftLoads>());
        if (!jobs)
            return;
        services.AddHostedService<DutyEventWatch>();
        services.AddTransient<NightlyLint>();
        services.AddQuartz(q => q.ScheduleJob<NightlyLint>(t => t.WithIdentity("nightly limits").WithCronSchedule("25 0/5 * * * ?")));
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        GetFindings.Map(routes);
        WaiverEndpoints.Map(routes);
        GetLoad.Map(routes);
        GetFairness.Map(routes);
        PostProposals.Map(routes);
        PostPreview.Map(routes);
        LayerTimelines.Map(routes);
        PostPublish.Map(routes);
    }
}
