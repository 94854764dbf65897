using Incidents.Persistence;
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
    }
}
