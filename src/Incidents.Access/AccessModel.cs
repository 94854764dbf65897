using Incidents.Access.Accounts;
using Incidents.Access.Audit;
using Incidents.Access.Keys;
using Incidents.Access.Passkeys;
using Incidents.Access.Sessions;
using Incidents.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Incidents.Access;

internal sealed class AccessModel : IModelPart
{
    public void Configure(ModelBuilder model, Modelling modelling)
    {
        AccessChange.Configure(model, modelling);
        Account.Configure(model, modelling);
        ApiKey.Configure(model, modelling);
        Passkey.Configure(model, modelling);
        Pending.Configure(model, modelling);
        Session.Configure(model, modelling);
    }
}
