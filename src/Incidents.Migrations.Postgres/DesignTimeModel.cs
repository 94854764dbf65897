using Incidents.Access;
using Incidents.Configuration;
using Incidents.Ingest;
using Incidents.Paging;
using Incidents.Persistence;
using Incidents.Scheduling;
using Incidents.Triage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Incidents.Migrations;

/// <summary>The model parts of every module, as the server composes them. A test holds the two equal: no pending model change.</summary>
internal static class DesignTimeModel
{
    public static ModelParts Parts()
    {
        var services = new ServiceCollection();
        services.AddAccessModel();
        services.AddConfiguration();
        services.AddScheduling();
        services.AddTriage(consumes: false);
        services.AddIngest(new ConfigurationBuilder().Build());
        services.AddPaging(new ConfigurationBuilder().Build(), consumes: false);
        return new ModelParts(services.BuildServiceProvider().GetServices<IModelPart>());
    }
}
