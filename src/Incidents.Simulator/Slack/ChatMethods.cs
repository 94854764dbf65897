using System.Text.Json.Nodes;

namespace Incidents.Simulator.Slack;

/// <summary><c>chat.*</c>: messages, updates in place, messages for one person.</summary>
internal sealed class ChatMethods(Workspace workspace, SlackFaults faults)
{
    private const int LongestText = 40_000;

    public void Map(IEndpointRouteBuilder api)
    {
        api.Method("chat.postMessage", Post);
        api.Method("chat.update", Update);
        api.Method("chat.postEphemeral", Ephemeral);
        api.Method("chat.getPermalink", Permalink);
    }

    private async Task<IResult> Post(HttpContext http)
    {
        if (await SlackArguments.ReadAsync(http) is not { } given) return SlackGate.Failed("invalid_json");
        var (blocks, metadata, refusal) = Content(given);
        if (refusal is not null) return refusal;
        var target = given.Text("channel");
        var member = await workspace.MemberAsync(target, http.RequestAborted);
        Conversation? conversation;
        lock (workspace.Gate) conversation = member is not null ? workspace.Direct(member.Id) : workspace.Find(target);
        if (conversation is null) return SlackGate.Failed("channel_not_found");
        if (conversation.Archived) return SlackGate.Failed("is_archived");
        if (faults.Wait(conversation.Id) is { } seconds) return SlackGate.Limited(http, seconds);
        var post = workspace.Say(conversation, Workspace.BotUser, given.Text("text") ?? "", blocks, metadata, given.Text("thread_ts"));
        return Results.Json(new JsonObject { ["ok"] = true, ["channel"] = conversation.Id, ["ts"] = post.Ts, ["message"] = post.Wire(Workspace.Team, Workspace.Bot, Workspace.App, withMetadata: true) });
    }

    private async Task<IResult> Update(HttpContext http)
    {
        if (await SlackArguments.ReadAsync(http) is not { } given) return SlackGate.Failed("invalid_json");
        var (blocks, metadata, refusal) = Content(given);
        if (refusal is not null) return refusal;
        lock (workspace.Gate)
        {
            var conversation = workspace.Find(given.Text("channel"));
            if (conversation is null) return SlackGate.Failed("channel_not_found");
            if (conversation.Find(given.Text("ts")) is not { } post) return SlackGate.Failed("message_not_found");
            if (!post.ByBot) return SlackGate.Failed("cant_update_message");
            if (faults.Wait(conversation.Id) is { } seconds) return SlackGate.Limited(http, seconds);
            if (given.Text("text") is { } text) post.Text = text;
            if (blocks is not null) post.Blocks = blocks;
            if (metadata is not null) post.Metadata = metadata;
            post.EditedTs = workspace.NextTs();
            post.Edits++;
            workspace.Changes.Changed(conversation.Id);
            return Results.Json(new JsonObject { ["ok"] = true, ["channel"] = conversation.Id, ["ts"] = post.Ts, ["text"] = post.Text });
        }
    }

    private async Task<IResult> Ephemeral(HttpContext http)
    {
        if (await SlackArguments.ReadAsync(http) is not { } given) return SlackGate.Failed("invalid_json");
        var (blocks, _, refusal) = Content(given);
        if (refusal is not null) return refusal;
        if (await workspace.MemberAsync(given.Text("user"), http.RequestAborted) is not { } member) return SlackGate.Failed("user_not_in_channel");
        Conversation? conversation;
        lock (workspace.Gate) conversation = workspace.Find(given.Text("channel"));
        if (conversation is null) return SlackGate.Failed("channel_not_found");
        var post = workspace.Say(conversation, Workspace.BotUser, given.Text("text") ?? "", blocks, onlyFor: member.Id);
        return Results.Json(new JsonObject { ["ok"] = true, ["message_ts"] = post.Ts });
    }

    private async Task<IResult> Permalink(HttpContext http)
    {
        if (await SlackArguments.ReadAsync(http) is not { } given) return SlackGate.Failed("invalid_arguments");
        lock (workspace.Gate)
        {
            if (workspace.Find(given.Text("channel")) is not { } conversation) return SlackGate.Failed("channel_not_found");
            if (conversation.Find(given.Text("message_ts")) is not { } post) return SlackGate.Failed("message_not_found");
            var link = $"https://{Workspace.TeamDomain}.slack.com/archives/{conversation.Id}/p{post.Ts.Replace(".", "", StringComparison.Ordinal)}";
            return Results.Json(new JsonObject { ["ok"] = true, ["channel"] = conversation.Id, ["permalink"] = link });
        }
    }

    private static (JsonArray? Blocks, JsonObject? Metadata, IResult? Refusal) Content(SlackArguments given)
    {
        if (!given.TryJson<JsonArray>("blocks", out var blocks)) return (null, null, SlackGate.Failed("invalid_blocks_format"));
        if (blocks is not null && BlockRules.Message(blocks) is { } fault) return (null, null, SlackGate.Failed("invalid_blocks", fault));
        if (blocks is not { Count: > 0 } && string.IsNullOrEmpty(given.Text("text"))) return (null, null, SlackGate.Failed("no_text"));
        if (given.Text("text") is { Length: > LongestText }) return (null, null, SlackGate.Failed("msg_too_long"));
        if (!given.TryJson<JsonObject>("metadata", out var metadata)) return (null, null, SlackGate.Failed("invalid_metadata_format"));
        if (metadata is not null && (BlockRules.Text(metadata["event_type"]) is null || metadata["event_payload"] is not JsonObject)) return (null, null, SlackGate.Failed("invalid_metadata_schema"));
        return (blocks, metadata, null);
    }
}
