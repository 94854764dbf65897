using System.Text.Json;
using Incidents.Contracts.Messages;
using Incidents.Contracts.Organisation;
using Incidents.Kernel;
using NodaTime;

namespace Incidents.Ingest.Sources;

/// <summary>What a body said: its alerts, and which elements could not be read (the others are taken all the same).</summary>
internal sealed record Parsed(IReadOnlyList<AlertAccepted> Alerts, IReadOnlyList<Fault> Faults);

/// <summary>Facts of the request besides its body.</summary>
internal sealed record SourceRequest(Integration Integration, Instant ReceivedAt, string? IdempotencyKey);

/// <summary>One source format: bytes in, alerts out. Pure; one file a format.</summary>
internal interface ISource
{
    /// <summary>Path behind <c>/integrations/{key}/</c>.</summary>
    string Path { get; }

    /// <summary>Limits answer 503 instead of 429: this source drops on every 4xx.</summary>
    bool DropsOn4xx { get; }

    /// <summary>An error refuses the whole body; faults only name elements that were left out.</summary>
    Result<Parsed> Parse(JsonElement body, SourceRequest request);
}
