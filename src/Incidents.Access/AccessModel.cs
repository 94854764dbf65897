using Incidents.Access.Keys;
using Incidents.Access.Sessions;
using Incidents.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Incidents.Access;

internal sealed class AccessModel : IModelPart
{
    public void Configure(ModelBuilder model, Modelling modelling)
    {
        ApiKey.Configure(model, modelling);
        Session.Configure(model, modelling);
    }
}
