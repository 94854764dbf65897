using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using NodaTime;

namespace Incidents.Paging.Channels.Slack.Wire;

/// <summary>A message's text for notifications and old clients, and its blocks.</summary>
internal sealed record SlackMessage(string Text, JsonArray Blocks);

/// <summary>The methods that we use, with their arguments.</summary>
internal sealed class SlackApi(SlackClient client)
{
    public const string AttemptEvent = "incidents_page";
    public const string IncidentEvent = "incidents_incident";

    /// <summary>Posts; <paramref name="channel"/> is a conversation's id or name. The metadata lets it be found again after a crash.</summary>
    public Task<SlackReply> Post(string channel, SlackMessage message, string kind, string id, CancellationToken cancellationToken)
    {
        var arguments = Content(message);
        arguments["channel"] = channel;
        arguments["unfurl_links"] = false;
        arguments["metadata"] = new JsonObject { ["event_type"] = kind, ["event_payload"] = new JsonObject { ["id"] = id } };
        return client.Post("chat.postMessage", arguments, cancellationToken);
    }

    public Task<SlackReply> Update(string channel, string ts, SlackMessage message, CancellationToken cancellationToken)
    {
        var arguments = Content(message);
        arguments["channel"] = channel;
        arguments["ts"] = ts;
        return client.Post("chat.update", arguments, cancellationToken);
    }

    /// <summary>A message that one person sees.</summary>
    public Task<SlackReply> Whisper(string channel, string user, string text, CancellationToken cancellationToken)
        => client.Post("chat.postEphemeral", new JsonObject { ["channel"] = channel, ["user"] = user, ["text"] = text }, cancellationToken);

    public Task<SlackReply> Open(string user, CancellationToken cancellationToken)
        => client.Post("conversations.open", new JsonObject { ["users"] = user }, cancellationToken);

    /// <summary>
    /// The ts of our messages with this metadata since an instant, newest first; null when Slack could not be asked, and the reply in either case.
    /// </summary>
    public async Task<(IReadOnlyList<string>? Found, SlackReply Reply)> FindPosted(string channel, string kind, string id, Instant since, CancellationToken cancellationToken)
    {
        var reply = await client.Read("conversations.history", cancellationToken, ("channel", channel), ("oldest", Ts(since)), ("inclusive", "true"), ("limit", "200"), ("include_all_metadata", "true"));
        if (!reply.Ok)
            return (null, reply);
        return ([.. reply.Body.At("messages").Items()
            .Where(m => m.Text("metadata", "event_type") == kind && m.Text("metadata", "event_payload", "id") == id)
            .Select(m => m.Text("ts")).OfType<string>()], reply);
    }

    /// <summary>One message, also when it is an answer in a thread.</summary>
    public async Task<(JsonElement? Message, SlackReply Reply)> Message(string channel, string ts, CancellationToken cancellationToken)
    {
        var reply = await client.Read("conversations.replies", cancellationToken, ("channel", channel), ("ts", ts), ("limit", "1"), ("inclusive", "true"));
        var found = reply.Ok ? reply.Body.At("messages").Items().FirstOrDefault(m => m.Text("ts") == ts) : default;
        return (found.ValueKind == JsonValueKind.Object ? found : null, reply);
    }

    public Task<SlackReply> Permalink(string channel, string ts, CancellationToken cancellationToken)
        => client.Read("chat.getPermalink", cancellationToken, ("channel", channel), ("message_ts", ts));

    public Task<SlackReply> User(string id, CancellationToken cancellationToken) => client.Read("users.info", cancellationToken, ("user", id));

    public Task<SlackReply> UserByEmail(string email, CancellationToken cancellationToken) => client.Read("users.lookupByEmail", cancellationToken, ("email", email));

    public Task<SlackReply> OpenView(string trigger, JsonObject view, CancellationToken cancellationToken)
        => client.Post("views.open", new JsonObject { ["trigger_id"] = trigger, ["view"] = view }, cancellationToken);

    public Task<SlackReply> CreateChannel(string name, CancellationToken cancellationToken)
        => client.Post("conversations.create", new JsonObject { ["name"] = name, ["is_private"] = false }, cancellationToken);

    public Task<SlackReply> SetTopic(string channel, string topic, CancellationToken cancellationToken)
        => client.Post("conversations.setTopic", new JsonObject { ["channel"] = channel, ["topic"] = topic }, cancellationToken);

    public Task<SlackReply> Archive(string channel, CancellationToken cancellationToken)
        => client.Post("conversations.archive", new JsonObject { ["channel"] = channel }, cancellationToken);

    public Task<SlackReply> Invite(string channel, IEnumerable<string> users, CancellationToken cancellationToken)
        => client.Post("conversations.invite", new JsonObject { ["channel"] = channel, ["users"] = string.Join(',', users) }, cancellationToken);

    public Task<SlackReply> Bookmark(string channel, string title, string link, CancellationToken cancellationToken)
        => client.Post("bookmarks.add", new JsonObject { ["channel_id"] = channel, ["title"] = title, ["type"] = "link", ["link"] = link }, cancellationToken);

    /// <summary>The id of a channel of this name that is not archived; null: none, or Slack could not be asked.</summary>
    public async Task<string?> ChannelNamed(string name, CancellationToken cancellationToken)
    {
        var cursor = "";
        for (var page = 0; page < 20; page++)
        {
            var reply = await client.Read("conversations.list", cancellationToken, ("types", "public_channel"), ("exclude_archived", "true"), ("limit", "999"), ("cursor", cursor));
            if (!reply.Ok)
                return null;
            if (reply.Body.At("channels").Items().FirstOrDefault(c => c.Text("name") == name && c.At("is_archived").ValueKind != JsonValueKind.True).Text("id") is { } found)
                return found;
            cursor = reply.Text("response_metadata", "next_cursor") ?? "";
            if (cursor.Length == 0)
                return null;
        }
        return null;
    }

    public Task<SlackReply> Respond(string url, JsonObject message, CancellationToken cancellationToken) => client.Respond(url, message, cancellationToken);

    /// <summary>An instant as Slack writes it: seconds and microseconds.</summary>
    public static string Ts(Instant instant) => string.Create(CultureInfo.InvariantCulture, $"{instant.ToUnixTimeTicks() / 10 / 1_000_000}.{instant.ToUnixTimeTicks() / 10 % 1_000_000:000000}");

    private static JsonObject Content(SlackMessage message) => new() { ["text"] = message.Text, ["blocks"] = message.Blocks.DeepClone() };
}
