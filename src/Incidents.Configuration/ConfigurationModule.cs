using Incidents.Configuration.Edits;
using Incidents.Configuration.Endpoints;
using Incidents.Configuration.Storage;
using Incidents.Contracts.Seams;
using Incidents.Persistence;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Incidents.Configuration;

/// <summary>The organisation: its document, its items, its read side.</summary>
public static class ConfigurationModule
{
    /// <summary>Every process carries this, whatever its roles. Call before the modules that read the organisation, so that it is loaded when they start.</summary>
    public static IServiceCollection AddConfiguration(this IServiceCollection services)
    {
        services.AddSingleton<IModelPart, ConfigurationModel>();
        services.AddSingleton<OrganisationCache>();
        services.AddSingleton<IOrganisation>(sp => sp.GetRequiredService<OrganisationCache>());
        services.AddSingleton<Changing>();
        services.AddSingleton<Applying>();
        services.AddSingleton<Demo.DemoData>();
        services.AddSingleton<OrganisationEditor>();
        services.AddSingleton<IOrganisationEditor>(sp => sp.GetRequiredService<OrganisationEditor>());
        services.AddSingleton<EditService>();
        services.AddSingleton<Exporting>();
        services.AddSingleton<PublicAddress>();
        services.AddHostedService<OrganisationWatch>();
        return services;
    }

    /// <summary><c>/api/v1/config</c>, the lists, the editing of each thing, and the audit.</summary>
    public static IEndpointRouteBuilder MapConfiguration(this IEndpointRouteBuilder endpoints)
    {
        ConfigEndpoints.Map(endpoints);
        ListEndpoints.Map(endpoints);
        ItemEndpoints.Map(endpoints);
        OverrideEndpoints.Map(endpoints);
        TemporaryEndpoints.Map(endpoints);
        AbsenceEndpoints.Map(endpoints);
        AuditEndpoint.Map(endpoints);
        RuleEndpoints.Map(endpoints);
        MeEndpoints.Map(endpoints);
        DemoEndpoints.Map(endpoints);
        return endpoints;
    }
}
