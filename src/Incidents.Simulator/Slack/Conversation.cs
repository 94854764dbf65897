using System.Text.Json.Nodes;

namespace Incidents.Simulator.Slack;

/// <summary>One message. Its <see cref="Ts"/> is its identity in the conversation; an update keeps it.</summary>
internal sealed class Post
{
    public required string Ts { get; init; }
    public required string User { get; init; }
    public bool ByBot { get; init; }
    public string Text { get; set; } = "";
    public JsonArray? Blocks { get; set; }
    public JsonObject? Metadata { get; set; }
    public string? ThreadTs { get; init; }

    /// <summary>When it was last changed, in the form of a ts.</summary>
    public string? EditedTs { get; set; }

    /// <summary>Who alone sees it; null: everybody.</summary>
    public string? OnlyFor { get; init; }

    /// <summary>How often it was changed: tests look at it.</summary>
    public int Edits { get; set; }

    /// <summary>Emoji name → who reacted, in order.</summary>
    public Dictionary<string, List<string>> Reactions { get; } = new(StringComparer.Ordinal);

    /// <summary>As the vendor's API shows a message.</summary>
    public JsonObject Wire(string team, string bot, string app, bool withMetadata)
    {
        var json = new JsonObject { ["type"] = "message", ["user"] = User, ["ts"] = Ts, ["text"] = Text, ["team"] = team };
        if (ByBot)
        {
            json["bot_id"] = bot;
            json["app_id"] = app;
        }
        if (ThreadTs is not null) json["thread_ts"] = ThreadTs;
        if (Blocks is not null) json["blocks"] = Blocks.DeepClone();
        if (EditedTs is not null) json["edited"] = new JsonObject { ["user"] = User, ["ts"] = EditedTs };
        if (withMetadata && Metadata is not null) json["metadata"] = Metadata.DeepClone();
        if (Reactions.Count > 0)
            json["reactions"] = new JsonArray([.. Reactions.Select(r => new JsonObject { ["name"] = r.Key, ["users"] = Strings(r.Value), ["count"] = r.Value.Count })]);
        return json;
    }

    public static JsonArray Strings(IEnumerable<string> values) => new([.. values.Select(v => (JsonNode)v)]);
}

/// <summary>A channel, or a direct conversation between the app and one member.</summary>
internal sealed class Conversation
{
    private const int Kept = 500;

    public required string Id { get; init; }
    public required string Name { get; init; }
    public required long Created { get; init; }

    /// <summary>The member of a direct conversation; null: a channel.</summary>
    public string? With { get; init; }
    public string Topic { get; set; } = "";
    public bool Archived { get; set; }
    public HashSet<string> Members { get; } = new(StringComparer.Ordinal);
    public List<(string Title, string Link)> Bookmarks { get; } = [];
    public List<Post> Posts { get; } = [];

    public Post? Find(string? ts) => Posts.Find(p => string.Equals(p.Ts, ts, StringComparison.Ordinal) && p.OnlyFor is null);

    public void Add(Post post)
    {
        Posts.Add(post);
        if (Posts.Count > Kept) Posts.RemoveAt(0);
    }

    public JsonObject Wire() => With is not null
        ? new JsonObject { ["id"] = Id, ["created"] = Created, ["is_im"] = true, ["user"] = With, ["is_archived"] = Archived }
        : new JsonObject
        {
            ["id"] = Id,
            ["name"] = Name,
            ["name_normalized"] = Name,
            ["created"] = Created,
            ["is_channel"] = true,
            ["is_archived"] = Archived,
            ["is_private"] = false,
            ["is_member"] = true,
            ["topic"] = new JsonObject { ["value"] = Topic, ["creator"] = "", ["last_set"] = 0 },
            ["num_members"] = Members.Count,
        };
}
