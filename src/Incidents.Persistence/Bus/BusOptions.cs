using System.ComponentModel.DataAnnotations;

namespace Incidents.Persistence.Bus;

public enum BusTransport { InMemory, RabbitMq }

/// <summary>The bus between processes. Section <c>Bus</c>.</summary>
public sealed class BusOptions
{
    public const string Section = "Bus";

    /// <summary>InMemory (one process) by default, or RabbitMq.</summary>
    public BusTransport Transport { get; set; } = BusTransport.InMemory;

    /// <summary><c>amqp://user:password@host:5672/vhost</c>. Required for RabbitMq. Secret.</summary>
    public string? Uri { get; set; }

    /// <summary>Unacknowledged messages (of up to 256 rows each) per endpoint and process. Default 64.</summary>
    [Range(1, 65535)]
    public int Prefetch { get; set; } = 64;
}
