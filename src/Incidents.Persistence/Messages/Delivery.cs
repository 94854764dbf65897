using NodaTime;

namespace Incidents.Persistence.Messages;

/// <summary>A message row on its way to its consumer.</summary>
public sealed class Delivery
{
    public required Guid Id { get; init; }
    public required string Endpoint { get; init; }
    public required string Type { get; init; }
    public required Instant DueAt { get; init; }

    /// <summary>Set when the row never left the process that wrote it; else its body is read when it is deleted.</summary>
    public object? Message { get; init; }

    /// <summary>When the row says that it was handed over (its <c>next_publish_at</c>): what the watermark compares.</summary>
    public required Instant HandedOverAt { get; init; }

    /// <summary>It came over the bus; false: handed over inside the process.</summary>
    public bool FromBus { get; init; }

    /// <summary>Completes when the consumer is done with it, well or badly. Null: nobody waits.</summary>
    internal TaskCompletionSource? Done { get; init; }
}

/// <summary>What a consumer gets. <paramref name="Seq"/> orders rows by their acceptance.</summary>
public sealed record Received(object Message, long Seq, Guid Id, Instant DueAt);

/// <summary>
/// Consumes what waits now at one endpoint, in one transaction that has already deleted the rows. On any failure all is rolled back and redone one by one.
/// </summary>
public interface IEndpointConsumer
{
    Task Consume(IReadOnlyList<Received> messages, Transactions.Work work, CancellationToken cancellationToken);

    /// <summary>A row failed again and again and is now parked: do what keeps it from being silent, in a transaction of its own.</summary>
    Task Parked(Received message, string error, Transactions.Work work, CancellationToken cancellationToken);
}

/// <summary>How a module registers its endpoint.</summary>
public sealed record EndpointRegistration(string Name, Type Consumer, int Workers, int MaxBatch);
