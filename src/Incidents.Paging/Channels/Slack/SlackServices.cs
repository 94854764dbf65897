using Incidents.Kernel;
using Incidents.Paging.Channels.Slack.Board;
using Incidents.Paging.Channels.Slack.Commands;
using Incidents.Paging.Channels.Slack.Kit;
using Incidents.Paging.Channels.Slack.People;
using Incidents.Paging.Channels.Slack.Wire;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Incidents.Paging.Channels.Slack;

internal static class SlackServices
{
    /// <summary><paramref name="consumes"/>: this process has the paging role, so it keeps messages up to date; commands and buttons every process takes.</summary>
    public static void Add(IServiceCollection services, IConfiguration config, bool consumes)
    {
        services.AddOptions<SlackOptions>().Bind(config.GetSection(SlackOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SlackOptions>, SlackOptionsValidator>();
        services.AddSingleton<SlackMetrics>();
        services.AddSingleton<IMeters>(p => p.GetRequiredService<SlackMetrics>());
        services.AddSingleton<SlackClient>();
        services.AddSingleton<SlackApi>();
        services.AddSingleton<FactsReader>();
        services.AddSingleton<SlackPeople>();
        services.AddSingleton<SeenStore>();
        services.AddSingleton<BoardStore>();
        services.AddSingleton<Rooms>();
        services.AddSingleton<BundledDirects>();
        services.AddSingleton<SlackActions>();
        services.AddSingleton<IncidentCommand>();
        services.AddSingleton<OnCallCommand>();
        services.AddSingleton<Submissions>();
        services.AddSingleton<SlackDesk>();
        services.AddSingleton<PinnedMessages>();
        services.AddSingleton<IChannel, SlackChannel>();
        if (consumes)
            services.AddHostedService<IncidentBoard>();
    }
}
