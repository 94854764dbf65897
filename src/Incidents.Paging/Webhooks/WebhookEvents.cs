using System.Globalization;
using System.Text.Json;
using Incidents.Kernel;
using Incidents.Persistence.Incidents;
using NodaTime;

namespace Incidents.Paging.Webhooks;

/// <summary>What a line of a timeline is called outside, and the envelope in which it travels. Names are frozen: others' programs know them.</summary>
internal static class WebhookEvents
{
    public const string Ping = "ping";

    private static readonly Dictionary<string, string> ByKind = new(StringComparer.Ordinal)
    {
        [TimelineKinds.Opened] = "incident.triggered",
        [TimelineKinds.AlertJoined] = "incident.alertJoined",
        [TimelineKinds.LevelStarted] = "incident.levelStarted",
        [TimelineKinds.Acknowledged] = "incident.acknowledged",
        [TimelineKinds.Unacknowledged] = "incident.unacknowledged",
        [TimelineKinds.Escalated] = "incident.escalated",
        [TimelineKinds.Snoozed] = "incident.snoozed",
        [TimelineKinds.Note] = "incident.annotated",
        [TimelineKinds.Resolved] = "incident.resolved",
        [TimelineKinds.Reopened] = "incident.reopened",
        [TimelineKinds.PageSent] = "responder.paged",
        [TimelineKinds.Answered] = "responder.answered",
        [TimelineKinds.PageFailed] = "responder.unreached",
    };

    /// <summary>The closed list that a webhook can choose from.</summary>
    public static IReadOnlyList<string> All { get; } = [.. ByKind.Values.Order(StringComparer.Ordinal)];

    /// <summary>Null: this kind of line is not told outside.</summary>
    public static string? Of(string kind) => ByKind.GetValueOrDefault(kind);

    public static string IdOf(TimelineEntry line) => "evt-" + line.Id.ToString(CultureInfo.InvariantCulture);

    public static bool Wants(Webhook hook, string type, Incident incident)
    {
        return In(hook.Events, type) && In(hook.Teams, incident.Team ?? "") && In(hook.Pools, incident.Pool) && In(hook.Services, incident.Service) && In(hook.Severities, incident.Severity.Name());

        static bool In(string list, string value) => list.Length == 0 || Webhook.Split(list).Contains(value, StringComparer.Ordinal);
    }

    /// <summary>The body of an event. The incident stands as it is when this is written, which may be a moment after the event.</summary>
    public static string Body(TimelineEntry line, string type, Incident i, string publicUrl) => Envelope(IdOf(line), type, "incident", line.At, line.Actor ?? "system", line.Via, new
    {
        incident = new
        {
            id = i.Id,
            number = i.Number,
            url = $"{publicUrl}/incidents/{i.Number.ToString(CultureInfo.InvariantCulture)}",
            title = i.Title,
            status = i.Status,
            severity = i.Severity,
            urgency = i.Urgency,
            service = i.Service,
            team = i.Team,
            pool = i.Pool,
            alertCount = i.AlertCount,
            openedAt = i.OpenedAt,
            acknowledgedAt = i.AcknowledgedAt,
            acknowledgedBy = i.AcknowledgedBy,
            resolvedAt = i.ResolvedAt,
            resolvedBy = i.ResolvedBy,
        },
        text = line.Text,
        level = line.Level,
        person = line.Person,
        channel = line.Channel,
    });

    public static string PingBody(string id, Instant now, string actor, string hook)
        => Envelope(id, Ping, "webhook", now, actor, "api", new { webhook = hook, text = "This is a test: nothing happened." });

    private static string Envelope(string id, string type, string resource, Instant at, string login, string via, object data)
        => JsonSerializer.Serialize(new { @event = new { id, type, resource, occurredAt = at, agent = new { login, via }, data } }, Json.Options);
}
