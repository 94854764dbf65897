using Incidents.Kernel;
using Incidents.Persistence.Bus;
using Incidents.Persistence.Events;
using Incidents.Persistence.Messages;
using Incidents.Persistence.Storage;
using Incidents.Persistence.Transactions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Incidents.Persistence;

public static class PersistenceServices
{
    /// <summary>Storage, message rows, the bus, events. Call after every module has registered its endpoint and model part.</summary>
    public static IServiceCollection AddPersistence(this IServiceCollection services, StorageProvider provider, string connectionString, BusOptions bus)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<Clock>();
        services.AddSingleton<ModelParts>();
        services.AddSingleton(sp => new Database(provider, connectionString, sp.GetRequiredService<ModelParts>()));
        services.AddSingleton<MessageStore>();
        services.AddSingleton<MessageOverview>();
        services.AddSingleton<MessageMetrics>();
        services.AddSingleton<IMeters>(p => p.GetRequiredService<MessageMetrics>());
        services.AddSingleton<WorkRunner>();
        services.AddSingleton<IBusTransport, MassTransitTransport>();
        services.AddSingleton<IBusLink, BusLink>();
        services.AddSingleton<Handover>();
        services.AddSingleton<Sweeper>();
        services.AddSingleton<MessagePump>();
        services.AddSingleton<EventTail>();

        // Order matters: runners before what feeds them; all stop in reverse.
        services.AddHostedService<ClockWatch>();
        services.AddHostedService(sp => sp.GetRequiredService<MessagePump>());
        var endpoints = services.Where(d => d.ServiceType == typeof(EndpointRegistration)).Select(d => (EndpointRegistration)d.ImplementationInstance!).ToList();
        services.AddBus(bus, BusSetup.Consumed(endpoints));
        services.AddHostedService(sp => sp.GetRequiredService<Handover>());
        services.AddHostedService(sp => sp.GetRequiredService<Sweeper>());
        services.AddHostedService(sp => sp.GetRequiredService<EventTail>());
        return services;
    }

    /// <summary>Consumes an endpoint in this process. <paramref name="workers"/> transactions at once on PostgreSQL.</summary>
    public static IServiceCollection AddEndpoint<TConsumer>(this IServiceCollection services, string name, int workers = 2, int maxBatch = 200)
        where TConsumer : class, IEndpointConsumer
    {
        services.AddScoped<TConsumer>();
        services.AddSingleton(new EndpointRegistration(name, typeof(TConsumer), workers, maxBatch));
        return services;
    }
}
