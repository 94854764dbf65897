using System.Buffers;
using System.Text.Json;
using Incidents.Contracts.Messages;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Ingest.Accepting;
using Incidents.Ingest.Payloads;
using Incidents.Ingest.Sources;
using Incidents.Kernel;
using Incidents.Persistence.Messages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Incidents.Ingest;

/// <summary>The webhooks: parse, commit, and only then 2xx. A refusal names the field and the fix and changes nothing.</summary>
internal sealed class IngestEndpoints(AcceptQueue queue, Handover handover, IntegrationLimits limits, IOrganisation organisation, PayloadLog payloads, Clock clock, IOptions<IngestOptions> options, IngestMetrics metrics)
{
    private static readonly (string Type, string[] Endpoints) Wire = EndpointCatalogue.Of(typeof(AlertAccepted));
    private static readonly KeyValuePair<string, object?>[] ReasonTags = [.. IngestMetrics.Reasons.Select(r => new KeyValuePair<string, object?>("reason", r))];

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        foreach (var source in new ISource[] { new Alertmanager("alertmanager"), new Alertmanager("grafana"), new Generic() })
        {
            var handler = endpoints.ServiceProvider.GetRequiredService<IngestEndpoints>();
            RequestDelegate handle = http => handler.Handle(http, source);
            endpoints.MapMethods("/integrations/{key}/" + source.Path, source.Path == "grafana" ? ["POST", "PUT"] : ["POST"], handle)
                .WithTags("Alerts").WithName("ingest" + char.ToUpperInvariant(source.Path[0]) + source.Path[1..]).WithSummary($"Takes alerts in the {source.Path} format; 2xx only after commit")
                // Without the method a plain request delegate is in no description.
                .WithMetadata([handle.Method, .. Described.Of(source)]);
        }
    }

    private async Task Handle(HttpContext http, ISource source)
    {
        var started = clock.Provider.GetTimestamp();
        var integration = await Find((string)http.Request.RouteValues["key"]!, http);
        if (integration is null)
            return;
        var arrival = new Arrival(integration, source, clock.Now, payloads.Follows(integration.Name));
        var max = source is Generic ? options.Value.MaxGenericBytes : options.Value.MaxWebhookBytes;
        // Read() holds the limit itself: what the server would cut off could not be told about.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = null;
        var (buffer, length) = await Read(http, max);
        if (buffer is null)
        {
            await TooLarge(http, arrival, max);
            return;
        }
        try
        {
            arrival = arrival with { Body = buffer.AsMemory(0, length), Size = length };
            var rows = await Rows(http, arrival);
            if (rows is null)
                return;
            using var lease = limits.TryEnter(integration.Name, rows.Value.Rows.Count);
            if (lease is null)
            {
                await Refuse(http, arrival, "limit", source.DropsOn4xx ? ErrorKind.Unavailable : ErrorKind.LimitReached, "too-fast", $"Integration '{integration.Name}' sends faster than its limit: try again.", [], retryAfter: 1);
                return;
            }
            if (!await Commit(http, arrival, rows.Value.Rows))
                return;
            metrics.Accepted.Add(rows.Value.Rows.Count);
            if (arrival.Followed)
                Keep(http, arrival, source is Generic ? StatusCodes.Status202Accepted : StatusCodes.Status200OK, rows.Value.Rows, rows.Value.Faults);
            await Answer(http, source, rows.Value.Rows, rows.Value.Faults);
            metrics.AcceptTime.Record(clock.Provider.GetElapsedTime(started).TotalSeconds);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task<Integration?> Find(string key, HttpContext http)
    {
        if (organisation.Current.IntegrationsByKey.TryGetValue(key, out var known))
            return known;
        try
        {
            // It may have been created in another process a moment ago.
            if ((await organisation.Fresh(http.RequestAborted)).IntegrationsByKey.TryGetValue(key, out known))
                return known;
        }
        catch (Exception) when (!http.RequestAborted.IsCancellationRequested)
        {
            await Refuse(http, null, "unavailable", ErrorKind.Unavailable, "database-away", "The database is away: try again.", [], retryAfter: 2);
            return null;
        }
        await Refuse(http, null, "unknownKey", ErrorKind.NotFound, "unknown-key", "No integration has this key: check the URL against the integration's page.", []);
        return null;
    }

    private async Task<(List<NewMessage> Rows, IReadOnlyList<Fault> Faults)?> Rows(HttpContext http, Arrival arrival)
    {
        var now = arrival.At;
        var idempotency = http.Request.Headers.TryGetValue("Idempotency-Key", out var header) ? header.ToString() : null;
        Result<Parsed> parsed;
        try
        {
            using var document = JsonDocument.Parse(arrival.Body);
            parsed = arrival.Source.Parse(document.RootElement, new SourceRequest(arrival.Integration, now, idempotency));
        }
        catch (JsonException e)
        {
            parsed = Error.Malformed($"The body is not JSON: {e.Message}");
        }
        catch (InvalidOperationException e)
        {
            parsed = Error.Malformed($"The body has a field whose name cannot be read: {e.Message}");
        }
        if (parsed.Error is { } error)
        {
            await Refuse(http, arrival, error.Kind == ErrorKind.Malformed ? "malformed" : "invalid", error.Kind, error.Code, error.Title, error.Faults);
            return null;
        }
        var rows = new List<NewMessage>(parsed.Value.Alerts.Count);
        foreach (var alert in parsed.Value.Alerts)
            rows.Add(Row(arrival.Followed && rows.Count < PayloadLog.KeptAlerts ? alert with { Followed = true } : alert, now));
        return (rows, parsed.Value.Faults);
    }

    private NewMessage Row(AlertAccepted alert, NodaTime.Instant now)
        => new(Guid.CreateVersion7(now.ToDateTimeOffset()), Wire.Endpoints[0], Wire.Type, AlertJson.Serialize(alert), now, handover.CanHandOver(Wire.Endpoints[0]), alert);

    private async Task<bool> Commit(HttpContext http, Arrival arrival, List<NewMessage> rows)
    {
        try
        {
            // Not the request's token: a source that hangs up gets its alert all the same.
            await queue.Accept(rows);
            return true;
        }
        catch (Exception)
        {
            await Refuse(http, arrival, "unavailable", ErrorKind.Unavailable, "database-away", "The alert could not be stored: try again.", [], retryAfter: 2);
            return false;
        }
    }

    private async Task TooLarge(HttpContext http, Arrival arrival, int max)
    {
        List<NewMessage> rows = [];
        arrival = arrival with { Size = http.Request.ContentLength };
        if (arrival.Source.DropsOn4xx)
        {
            // The source drops it for good: somebody must know that something was said.
            var now = arrival.At;
            var alert = new AlertAccepted(arrival.Integration.Name, "oversized-payload", true, $"Oversized payload from {arrival.Integration.Name}: its alerts were not read", new Dictionary<string, string>(StringComparer.Ordinal),
                new Dictionary<string, string>(StringComparer.Ordinal), now, null, now, StartsAtGiven: false,
                Details: $"A body larger than {max} bytes was refused. Lower max_alerts at the source, or group more finely.", Note: "Opened because a body was too large to read.", Followed: arrival.Followed);
            rows.Add(Row(alert, now));
            if (!await Commit(http, arrival, rows))
                return;
        }
        http.Response.Headers.Connection = "close";
        await Refuse(http, arrival, "tooLarge", ErrorKind.TooLarge, "too-large", $"The body is larger than {max} bytes: send fewer alerts at once.", [], rows: arrival.Followed ? rows : null);
    }

    private static async Task<(byte[]? Buffer, int Length)> Read(HttpContext http, int max)
    {
        if (http.Request.ContentLength > max)
            return (null, 0);
        var buffer = ArrayPool<byte>.Shared.Rent((int)(http.Request.ContentLength ?? 16 * 1024) + 1);
        var length = 0;
        while (true)
        {
            if (length == buffer.Length)
            {
                if (length > max)
                {
                    ArrayPool<byte>.Shared.Return(buffer);
                    return (null, 0);
                }
                var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
                buffer.AsSpan(0, length).CopyTo(larger);
                ArrayPool<byte>.Shared.Return(buffer);
                buffer = larger;
            }
            var read = await http.Request.Body.ReadAsync(buffer.AsMemory(length), http.RequestAborted);
            if (read == 0)
                break;
            length += read;
        }
        if (length <= max)
            return (buffer, length);
        ArrayPool<byte>.Shared.Return(buffer);
        return (null, 0);
    }

    private static Task Answer(HttpContext http, ISource source, List<NewMessage> rows, IReadOnlyList<Fault> faults)
    {
        http.Response.StatusCode = source is Generic ? StatusCodes.Status202Accepted : StatusCodes.Status200OK;
        http.Response.ContentType = "application/json";
        var output = new ArrayBufferWriter<byte>(64 + 40 * rows.Count);
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteNumber("accepted", rows.Count);
            json.WriteStartArray("ids");
            foreach (var row in rows)
                json.WriteStringValue(row.Id);
            json.WriteEndArray();
            if (faults.Count > 0)
            {
                json.WriteStartArray("errors");
                foreach (var fault in faults)
                {
                    json.WriteStartObject();
                    json.WriteString("path", fault.Path);
                    json.WriteString("message", fault.Message);
                    json.WriteEndObject();
                }
                json.WriteEndArray();
            }
            json.WriteEndObject();
        }
        http.Response.ContentLength = output.WrittenCount;
        return http.Response.Body.WriteAsync(output.WrittenMemory).AsTask();
    }

    private Task Refuse(HttpContext http, Arrival? arrival, string reason, ErrorKind kind, string code, string title, IReadOnlyList<Fault> faults, int? retryAfter = null, IReadOnlyList<NewMessage>? rows = null)
    {
        var error = new Error(kind, code, title, faults);
        if (arrival is { } of && payloads.KeepsRefused(of.Integration.Name, of.Followed))
            Keep(http, of, error.Status(), rows ?? [], faults, reason, title);
        metrics.Refused.Add(1, ReasonTags.First(t => (string)t.Value! == reason));
        if (retryAfter is { } seconds)
            http.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return error.ToProblem().ExecuteAsync(http);
    }

    /// <summary>Notes the request for those who look at what the integration received; the bytes are copied, as their buffer goes back.</summary>
    private void Keep(HttpContext http, Arrival arrival, int status, IReadOnlyList<NewMessage> rows, IReadOnlyList<Fault> faults, string? reason = null, string? title = null)
    {
        var alerts = rows.Take(PayloadLog.KeptAlerts).Select(r => (r.Id, Alert: (AlertAccepted)r.Message!)).Select(r => new PayloadAlert(r.Id, r.Alert.Title, r.Alert.Key, r.Alert.Firing)).ToList();
        payloads.Add(arrival.Integration.Name, new Payload(
            arrival.At, arrival.Source.Path, status, arrival.Body[..Math.Min(arrival.Body.Length, PayloadLog.KeptBytes)].ToArray(), arrival.Size,
            http.Request.ContentType, http.Request.Headers.UserAgent.ToString() is { Length: > 0 } agent ? agent : null, rows.Count, alerts, faults) { Reason = reason, Title = title });
    }

    /// <summary>A request to a known integration. <paramref name="Followed"/>: it is kept for those who look, with what becomes of its alerts.</summary>
    private readonly record struct Arrival(Integration Integration, ISource Source, NodaTime.Instant At, bool Followed)
    {
        public ReadOnlyMemory<byte> Body { get; init; }

        /// <summary>Bytes of the whole body; null: unknown.</summary>
        public long? Size { get; init; }
    }
}
