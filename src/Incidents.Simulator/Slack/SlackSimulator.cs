namespace Incidents.Simulator.Slack;

/// <summary>The simulated chat vendor: its parts and its paths.</summary>
internal static class SlackSimulator
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<Workspace>();
        services.AddSingleton<Triggers>();
        services.AddSingleton<SlackFaults>();
        services.AddSingleton<SlackRequests>();
        services.AddSingleton<ResponseUrls>();
        services.AddSingleton<MemberActions>();
        services.AddSingleton<ChatMethods>();
        services.AddSingleton<ConversationMethods>();
        services.AddSingleton<PeopleMethods>();
    }

    public static void Map(IEndpointRouteBuilder simulator, IServiceProvider services)
    {
        var slack = simulator.MapGroup("/slack");
        services.GetRequiredService<ResponseUrls>().Map(slack);
        var api = slack.MapGroup("/api").AddEndpointFilter<RouteGroupBuilder, SlackGate>();
        services.GetRequiredService<ChatMethods>().Map(api);
        services.GetRequiredService<ConversationMethods>().Map(api);
        services.GetRequiredService<PeopleMethods>().Map(api);
    }
}
