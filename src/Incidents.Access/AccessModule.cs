using Incidents.Access.Accounts;
using Incidents.Access.Audit;
using Incidents.Access.Identity;
using Incidents.Access.Keys;
using Incidents.Access.OpenId;
using Incidents.Access.Passkeys;
using Incidents.Access.Sessions;
using Incidents.Kernel;
using Incidents.Persistence;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
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
        services.AddOptions<OpenIdOptions>().Bind(section.GetSection("Oidc")).ValidateOnStart();
        services.AddSingleton<IValidateOptions<OpenIdOptions>, OpenIdOptionsValidator>();
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
        services.AddAccounts();
        services.AddSingleton<SignIn>();
        services.AddSingleton<SignInCode>();
        services.AddSingleton<OpenIdClient>();
        services.AddSingleton<OpenIdSignIn>();
        services.AddSingleton<SignOut>();
        return services;
    }

    /// <summary>Identity's own parts over our tables; one of each serves all requests, because none keeps anything.</summary>
    private static void AddAccounts(this IServiceCollection services)
    {
        services.AddOptions<IdentityOptions>().Configure<IOptions<AccessOptions>>((identity, access) => identity.Password = new PasswordOptions
        {
            RequiredLength = access.Value.PasswordLength,
            RequiredUniqueChars = 5,
            RequireDigit = false,
            RequireLowercase = false,
            RequireUppercase = false,
            RequireNonAlphanumeric = false,
        });
        services.AddSingleton<IConfigureOptions<IdentityPasskeyOptions>, PasskeySetup>();
        services.AddSingleton<AccountStore>();
        services.AddSingleton<AccountManager>();
        services.AddSingleton<UserManager<Account>>(provider => provider.GetRequiredService<AccountManager>());
        services.AddSingleton<IPasskeyHandler<Account>, PasskeyHandler<Account>>();
        services.AddSingleton<SecretBox>();
        services.AddSingleton<AccountBook>();
        services.AddSingleton<Leavers>();
        services.AddHostedService(provider => provider.GetRequiredService<Leavers>());
        services.AddSingleton<PendingBook>();
        services.AddSingleton<SessionBook>();
        services.AddSingleton<Mails>();
        services.AddSingleton<Door>();
        services.AddSingleton<OwnAccount>();
        services.AddSingleton<PasskeySignIn>();
        services.AddSingleton<Forgot>();
        services.AddSingleton<ChoosePassword>();
    }

    /// <summary>The tables alone, for the migrations.</summary>
    public static IServiceCollection AddAccessModel(this IServiceCollection services) => services.AddSingleton<IModelPart, AccessModel>();

    /// <summary>Security headers on every answer; under <c>/api</c> the caller (<c>HttpContext.Actor()</c>) or 401. Before routing's endpoints run.</summary>
    public static IApplicationBuilder UseAccess(this IApplicationBuilder app)
    {
        app.Use(SecurityHeaders.Add);
        return app.UseMiddleware<Authentication>();
    }

    /// <summary>
    /// Sends a browser that opens a page of the console without a session to the sign-in page, which leads back to it: before anything of the page is loaded
    /// that would ask and be refused. False: it may have the page.
    /// </summary>
    public static async Task<bool> SendToSignIn(this HttpContext context)
    {
        if (await context.RequestServices.GetRequiredService<SignIn>().Before(context) is not { } path)
            return false;
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Redirect(path);
        return true;
    }

    public static IEndpointRouteBuilder MapAccess(this IEndpointRouteBuilder routes)
    {
        GetMe.Map(routes);
        ListKeys.Map(routes);
        CreateKey.Map(routes);
        RevokeKey.Map(routes);
        SignIn.Map(routes);
        SignOut.Map(routes);
        SignInCode.Map(routes);
        PasskeySignIn.Map(routes);
        OpenIdSignIn.Map(routes);
        Forgot.Map(routes);
        ChoosePassword.Map(routes);
        AccountEndpoints.Map(routes);
        PasskeyEndpoints.Map(routes);
        SessionEndpoints.Map(routes);
        Invitations.Map(routes);
        ListAccessChanges.Map(routes);
        return routes;
    }
}
