using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Incidents.Contracts.Messages;
using Incidents.Contracts.Organisation;
using Incidents.Kernel;
using NodaTime;
using NodaTime.Text;

namespace Incidents.Ingest.Sources;

/// <summary>Alertmanager's webhook v4, and Grafana's, which is a superset. Absent and unknown fields are tolerated; one bad element never rejects the others.</summary>
internal sealed class Alertmanager(string path) : ISource
{
    private const int MaxKey = 512;

    public string Path => path;
    public bool DropsOn4xx => true;

    public Result<Parsed> Parse(JsonElement body, SourceRequest request)
    {
        if (body.ValueKind != JsonValueKind.Object)
            return Error.Malformed("The body must be a JSON object, as Alertmanager's webhook sends it.");
        if (!body.TryGetProperty("alerts", out var alerts) || alerts.ValueKind != JsonValueKind.Array)
            return Error.Invalid("alerts", "The body must carry a list 'alerts'.");
        var group = Text(body, "groupKey");
        var parsed = new List<AlertAccepted>(alerts.GetArrayLength());
        List<Fault>? faults = null;
        var index = 0;
        foreach (var element in alerts.EnumerateArray())
        {
            try
            {
                parsed.Add(One(element, body, group, request));
            }
            catch (FormatException e)
            {
                (faults ??= []).Add(new Fault($"alerts[{index}]", e.Message));
            }
            index++;
        }
        return new Parsed(parsed, faults ?? []);
    }

    private static AlertAccepted One(JsonElement element, JsonElement body, string? group, SourceRequest request)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw new FormatException("An alert must be an object.");
        var status = Text(element, "status") ?? Text(body, "status") ?? "firing";
        // What cannot be read does not silence an alert that says what it is about: rather a page too many.
        var note = status is "firing" or "resolved" ? null : $"The source gave the status '{status}': taken for firing.";
        var labels = Map(element, "labels");
        var annotations = Map(element, "annotations");
        if (labels.Count == 0 && annotations.Count == 0)
            throw new FormatException("An alert needs labels.");
        var startsAt = Lenient(element, "startsAt", ref note);
        var firing = status != "resolved";
        var key = Text(element, "fingerprint") is { Length: > 0 and <= MaxKey } fingerprint ? fingerprint : Hash(labels);
        var title = First(annotations.GetValueOrDefault("summary"), annotations.GetValueOrDefault("description"), labels.GetValueOrDefault("alertname")) ?? "Alert without a name";
        return new AlertAccepted(
            request.Integration.Name,
            key,
            firing,
            title,
            labels,
            annotations,
            startsAt ?? request.ReceivedAt,
            firing ? null : Lenient(element, "endsAt", ref note),
            request.ReceivedAt,
            Dedup(request.Integration.Deduplicate, group, labels),
            Links: Links(element, annotations),
            StartsAtGiven: startsAt is not null,
            Note: note);
    }

    private static Instant? Lenient(JsonElement element, string name, ref string? note)
    {
        try
        {
            return Time(element, name);
        }
        catch (FormatException e)
        {
            note = $"{note} {e.Message} The time of receipt stands for it.".Trim();
            return null;
        }
    }

    /// <summary>Null: the key itself.</summary>
    private static string? Dedup(Deduplication by, string? group, Dictionary<string, string> labels) => by.By switch
    {
        DeduplicateBy.Group when !string.IsNullOrEmpty(group) => Bounded("group:" + group),
        DeduplicateBy.Labels => Bounded("labels:" + string.Join(',', by.Labels.Select(l => $"{l}={labels.GetValueOrDefault(l)}"))),
        _ => null,
    };

    private static string Bounded(string text) => text.Length <= MaxKey ? text : Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Hash(Dictionary<string, string> labels)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in labels.OrderBy(l => l.Key, StringComparer.Ordinal))
            text.Append(name).Append('\u0001').Append(value).Append('\u0002');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 16));
    }

    private static List<AlertLink>? Links(JsonElement element, Dictionary<string, string> annotations)
    {
        List<AlertLink>? links = null;
        Add(annotations.GetValueOrDefault("runbook_url"), "Runbook");
        Add(annotations.GetValueOrDefault("dashboard_url") ?? Text(element, "dashboardURL"), "Dashboard");
        Add(Text(element, "panelURL"), "Panel");
        Add(Text(element, "silenceURL"), "Silence");
        Add(Text(element, "generatorURL"), "Source");
        return links;

        void Add(string? href, string text)
        {
            if (href is { Length: > 0 } && Uri.TryCreate(href, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")
                (links ??= []).Add(new AlertLink(href!, text));
        }
    }

    internal static string? Text(JsonElement element, string name)
        => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? Read(value) : null;

    /// <summary>A text as far as it can be read: broken UTF-8 and half characters must not silence an alert.</summary>
    internal static string Read(JsonElement text)
    {
        try
        {
            return Texts.Clean(text.GetString()!);
        }
        catch (InvalidOperationException)
        {
            return Texts.Clean(Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(text)[1..^1]));
        }
    }

    /// <summary>The members of an object, texts as texts and everything else as its JSON.</summary>
    internal static Dictionary<string, string> Members(JsonElement value)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var property in value.EnumerateObject())
        {
            string name;
            try
            {
                name = Texts.Clean(property.Name);
            }
            catch (InvalidOperationException)
            {
                // A name that is no text names nothing.
                continue;
            }
            map[name] = property.Value.ValueKind == JsonValueKind.String ? Read(property.Value) : property.Value.GetRawText();
        }
        return map;
    }

    private static string? First(params ReadOnlySpan<string?> texts)
    {
        foreach (var text in texts)
        {
            if (!string.IsNullOrWhiteSpace(text))
                return text;
        }
        return null;
    }

    private static Dictionary<string, string> Map(JsonElement element, string name)
    {
        if (!element.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
            return [];
        if (value.ValueKind != JsonValueKind.Object)
            throw new FormatException($"{name} must be an object of texts.");
        return Members(value);
    }

    /// <summary>Null when absent or zero (year 1, which Alertmanager sends for "not yet").</summary>
    internal static Instant? Time(JsonElement element, string name)
    {
        var text = Text(element, name);
        if (string.IsNullOrEmpty(text) || text.StartsWith("0001-", StringComparison.Ordinal))
            return null;
        var parsed = OffsetDateTimePattern.Rfc3339.Parse(text);
        if (!parsed.Success)
            throw new FormatException($"{name} '{text}' is not an RFC 3339 time.");
        return Instants.Truncate(parsed.Value.ToInstant());
    }
}
