using System.Text.Json.Nodes;

namespace Incidents.Paging.Channels.Slack.Commands;

/// <summary>A slash command as Slack sends it (docs.slack.dev/interactivity/implementing-slash-commands).</summary>
internal sealed record SlashCommand(string Command, string Text, string User, string Channel, string ResponseUrl, string Trigger)
{
    public static SlashCommand Of(IReadOnlyDictionary<string, string> form)
    {
        string Field(string name) => form.TryGetValue(name, out var value) ? value : "";
        return new SlashCommand(Field("command"), Field("text").Trim(), Field("user_id"), Field("channel_id"), Field("response_url"), Field("trigger_id"));
    }
}

/// <summary>An answer that its asker alone sees.</summary>
internal sealed record Said(string Text, JsonArray? Blocks = null)
{
    public static implicit operator Said(string text) => new(text);

    public JsonObject Wire()
    {
        var json = new JsonObject { ["response_type"] = "ephemeral", ["replace_original"] = false, ["text"] = Text };
        if (Blocks is not null)
            json["blocks"] = Blocks.DeepClone();
        return json;
    }
}

/// <summary>Splits words off the front of a command.</summary>
internal static class CommandWords
{
    public static (string Word, string More) First(string text)
    {
        text = text.Trim();
        var end = text.IndexOfAny([' ', '\t', '\n']);
        return end < 0 ? (text, "") : (text[..end], text[end..].Trim());
    }

    /// <summary><c>42</c> or <c>#42</c>.</summary>
    public static long? Number(string word)
        => long.TryParse(word.TrimStart('#'), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;

    /// <summary>The user of a mention, <c>&lt;@U012AB3CD|ana&gt;</c>; null for anything else.</summary>
    public static string? Mentioned(string word)
        => word.StartsWith("<@", StringComparison.Ordinal) && word.EndsWith('>') ? word[2..^1].Split('|')[0] : null;
}
