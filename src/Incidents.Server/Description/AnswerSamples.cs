using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Incidents.Server.Description;

/// <summary>Makes the example of an answer from its schema: closed words are the first of their list, everything else a word of the demo organisation that fits its name.</summary>
internal sealed class AnswerSamples(OpenApiDocument document)
{
    /// <summary>What is deeper (a list of a list of …) is left empty.</summary>
    private const int Deepest = 9;

    private const string At = "2026-11-21T22:14:03Z";
    private const string Later = "2026-11-22T06:00:00Z";

    public JsonNode? Of(IOpenApiSchema schema) => Of(schema, owner: "", name: "", depth: 0);

    private JsonNode? Of(IOpenApiSchema schema, string owner, string name, int depth)
    {
        if (schema is OpenApiSchemaReference reference)
            return Of(Target(reference), reference.Reference.Id ?? "", name, depth);
        // Nullable types are written as "null or that".
        if (schema.OneOf is { Count: > 0 } either && either.FirstOrDefault(s => s is OpenApiSchemaReference || (s.Type is { } t && t != JsonSchemaType.Null)) is { } one)
            return Of(one, owner, name, depth);
        if (schema.Enum is { Count: > 0 } words)
            return Preferred(owner, name) is { } preferred && words.Any(w => w?.GetValueKind() == JsonValueKind.String && w.GetValue<string>() == preferred) ? JsonValue.Create(preferred) : words[0].DeepClone();
        var type = (schema.Type ?? JsonSchemaType.Object) & ~JsonSchemaType.Null;
        if (type == JsonSchemaType.Array)
            return depth >= Deepest || Empty.Contains($"{owner}.{name}") || schema.Items is null || Item(schema.Items, owner, name, depth) is not { } item ? new JsonArray() : new JsonArray(item);
        if (type == JsonSchemaType.Object)
            return Object(schema, owner, name, depth);
        if (type == JsonSchemaType.Boolean)
            return JsonValue.Create(Yes.Contains(name));
        if (type is JsonSchemaType.Integer or JsonSchemaType.Number)
            return Number(name, type);
        return JsonValue.Create(Text(schema, owner, name));
    }

    private IOpenApiSchema Target(OpenApiSchemaReference reference) => document.Components!.Schemas![reference.Reference.Id!];

    private JsonNode? Item(IOpenApiSchema items, string owner, string name, int depth) => Of(items, owner, name, depth + 1);

    private JsonObject Object(IOpenApiSchema schema, string owner, string name, int depth)
    {
        var made = new JsonObject();
        foreach (var (key, property) in schema.Properties ?? new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal))
        {
            var optional = property.Type is { } type && type.HasFlag(JsonSchemaType.Null) || property.OneOf is { Count: > 0 };
            made[key] = optional && (Absent.Contains(key) || Absent.Contains($"{owner}.{key}") || depth >= Deepest) ? null : Of(property, owner, key, depth + 1);
        }
        if (schema.AdditionalProperties is { } values)
            made[name == "labels" ? "alertname" : name is "hours" ? "night" : "summary"] = Of(values, owner, name == "labels" ? "alertname" : name, depth + 1);
        return made;
    }

    private static JsonValue Number(string name, JsonSchemaType type) => Numbers.TryGetValue(name, out var known)
        ? type == JsonSchemaType.Integer ? JsonValue.Create((long)known) : JsonValue.Create(known)
        : JsonValue.Create(1);

    private static string Text(IOpenApiSchema schema, string owner, string name) => schema.Format switch
    {
        "date-time" => Ends.Contains(name) ? Later : At,
        "date" => name == "to" ? "2026-11-30" : "2026-11-01",
        "uuid" => "019a9d3e-5f10-7c3a-9b1e-2f6d8c0a4e10",
        _ when owner is "SunWindow" or "WindowItem" or "QuietHoursItem" or "SiteHandoff" && name is "from" or "to" && owner is not ("ImportedAbsence" or "") => name == "from" ? "09:00" : "18:00",
        _ => SampleWords.Of(owner, name),
    };

    private static string? Preferred(string owner, string name) => (owner, name) switch
    {
        ("Me", "role") => "manager",
        (_, "role") or ("Role", _) => "responder",
        ("IncidentView", "status") => "triggered",
        ("AttemptView", "state" or "delivery") or ("DeliveryView", "state") => "delivered",
        ("NoticeView" or "TestStep" or "CodeView", "state") => "sent",
        ("SessionView", "method") => "password",
        _ => null,
    };

    /// <summary>Lists that are empty when all went well.</summary>
    private static readonly HashSet<string> Empty = new(StringComparer.Ordinal) { "AcceptedAnswer.errors", "EditAnswer.generatedKeys", "PayloadView.errors" };

    private static readonly HashSet<string> Ends = new(StringComparer.Ordinal) { "to", "until", "expiresAt", "endsAt", "nextTryAt", "over" };

    private static readonly HashSet<string> Yes = new(StringComparer.Ordinal) { "enabled", "applied", "current", "delivered", "mayAct", "usable", "covered", "met", "hasPassword", "passwords" };

    /// <summary>What is there only now and then, and would contradict the rest.</summary>
    private static readonly HashSet<string> Absent = new(StringComparer.Ordinal)
    {
        "nextCursor", "resolvedAt", "resolvedBy", "mergedInto", "snoozedUntil", "waits", "lastError", "disabledReason", "disabledAt", "endedBy", "endedAt", "revokedAt", "waiver", "error",
        "exportedAt", "exportedBy", "formerly", "prefix", "lockedUntil", "quietUntil", "problem",
        "AttemptView.reason", "TestStep.reason", "TestStep.why", "CodeView.why", "NoticeView.reason", "PayloadView.reason", "EditAnswer.item", "previousSecretUntil", "lastFailureAt", "invitedUntil",
    };

    private static readonly Dictionary<string, double> Numbers = new(StringComparer.Ordinal)
    {
        ["number"] = 42, ["incident"] = 42, ["level"] = 1, ["levels"] = 6, ["passes"] = 3, ["version"] = 17, ["ratePerSecond"] = 50, ["concurrency"] = 16, ["status"] = 202, ["milliseconds"] = 84,
        ["score"] = 87, ["total"] = 168, ["totalHours"] = 168, ["business"] = 45, ["offHours"] = 67, ["night"] = 40, ["weekend"] = 16, ["holiday"] = 0, ["share"] = 24.5, ["secondaryShare"] = 24.5,
        ["hours"] = 168, ["points"] = 212.5, ["uneven"] = 0.13, ["limit"] = 25, ["measured"] = 24.5, ["passwordLength"] = 12, ["spent"] = 12.4, ["cost"] = 0.1, ["cap"] = 50, ["triesLeft"] = 5,
        ["recoveryCodesLeft"] = 10, ["failures"] = 5, ["tries"] = 1, ["size"] = 412, ["taken"] = 124, ["rank"] = 1, ["slo"] = 99.99, ["removed"] = 0, ["missed"] = 0, ["past"] = 0,
    };
}
