namespace Incidents.Simulator.Slack;

/// <summary>The chat as one member sees it: channels, their own direct conversation, messages for everybody and for them alone.</summary>
internal static class ChatView
{
    private const int Shown = 200;

    public static async Task<object> All(Workspace workspace, string? member, CancellationToken cancellationToken)
    {
        var members = await workspace.MembersAsync(cancellationToken);
        var who = members.FirstOrDefault(m => m.Id == member);
        lock (workspace.Gate)
        {
            return new
            {
                bot = new { id = Workspace.BotUser, name = workspace.BotName },
                members = members.Select(m => new { id = m.Id, login = m.Login, name = m.Name, zone = m.Zone }),
                conversations = workspace.Conversations.Where(c => Sees(c, who?.Id)).Select(c => Of(c, who?.Id)).ToList(),
                view = who is null ? null : workspace.ViewOf(who.Id),
            };
        }
    }

    public static object? One(Workspace workspace, string id, string? member)
    {
        lock (workspace.Gate) return workspace.Find(id) is { } conversation && Sees(conversation, member) ? Of(conversation, member) : null;
    }

    private static bool Sees(Conversation conversation, string? member) => conversation.With is null || conversation.With == member;

    private static object Of(Conversation c, string? member) => new
    {
        id = c.Id,
        name = c.Name,
        direct = c.With is not null,
        topic = c.Topic,
        archived = c.Archived,
        members = c.Members.Count,
        joined = c.Members.ToList(),
        bookmarks = c.Bookmarks.Select(b => new { title = b.Title, link = b.Link }).ToList(),
        messages = c.Posts.Where(p => p.OnlyFor is null || p.OnlyFor == member).TakeLast(Shown).Select(p => new
        {
            ts = p.Ts,
            user = p.User,
            text = p.Text,
            blocks = p.Blocks?.DeepClone(),
            metadata = p.Metadata?.DeepClone(),
            edited = p.EditedTs is not null,
            edits = p.Edits,
            threadTs = p.ThreadTs,
            onlyYou = p.OnlyFor is not null,
            reactions = p.Reactions.Select(r => new { name = r.Key, users = r.Value.ToList() }).ToList(),
        }).ToList(),
    };
}
