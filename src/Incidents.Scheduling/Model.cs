using Incidents.Persistence;
using Incidents.Scheduling.Feeds;
using Incidents.Scheduling.Handoffs;
using Incidents.Scheduling.Swaps;
using Microsoft.EntityFrameworkCore;

namespace Incidents.Scheduling;

/// <summary>The tables of Scheduling, each declared beside the rows that it keeps.</summary>
internal sealed class SchedulingModel : IModelPart
{
    public const string Module = "scheduling";

    public void Configure(ModelBuilder model, Modelling modelling)
    {
        Compensation.PeriodRow.Configure(model, modelling);
        Limits.LimitsModule.Configure(model, modelling);
        SwapRow.Configure(model, modelling);
        FeedRow.Configure(model, modelling);
        HandoffRow.Configure(model, modelling);
    }
}
