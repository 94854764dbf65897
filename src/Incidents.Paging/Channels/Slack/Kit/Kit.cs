using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;

namespace Incidents.Paging.Channels.Slack.Kit;

/// <summary>Slack's mark-up: words of the outside world made harmless, links, instants in the reader's own zone.</summary>
internal static class Mark
{
    /// <summary>Words that mean themselves, whatever they contain.</summary>
    public static string Escape(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    public static string Cut(string text, int longest) => Escape(Wording.Cut(text, longest));

    public static string Link(string url, string text) => $"<{url}|{Escape(text)}>";

    /// <summary>Shown by Slack in the zone of whoever reads it; clients that cannot do it show <paramref name="zone"/>'s time.</summary>
    public static string When(Instant at, string? zone = null, bool timeOnly = false)
        => $"<!date^{at.ToUnixTimeSeconds()}^{(timeOnly ? "{time}" : "{date_short_pretty} {time}")}|{Plain(at, zone)}>";

    /// <summary>For texts without mark-up: local time of a zone, UTC when it is unknown.</summary>
    public static string Plain(Instant at, string? zone)
    {
        var local = at.InZone((zone is null ? null : DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone)) ?? DateTimeZone.Utc);
        return ZonedDateTimePattern.CreateWithInvariantCulture("ddd d MMM HH:mm z", null).Format(local);
    }
}

/// <summary>Block Kit (docs.slack.dev/reference/block-kit), within its limits.</summary>
internal static class Block
{
    public static JsonObject Header(string text) => new() { ["type"] = "header", ["text"] = Plain(Wording.Cut(text, 148)) };

    public static JsonObject Section(string mrkdwn) => new() { ["type"] = "section", ["text"] = Words(mrkdwn) };

    public static JsonObject Fields(params IEnumerable<string> mrkdwn) => new() { ["type"] = "section", ["fields"] = new JsonArray([.. mrkdwn.Select(Words)]) };

    public static JsonObject Context(string mrkdwn) => new() { ["type"] = "context", ["elements"] = new JsonArray(Words(mrkdwn)) };

    public static JsonObject Divider() => new() { ["type"] = "divider" };

    public static JsonObject Actions(string id, params IEnumerable<JsonObject> elements) => new() { ["type"] = "actions", ["block_id"] = id, ["elements"] = new JsonArray([.. elements]) };

    public static JsonObject Button(string text, string action, string value, string? style = null, JsonObject? confirm = null)
    {
        var button = new JsonObject { ["type"] = "button", ["text"] = Plain(text), ["action_id"] = action, ["value"] = value };
        if (style is not null)
            button["style"] = style;
        if (confirm is not null)
            button["confirm"] = confirm;
        return button;
    }

    public static JsonObject LinkButton(string text, string action, string url) => new() { ["type"] = "button", ["text"] = Plain(text), ["action_id"] = action, ["url"] = url };

    public static JsonObject Confirm(string title, string text, string yes)
        => new() { ["title"] = Plain(title), ["text"] = Plain(text), ["confirm"] = Plain(yes), ["deny"] = Plain("Not now") };

    public static JsonObject Input(string id, string label, JsonObject element, bool optional = false, string? hint = null)
    {
        var input = new JsonObject { ["type"] = "input", ["block_id"] = id, ["label"] = Plain(label), ["element"] = element, ["optional"] = optional };
        if (hint is not null)
            input["hint"] = Plain(hint);
        return input;
    }

    public static JsonObject Text(string action, string? initial = null, bool multiline = false, int longest = 1000, string? placeholder = null)
    {
        var text = new JsonObject { ["type"] = "plain_text_input", ["action_id"] = action, ["multiline"] = multiline, ["max_length"] = longest };
        if (!string.IsNullOrEmpty(initial))
            text["initial_value"] = Wording.Cut(initial, longest);
        if (placeholder is not null)
            text["placeholder"] = Plain(placeholder);
        return text;
    }

    /// <summary>A menu of at most a hundred, Slack's limit.</summary>
    public static JsonObject Select(string action, IReadOnlyList<(string Text, string Value)> options, string? initial = null, string? placeholder = null)
    {
        var shown = options.Where(o => o.Value.Length is > 0 and <= 150).Take(100).Select(o => (o.Value, Option: Option(o.Text, o.Value))).ToList();
        var select = new JsonObject { ["type"] = "static_select", ["action_id"] = action, ["options"] = new JsonArray([.. shown.Select(s => s.Option)]) };
        if (shown.FirstOrDefault(s => s.Value == initial).Option is { } first)
            select["initial_option"] = first.DeepClone();
        if (placeholder is not null)
            select["placeholder"] = Plain(placeholder);
        return select;
    }

    public static JsonObject Member(string action, string placeholder) => new() { ["type"] = "users_select", ["action_id"] = action, ["placeholder"] = Plain(placeholder) };

    public static JsonObject Moment(string action, Instant initial) => new() { ["type"] = "datetimepicker", ["action_id"] = action, ["initial_date_time"] = initial.ToUnixTimeSeconds() };

    public static JsonObject Modal(string callback, string title, string? submit, string metadata, params IEnumerable<JsonObject> blocks)
    {
        var view = new JsonObject
        {
            ["type"] = "modal", ["callback_id"] = callback, ["title"] = Plain(title), ["close"] = Plain(submit is null ? "Done" : "Cancel"), ["private_metadata"] = metadata,
            ["blocks"] = new JsonArray([.. blocks]),
        };
        if (submit is not null)
            view["submit"] = Plain(submit);
        return view;
    }

    private static JsonObject Option(string text, string value) => new() { ["text"] = Plain(Wording.Cut(text, 74)), ["value"] = value };

    private static JsonObject Plain(string text) => new() { ["type"] = "plain_text", ["text"] = text, ["emoji"] = true };

    private static JsonObject Words(string mrkdwn) => new() { ["type"] = "mrkdwn", ["text"] = mrkdwn };
}
