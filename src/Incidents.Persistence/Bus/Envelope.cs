namespace Incidents.Persistence.Bus;

/// <summary>
/// Message rows on the wire: which ones waited for the same endpoint at the same moment. What they say stands in the rows, which the consumer
/// deletes and reads in one statement. Instants in microseconds. Addition only. Without rows it only asks whether the broker takes messages.
/// <paramref name="PublishedAt"/> is the earliest hand-over among the rows, as the rows have it, however long they waited for the broker:
/// otherwise rows still on their way would look lost.
/// </summary>
public sealed record Envelope(long PublishedAt, IReadOnlyList<EnvelopeRow> Rows);

public sealed record EnvelopeRow(Guid Id, string Type, long DueAt);
