using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Incidents.Persistence;

/// <summary>EF keeps one model a context type; hosts of one process that compose other modules must not be given each other's.</summary>
internal sealed class ModelKey : IModelCacheKeyFactory
{
    public object Create(DbContext context, bool designTime)
        => (context.GetType(), designTime, context is IncidentsDbContext incidents ? incidents.PartNames : "");
}
