using Incidents.Access.Identity;
using Incidents.Access.Keys;
using Incidents.Access.Sessions;
using Incidents.Kernel;
using Incidents.Persistence;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Incidents.Access;

/// <summary>Who calls, and whether they may: API keys, browser sessions, and the headers that protect both.</summary>
public static class AccessModule
{
    /// <param name="section">The settings of <see cref="AccessOptions.Section"/>.</param>
    public static IServiceCollection AddAccess(this IServiceCollection services, IConfigurationSection section, AccessSurroundings surroundings)
    {
        services.AddOptions<AccessOptions>().Bind(section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AccessOptions>, AccessOptionsValidator>();
        services.AddSingleton(surroundings);
        services.AddSingleton(provider => BootstrapToken.Obtain(provider.GetRequiredService<IOptions<AccessOptions>>().Value, surroundings.DataDirectory));
        services.AddAccessModel();
        services.AddSingleton<AccessMetrics>();
        services.AddSingleton<IMeters>(p => p.GetRequiredService<AccessMetrics>());
        services.AddSingleton<KeyUse>();
        services.AddHostedService(provider => provider.GetRequiredService<KeyUse>());
        services.AddSingleton<Credentials>();
        services.AddSingleton<SameOrigin>();
        services.AddSingleton<Authentication>();
        services.AddSingleton<SignInThrottle>();
        services.AddSingleton<SignIn>();
        services.AddSingleton<SignOut>();
        return services;
    }

    /// <summary>The tables alone, for the migrations.</summary>
    public static IServiceCollection AddAccessModel(this IServiceCollection services) => services.AddSingleton<IModelPart, AccessModel>();

    /// <summary>Security headers on every answer; under <c>/api</c> the caller (<c>HttpContext.Actor()</c>) or 401. Before routing's endpoints run.</summary>
    public static IApplicationBuilder UseAccess(this IApplicationBuilder app)
    {
        app.Use(SecurityHeaders.Add);
        return app.UseMiddleware<Authentication>();
    }

    public static IEndpointRouteBuilder MapAccess(this IEndpointRouteBuilder routes)
    {
        GetMe.Map(routes);
        ListKeys.Map(routes);
        CreateKey.Map(routes);
        RevokeKey.Map(routes);
        SignIn.Map(routes);
        SignOut.Map(routes);
        return routes;
    }
}
