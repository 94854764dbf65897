using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Incidents.Simulator.Slack;

/// <summary>Response URLs: five uses within thirty minutes, each to post, replace or delete a message (docs.slack.dev/interactivity/handling-user-interaction).</summary>
internal sealed class ResponseUrls(Workspace workspace, PublicAddress address, TimeProvider time)
{
    private const int Uses = 5;
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(30);
    private readonly Dictionary<string, Grant> _known = new(StringComparer.Ordinal);

    private sealed class Grant(string conversation, string member, string? ts, DateTimeOffset until)
    {
        public string Conversation => conversation;
        public string Member => member;
        public string? Ts => ts;
        public DateTimeOffset Until => until;
        public int Used { get; set; }
    }

    public void Map(IEndpointRouteBuilder slack) => slack.MapPost("/actions/{key}", UseAsync);

    /// <summary>An address for a member's answer; <paramref name="ts"/>: the message that a button is on.</summary>
    public string Give(string conversation, string member, string? ts)
    {
        var key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        lock (_known)
        {
            if (_known.Count > 2000) _known.Clear();
            _known[key] = new Grant(conversation, member, ts, time.GetUtcNow() + Life);
        }
        return address.Resolve($"{SimulatorEndpoints.Root}/slack/actions/{key}").AbsoluteUri;
    }

    private async Task<IResult> UseAsync(string key, HttpContext http)
    {
        Grant? grant;
        lock (_known)
        {
            if (!_known.TryGetValue(key, out grant)) return Results.Json(Refusal("invalid_url"), statusCode: 404);
            if (time.GetUtcNow() > grant.Until) return Results.Json(Refusal("expired_url"), statusCode: 404);
            if (++grant.Used > Uses) return Results.Json(Refusal("used_url"), statusCode: 404);
        }
        JsonObject? body;
        try
        {
            body = await JsonNode.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted) as JsonObject;
        }
        catch (JsonException)
        {
            body = null;
        }
        if (body is null) return Results.Json(Refusal("invalid_payload"), statusCode: 400);
        return Apply(body, grant.Conversation, grant.Member, grant.Ts) is { } error ? Results.Json(Refusal(error), statusCode: 400) : Results.Text("ok");
    }

    /// <summary>What an answer to a command or a response URL does; an error code when it may not.</summary>
    public string? Apply(JsonObject body, string conversationId, string member, string? ts)
    {
        var blocks = body["blocks"]?.DeepClone() as JsonArray;
        var text = BlockRules.Text(body["text"]) ?? "";
        if (blocks is not null && BlockRules.Message(blocks) is not null) return "invalid_blocks";
        lock (workspace.Gate)
        {
            if (workspace.Find(conversationId) is not { } conversation) return "channel_not_found";
            var target = ts is null ? null : conversation.Posts.Find(p => p.Ts == ts);
            if ((bool?)body["delete_original"] == true && target is not null)
            {
                conversation.Posts.Remove(target);
                workspace.Changes.Changed(conversation.Id);
                return null;
            }
            if ((bool?)body["replace_original"] == true && target is not null)
            {
                target.Text = text;
                target.Blocks = blocks;
                target.EditedTs = workspace.NextTs();
                target.Edits++;
                workspace.Changes.Changed(conversation.Id);
                return null;
            }
            if (blocks is null && text.Length == 0) return "no_text";
            workspace.Say(conversation, Workspace.BotUser, text, blocks, onlyFor: BlockRules.Text(body["response_type"]) == "in_channel" ? null : member);
            return null;
        }
    }

    private static JsonObject Refusal(string error) => new() { ["ok"] = false, ["error"] = error };
}
