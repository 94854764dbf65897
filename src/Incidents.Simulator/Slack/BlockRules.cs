using System.Text.Json;
using System.Text.Json.Nodes;

namespace Incidents.Simulator.Slack;

/// <summary>What the vendor refuses in Block Kit (docs.slack.dev/reference/block-kit): unknown types, missing parts, texts that are too long.</summary>
internal static class BlockRules
{
    private static readonly HashSet<string> InMessages = new(StringComparer.Ordinal) { "section", "header", "divider", "context", "actions", "image", "rich_text", "input" };

    /// <summary>The first fault of a message's blocks, or null.</summary>
    public static string? Message(JsonArray blocks) => blocks.Count > 50 ? "no more than 50 items allowed" : Blocks(blocks);

    /// <summary>The first fault of a view, or null.</summary>
    public static string? View(JsonObject view)
    {
        if (Text(view["type"]) is not ("modal" or "home")) return "type must be modal or home";
        if (Text(view["type"]) == "modal" && Plain(view["title"], 24) is { } title) return $"title: {title}";
        foreach (var name in new[] { "submit", "close" })
        {
            if (view[name] is { } button && Plain(button, 24) is { } fault) return $"{name}: {fault}";
        }
        if (Text(view["callback_id"]) is { Length: > 255 }) return "callback_id is longer than 255";
        if (Text(view["private_metadata"]) is { Length: > 3000 }) return "private_metadata is longer than 3000";
        if (view["blocks"] is not JsonArray blocks) return "blocks are missing";
        if (blocks.Count > 100) return "no more than 100 items allowed";
        if (view["submit"] is null && blocks.Any(b => Text(b?["type"]) == "input")) return "submit is required when there is an input";
        return Blocks(blocks);
    }

    private static string? Blocks(JsonArray blocks)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < blocks.Count; i++)
        {
            if (blocks[i] is not JsonObject block) return $"/blocks/{i}: must be an object";
            if (Text(block["block_id"]) is { } id && (id.Length > 255 || !ids.Add(id))) return $"/blocks/{i}/block_id: longer than 255, or there twice";
            if (Block(block) is { } fault) return $"/blocks/{i}: {fault}";
        }
        return null;
    }

    private static string? Block(JsonObject block) => Text(block["type"]) switch
    {
        { } type when !InMessages.Contains(type) => $"unsupported type: {type}",
        "header" => Plain(block["text"], 150),
        "section" => Section(block),
        "context" => block["elements"] is JsonArray { Count: > 0 and <= 10 } parts
            ? parts.Select(p => Text(p?["type"]) == "image" ? null : AnyText(p, 3000)).FirstOrDefault(f => f is not null)
            : "elements: 1 to 10",
        "actions" => block["elements"] is JsonArray { Count: > 0 and <= 25 } buttons
            ? buttons.Select(Element).FirstOrDefault(f => f is not null)
            : "elements: 1 to 25",
        "input" => Plain(block["label"], 2000) ?? (block["hint"] is { } hint ? Plain(hint, 2000) : null) ?? Element(block["element"]),
        "divider" or "rich_text" => null,
        "image" => Text(block["alt_text"]) is null ? "alt_text is missing" : null,
        _ => "type is missing",
    };

    private static string? Section(JsonObject block)
    {
        if (block["text"] is null && block["fields"] is null) return "text or fields are needed";
        if (block["text"] is { } text && AnyText(text, 3000) is { } fault) return $"text: {fault}";
        if (block["fields"] is { } given)
        {
            if (given is not JsonArray { Count: > 0 and <= 10 } fields) return "fields: 1 to 10";
            if (fields.Select(f => AnyText(f, 2000)).FirstOrDefault(f => f is not null) is { } bad) return $"fields: {bad}";
        }
        return block["accessory"] is { } accessory ? Element(accessory) : null;
    }

    private static string? Element(JsonNode? node)
    {
        if (node is not JsonObject element) return "an element is missing";
        if (Text(element["action_id"]) is { Length: > 255 }) return "action_id is longer than 255";
        return Text(element["type"]) switch
        {
            "button" => Plain(element["text"], 75)
                ?? (Text(element["value"]) is { Length: > 2000 } ? "value is longer than 2000" : null)
                ?? (Text(element["url"]) is { Length: > 3000 } ? "url is longer than 3000" : null)
                ?? (Text(element["style"]) is null or "primary" or "danger" ? null : "style must be primary or danger")
                ?? Confirm(element["confirm"]),
            "static_select" => Options(element["options"]) ?? (element["placeholder"] is { } p ? Plain(p, 150) : null),
            "overflow" => Options(element["options"], 5),
            "users_select" or "datepicker" or "timepicker" or "datetimepicker" => element["placeholder"] is { } p ? Plain(p, 150) : null,
            "plain_text_input" => element["placeholder"] is { } p ? Plain(p, 150) : null,
            null => "type is missing",
            var other => $"unsupported element: {other}",
        };
    }

    private static string? Options(JsonNode? node, int most = 100)
    {
        if (node is not JsonArray options || options.Count == 0 || options.Count > most) return $"options: 1 to {most}";
        return options.Select(o => AnyText(o?["text"], 75) ?? (Text(o?["value"]) is { Length: > 0 and <= 150 } ? null : "value: 1 to 150 characters")).FirstOrDefault(f => f is not null);
    }

    private static string? Confirm(JsonNode? confirm) => confirm is null ? null
        : Plain(confirm["title"], 100) ?? AnyText(confirm["text"], 300) ?? Plain(confirm["confirm"], 30) ?? Plain(confirm["deny"], 30);

    private static string? Plain(JsonNode? text, int longest) => Text(text?["type"]) == "plain_text" ? AnyText(text, longest) : "must be plain_text";

    private static string? AnyText(JsonNode? text, int longest) => Text(text?["type"]) is not ("plain_text" or "mrkdwn") ? "type must be plain_text or mrkdwn"
        : Text(text!["text"]) is not { Length: > 0 } words ? "text must be 1 character or more"
        : words.Length > longest ? $"must be less than {longest + 1} characters"
        : null;

    public static string? Text(JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
}
