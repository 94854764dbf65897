using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Incidents.Simulator.Slack;

/// <summary>What a member does in the chat, and the requests to the application that follow from it.</summary>
internal sealed class MemberActions(Workspace workspace, SlackRequests requests, ResponseUrls urls, Triggers triggers, SlackFaults faults, TimeProvider time)
{
    private static readonly TimeSpan[] Redeliveries = [TimeSpan.FromMilliseconds(200), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5)];
    private int _events;

    /// <summary>A slash command. Its answer appears to the member alone unless it says otherwise; none in three seconds shows the vendor's error.</summary>
    public async Task<SlackAnswer> Command(SimulatedMember member, Conversation conversation, string command, string text, CancellationToken cancellationToken)
    {
        var answer = await requests.Form("/commands",
        [
            new("token", "simulated"), new("team_id", Workspace.Team), new("team_domain", Workspace.TeamDomain), new("channel_id", conversation.Id),
            new("channel_name", conversation.With is null ? conversation.Name : "directmessage"), new("user_id", member.Id), new("user_name", member.Login), new("command", command),
            new("text", text), new("api_app_id", Workspace.App), new("is_enterprise_install", "false"), new("response_url", urls.Give(conversation.Id, member.Id, null)),
            new("trigger_id", triggers.Give(member.Id)),
        ], cancellationToken);
        if (!answer.Ok)
            workspace.Say(conversation, Workspace.BotUser, $"{command} failed with the error \"{(answer.Status == 0 ? "operation_timeout" : "dispatch_failed")}\"", onlyFor: member.Id);
        else if (answer.Body.Length > 0)
            urls.Apply(Parse(answer.Body) ?? new JsonObject { ["text"] = answer.Body }, conversation.Id, member.Id, null);
        return answer;
    }

    /// <summary>A button or a menu on a message is used.</summary>
    public Task<SlackAnswer> Act(SimulatedMember member, Conversation conversation, Post post, JsonObject action, CancellationToken cancellationToken)
    {
        action["action_ts"] = ActionTs();
        var payload = Payload("block_actions", member);
        payload["trigger_id"] = triggers.Give(member.Id);
        payload["container"] = new JsonObject { ["type"] = "message", ["message_ts"] = post.Ts, ["channel_id"] = conversation.Id, ["is_ephemeral"] = post.OnlyFor is not null };
        payload["channel"] = new JsonObject { ["id"] = conversation.Id, ["name"] = conversation.With is null ? conversation.Name : "directmessage" };
        payload["message"] = post.Wire(Workspace.Team, Workspace.Bot, Workspace.App, withMetadata: true);
        payload["state"] = new JsonObject { ["values"] = new JsonObject() };
        payload["response_url"] = urls.Give(conversation.Id, member.Id, post.Ts);
        payload["actions"] = new JsonArray(action);
        return requests.Form("/interactions", [new("payload", payload.ToJsonString())], cancellationToken);
    }

    /// <summary>A modal is sent off. The answer closes it, shows faults at its fields, or puts another in its place.</summary>
    public async Task<(SlackAnswer Answer, JsonObject? Errors)> Submit(SimulatedMember member, JsonObject view, JsonObject values, CancellationToken cancellationToken)
    {
        var submitted = (JsonObject)view.DeepClone();
        submitted["team_id"] = Workspace.Team;
        submitted["app_id"] = Workspace.App;
        submitted["bot_id"] = Workspace.Bot;
        submitted["root_view_id"] = submitted["id"]!.DeepClone();
        submitted["state"] = new JsonObject { ["values"] = values };
        var payload = Payload("view_submission", member);
        payload["trigger_id"] = triggers.Give(member.Id);
        payload["view"] = submitted;
        payload["response_urls"] = new JsonArray();
        var answer = await requests.Form("/interactions", [new("payload", payload.ToJsonString())], cancellationToken);
        if (!answer.Ok) return (answer, null);
        var told = answer.Body.Length == 0 ? null : Parse(answer.Body);
        switch (BlockRules.Text(told?["response_action"]))
        {
            case "errors":
                return (answer, told!["errors"]?.DeepClone() as JsonObject);
            case "update" when told!["view"] is JsonObject next && BlockRules.View(next) is null:
                var shown = (JsonObject)next.DeepClone();
                shown["id"] = view["id"]!.DeepClone();
                workspace.Show(member.Id, shown);
                break;
            default:
                workspace.Show(member.Id, null);
                break;
        }
        return (answer, null);
    }

    /// <summary>Adds or takes away a reaction; the application hears of it as an event.</summary>
    public JsonObject React(SimulatedMember member, Conversation conversation, Post post, string emoji)
    {
        bool added;
        lock (workspace.Gate)
        {
            var who = post.Reactions.TryGetValue(emoji, out var known) ? known : post.Reactions[emoji] = [];
            added = !who.Remove(member.Id);
            if (added) who.Add(member.Id);
            if (who.Count == 0) post.Reactions.Remove(emoji);
            workspace.Changes.Changed(conversation.Id);
        }
        return Event(new JsonObject
        {
            ["type"] = added ? "reaction_added" : "reaction_removed",
            ["user"] = member.Id,
            ["reaction"] = emoji,
            ["item_user"] = post.User,
            ["item"] = new JsonObject { ["type"] = "message", ["channel"] = conversation.Id, ["ts"] = post.Ts },
            ["event_ts"] = ActionTs(),
        });
    }

    /// <summary>Delivers an envelope; the vendor's three redeliveries follow a failure.</summary>
    public async Task<SlackAnswer> Deliver(JsonObject envelope, int? retry, string? reason, CancellationToken cancellationToken)
    {
        var answer = await requests.Json("/events", envelope.ToJsonString(), retry, reason, cancellationToken);
        for (var i = 0; !answer.Ok && retry is null && i < Redeliveries.Length; i++)
        {
            await Task.Delay(Redeliveries[i], time, cancellationToken);
            answer = await requests.Json("/events", envelope.ToJsonString(), i + 1, answer.Status == 0 ? "http_timeout" : "http_error", cancellationToken);
        }
        return answer;
    }

    private JsonObject Event(JsonObject inner)
    {
        var envelope = new JsonObject
        {
            ["token"] = "simulated", ["team_id"] = Workspace.Team, ["api_app_id"] = Workspace.App, ["event"] = inner, ["type"] = "event_callback",
            ["event_id"] = string.Create(CultureInfo.InvariantCulture, $"Ev{time.GetUtcNow().ToUnixTimeMilliseconds()}{Interlocked.Increment(ref _events):000}"), ["event_time"] = time.GetUtcNow().ToUnixTimeSeconds(),
            ["authorizations"] = new JsonArray(new JsonObject { ["enterprise_id"] = null, ["team_id"] = Workspace.Team, ["user_id"] = Workspace.BotUser, ["is_bot"] = true, ["is_enterprise_install"] = false }),
            ["is_ext_shared_channel"] = false,
        };
        _ = Send(envelope, faults.Current.EventsTwice);
        return envelope;
    }

    private async Task Send(JsonObject envelope, bool twice)
    {
        await Deliver(envelope, null, null, CancellationToken.None);
        if (twice) await Deliver(envelope, 1, "http_timeout", CancellationToken.None);
    }

    private JsonObject Payload(string type, SimulatedMember member) => new()
    {
        ["type"] = type,
        ["team"] = new JsonObject { ["id"] = Workspace.Team, ["domain"] = Workspace.TeamDomain },
        ["user"] = new JsonObject { ["id"] = member.Id, ["username"] = member.Login, ["name"] = member.Login, ["team_id"] = Workspace.Team },
        ["api_app_id"] = Workspace.App,
        ["token"] = "simulated",
        ["is_enterprise_install"] = false,
        ["enterprise"] = null,
    };

    private string ActionTs()
    {
        lock (workspace.Gate) return workspace.NextTs();
    }

    private static JsonObject? Parse(string body)
    {
        try
        {
            return JsonNode.Parse(body) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
