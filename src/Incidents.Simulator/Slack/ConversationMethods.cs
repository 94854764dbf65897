using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Incidents.Simulator.Slack;

/// <summary><c>conversations.*</c> and <c>bookmarks.add</c>.</summary>
internal sealed partial class ConversationMethods(Workspace workspace)
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.Method("conversations.open", Open);
        api.Method("conversations.create", Create);
        api.Method("conversations.setTopic", http => On(http, "channel", SetTopic));
        api.Method("conversations.archive", http => On(http, "channel", Archive));
        api.Method("conversations.join", http => On(http, "channel", (c, _) => Ok("channel", c.Wire())));
        api.Method("conversations.invite", Invite);
        api.Method("conversations.history", http => On(http, "channel", History));
        api.Method("conversations.replies", http => On(http, "channel", Replies));
        api.Method("conversations.list", List);
        api.Method("bookmarks.add", http => On(http, "channel_id", Bookmark));
    }

    private async Task<IResult> Open(HttpContext http)
    {
        var given = await SlackArguments.ReadAsync(http);
        if (await workspace.MemberAsync(given?.Text("users"), http.RequestAborted) is not { } member) return SlackGate.Failed("user_not_found");
        lock (workspace.Gate) return Ok("channel", workspace.Direct(member.Id).Wire());
    }

    private async Task<IResult> Create(HttpContext http)
    {
        var name = (await SlackArguments.ReadAsync(http))?.Text("name") ?? "";
        if (name.Length == 0) return SlackGate.Failed("invalid_name_required");
        if (name.Length > 80) return SlackGate.Failed("invalid_name_maxlength");
        if (!NamePattern().IsMatch(name)) return SlackGate.Failed("invalid_name_specials");
        lock (workspace.Gate)
        {
            if (workspace.Find("#" + name) is not null) return SlackGate.Failed("name_taken");
            return Ok("channel", workspace.Create(name, "").Wire());
        }
    }

    private IResult SetTopic(Conversation conversation, SlackArguments given)
    {
        if (conversation.Archived) return SlackGate.Failed("is_archived");
        if (given.Text("topic") is not { Length: <= 250 } topic) return SlackGate.Failed("too_long");
        conversation.Topic = topic;
        workspace.Changes.Changed(conversation.Id);
        return Ok("channel", conversation.Wire());
    }

    private IResult Archive(Conversation conversation, SlackArguments given)
    {
        if (conversation.Archived) return SlackGate.Failed("already_archived");
        conversation.Archived = true;
        workspace.Changes.Changed(conversation.Id);
        return Results.Json(new JsonObject { ["ok"] = true });
    }

    private async Task<IResult> Invite(HttpContext http)
    {
        var given = await SlackArguments.ReadAsync(http);
        var members = await workspace.MembersAsync(http.RequestAborted);
        lock (workspace.Gate)
        {
            if (workspace.Find(given?.Text("channel")) is not { } conversation) return SlackGate.Failed("channel_not_found");
            if (conversation.Archived) return SlackGate.Failed("is_archived");
            var users = (given!.Text("users") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);
            if (users.Length == 0) return SlackGate.Failed("no_user");
            if (users.Contains(Workspace.BotUser, StringComparer.Ordinal)) return SlackGate.Failed("cant_invite_self");
            if (users.Any(u => members.All(m => m.Id != u))) return SlackGate.Failed("user_not_found");
            if (Array.TrueForAll(users, conversation.Members.Contains)) return SlackGate.Failed("already_in_channel");
            conversation.Members.UnionWith(users);
            workspace.Changes.Changed(conversation.Id);
            return Ok("channel", conversation.Wire());
        }
    }

    private static IResult History(Conversation conversation, SlackArguments given)
    {
        string? oldest = given.Text("oldest"), latest = given.Text("latest");
        var inclusive = given.Flag("inclusive");
        var found = conversation.Posts.Where(p => p.OnlyFor is null && p.ThreadTs is null && After(p.Ts, oldest, inclusive) && Before(p.Ts, latest, inclusive)).Reverse().ToList();
        return Messages(found, given);
    }

    private static IResult Replies(Conversation conversation, SlackArguments given)
    {
        var ts = given.Text("ts");
        var found = conversation.Posts.Where(p => p.OnlyFor is null && (p.Ts == ts || p.ThreadTs == ts)).ToList();
        return found.Count == 0 ? SlackGate.Failed("thread_not_found") : Messages(found, given);
    }

    private static IResult Messages(List<Post> found, SlackArguments given)
    {
        var limit = Math.Clamp(given.Number("limit", 100), 1, 999);
        var metadata = given.Flag("include_all_metadata");
        return Results.Json(new JsonObject
        {
            ["ok"] = true,
            ["messages"] = new JsonArray([.. found.Take(limit).Select(p => p.Wire(Workspace.Team, Workspace.Bot, Workspace.App, metadata))]),
            ["has_more"] = found.Count > limit,
        });
    }

    private Task<IResult> List(HttpContext http)
    {
        lock (workspace.Gate)
        {
            return Task.FromResult(Results.Json(new JsonObject
            {
                ["ok"] = true,
                ["channels"] = new JsonArray([.. workspace.Conversations.Where(c => c.With is null).Select(c => c.Wire())]),
                ["response_metadata"] = new JsonObject { ["next_cursor"] = "" },
            }));
        }
    }

    private IResult Bookmark(Conversation conversation, SlackArguments given)
    {
        if (given.Text("title") is not { Length: > 0 } title || given.Text("type") is not "link") return SlackGate.Failed("invalid_arguments");
        if (given.Text("link") is not { } link || !WebAddress.TryParse(link, out _)) return SlackGate.Failed("invalid_link");
        conversation.Bookmarks.Add((title, link));
        workspace.Changes.Changed(conversation.Id);
        return Ok("bookmark", new JsonObject { ["channel_id"] = conversation.Id, ["title"] = title, ["link"] = link, ["type"] = "link" });
    }

    private async Task<IResult> On(HttpContext http, string argument, Func<Conversation, SlackArguments, IResult> act)
    {
        if (await SlackArguments.ReadAsync(http) is not { } given) return SlackGate.Failed("invalid_arguments");
        lock (workspace.Gate) return workspace.Find(given.Text(argument)) is { } conversation ? act(conversation, given) : SlackGate.Failed("channel_not_found");
    }

    private static bool After(string ts, string? oldest, bool inclusive) => string.IsNullOrEmpty(oldest) || Compare(ts, oldest) is var c && (c > 0 || (inclusive && c == 0));

    private static bool Before(string ts, string? latest, bool inclusive) => string.IsNullOrEmpty(latest) || Compare(ts, latest) is var c && (c < 0 || (inclusive && c == 0));

    private static int Compare(string a, string b) => decimal.Parse(a, System.Globalization.CultureInfo.InvariantCulture).CompareTo(decimal.TryParse(b, System.Globalization.CultureInfo.InvariantCulture, out var other) ? other : 0);

    private static IResult Ok(string name, JsonNode value) => Results.Json(new JsonObject { ["ok"] = true, [name] = value });

    [GeneratedRegex("^[a-z0-9_-]+$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 200)]
    private static partial Regex NamePattern();
}
