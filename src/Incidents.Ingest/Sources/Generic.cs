using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Incidents.Contracts.Messages;
using Incidents.Kernel;

namespace Incidents.Ingest.Sources;

/// <summary>
/// Our own format: <c>{summary, dedupKey?, status, severity?, service?, details?, links?, startsAt?}</c>.
/// Everything that is wrong is listed, each with its field.
/// </summary>
internal sealed class Generic : ISource
{
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal) { "summary", "dedupKey", "status", "severity", "service", "details", "links", "startsAt" };

    public string Path => "generic";
    public bool DropsOn4xx => false;

    public Result<Parsed> Parse(JsonElement body, SourceRequest request)
    {
        if (body.ValueKind != JsonValueKind.Object)
            return Error.Malformed("The body must be one JSON object.");
        var faults = new List<Fault>();
        foreach (var property in body.EnumerateObject())
        {
            if (!Known.Contains(property.Name))
                faults.Add(new Fault(property.Name, "Unknown field. Put what is your own into 'details'."));
        }
        var summary = String(body, "summary", 1000, faults);
        var given = String(body, "dedupKey", 512, faults);
        var status = String(body, "status", 20, faults) ?? "firing";
        var severity = String(body, "severity", 20, faults);
        var service = String(body, "service", 200, faults);
        if (status is not ("firing" or "resolved"))
            faults.Add(new Fault("status", "Use firing or resolved."));
        if (severity is not null && Severities.Parse(severity) is null)
            faults.Add(new Fault("severity", "Use critical, error, warning, info or SEV1 to SEV4."));
        var key = !string.IsNullOrEmpty(given) ? given : request.IdempotencyKey;
        if (status == "resolved")
        {
            // The key alone says what is over.
            if (string.IsNullOrEmpty(key))
                faults.Add(new Fault("dedupKey", "Needed to say what is resolved."));
        }
        else if (string.IsNullOrWhiteSpace(summary))
        {
            faults.Add(new Fault("summary", "Say in one sentence what is wrong."));
        }
        var details = Details(body, faults);
        var links = Links(body, faults);
        NodaTime.Instant? startsAt = null;
        try
        {
            startsAt = Alertmanager.Time(body, "startsAt");
        }
        catch (FormatException e)
        {
            faults.Add(new Fault("startsAt", e.Message));
        }
        if (faults.Count > 0)
            return new Error(ErrorKind.Malformed, "invalid", "The alert is not valid.", faults);

        key = string.IsNullOrEmpty(key) ? Hash(service, summary!) : key.Length <= 512 ? key : Hash(null, key);
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in details)
            labels[name] = value;
        if (service is not null)
            labels["service"] = service;
        if (severity is not null)
            labels["severity"] = severity;
        var firing = status == "firing";
        return new Parsed([new AlertAccepted(
            request.Integration.Name, key, firing, summary ?? key, labels, new Dictionary<string, string>(StringComparer.Ordinal),
            startsAt ?? request.ReceivedAt, firing ? null : request.ReceivedAt, request.ReceivedAt,
            Service: service, Severity: Severities.Parse(severity), Links: links, StartsAtGiven: startsAt is not null)], []);
    }

    private static string Hash(string? service, string summary)
        => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(service + "\n" + summary)).AsSpan(0, 16));

    private static string? String(JsonElement body, string name, int max, List<Fault> faults)
    {
        if (!body.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        if (value.ValueKind != JsonValueKind.String)
        {
            faults.Add(new Fault(name, "Must be a text."));
            return null;
        }
        var text = Alertmanager.Read(value);
        if (text.Length > max)
            faults.Add(new Fault(name, $"At most {max} characters."));
        return text;
    }

    private static Dictionary<string, string> Details(JsonElement body, List<Fault> faults)
    {
        if (!body.TryGetProperty("details", out var value) || value.ValueKind == JsonValueKind.Null)
            return [];
        if (value.ValueKind != JsonValueKind.Object)
        {
            faults.Add(new Fault("details", "Must be an object."));
            return [];
        }
        return Alertmanager.Members(value);
    }

    private static List<AlertLink>? Links(JsonElement body, List<Fault> faults)
    {
        if (!body.TryGetProperty("links", out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        if (value.ValueKind != JsonValueKind.Array)
        {
            faults.Add(new Fault("links", "Must be a list of {href, text}."));
            return null;
        }
        var links = new List<AlertLink>();
        var index = 0;
        foreach (var element in value.EnumerateArray())
        {
            var href = element.ValueKind == JsonValueKind.Object ? Alertmanager.Text(element, "href") : null;
            if (href is null || !Uri.TryCreate(href, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
                faults.Add(new Fault($"links[{index}].href", "Must be an http or https address."));
            else
                links.Add(new AlertLink(href, Alertmanager.Text(element, "text")));
            index++;
        }
        return links;
    }
}
