using Incidents.Simulator.Api;
using Incidents.Simulator.Callbacks;
using Incidents.Simulator.Calls;
using Incidents.Simulator.Faults;
using Incidents.Simulator.Mail;
using Incidents.Simulator.Messages;
using Incidents.Simulator.Page;
using Incidents.Simulator.Phones;
using Incidents.Simulator.Slack;
using Incidents.Simulator.Vendor;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Incidents.Simulator;

/// <summary>Adds the simulated vendors and their page to a host.</summary>
public static class SimulatorEndpoints
{
    internal const string Root = "/simulator";

    /// <summary>Below the public address: the base address to give to a client of the vendor, without a trailing slash.</summary>
    public const string VendorPath = Root + "/twilio";

    /// <summary>Below the public address: the base address to give to a client of the chat vendor, without a trailing slash.</summary>
    public const string SlackPath = Root + "/slack/api";

    /// <summary>Registers the simulator. The host registers an <see cref="IPhoneBook"/>, and a <see cref="TimeProvider"/> unless the system's will do.</summary>
    public static IServiceCollection AddSimulator(this IServiceCollection services, Action<SimulatorOptions> configure)
    {
        services.AddOptions<SimulatorOptions>().Configure(configure);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<Counters>();
        services.AddSingleton<PublicAddress>();
        services.AddSingleton<FaultInjector>();
        services.AddSingleton<AutomaticPhones>();
        services.AddSingleton<Handsets>();
        services.AddSingleton<PhoneEvents>();
        services.AddSingleton<PhoneView>();
        services.AddSingleton<CallbackClient>();
        services.AddSingleton<StatusCallbacks>();
        services.AddSingleton<VerbRunner>();
        services.AddSingleton<CallConversation>();
        services.AddSingleton<CallEngine>();
        services.AddSingleton<CallResource>();
        services.AddSingleton<MessageEngine>();
        services.AddSingleton<MessageResource>();
        services.AddSingleton<Mailbox>();
        services.AddHostedService<MailServer>();
        SlackSimulator.Add(services);
        return services;
    }

    /// <summary>Maps the page, its API and the vendor API below <c>/simulator</c>. They need no sign-in and are in no API description.</summary>
    public static IEndpointConventionBuilder MapSimulator(this IEndpointRouteBuilder endpoints)
    {
        var simulator = endpoints.MapGroup(Root).AddEndpointFilter<RouteGroupBuilder, SimulatorGate>();
        simulator.AllowAnonymous();
        simulator.ExcludeFromDescription();
        PageEndpoints.Map(simulator);
        MailEndpoints.Map(simulator);

        var api = simulator.MapGroup("/api");
        PhoneEndpoints.Map(api);
        RecordEndpoints.Map(api);
        FaultEndpoints.Map(api);
        EventEndpoint.Map(api);
        ChatEndpoints.Map(api);

        var vendor = simulator.MapGroup("/twilio/2010-04-01/Accounts/{account}").AddEndpointFilter<RouteGroupBuilder, VendorGate>();
        CallsEndpoints.Map(vendor);
        MessagesEndpoints.Map(vendor);
        SlackSimulator.Map(simulator, endpoints.ServiceProvider);
        return simulator;
    }
}
