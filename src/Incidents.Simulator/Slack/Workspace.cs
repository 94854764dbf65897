using System.Globalization;
using System.Text.Json.Nodes;
using Incidents.Simulator.Phones;
using Microsoft.Extensions.Options;

namespace Incidents.Simulator.Slack;

/// <summary>The simulated workspace: members, conversations, open modals. Whoever touches what it holds does so under <see cref="Gate"/>.</summary>
internal sealed class Workspace
{
    public const string Team = "T0SIMULATOR";
    public const string TeamDomain = "simulated";
    public const string App = "A0INCIDENTS";
    public const string Bot = "B0INCIDENTS";
    public const string BotUser = "U0INCIDENTS";
    public const string General = "incidents";

    private readonly Dictionary<string, Conversation> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonObject> _views = new(StringComparer.Ordinal);
    private readonly IServiceScopeFactory _scopes;
    private readonly TimeProvider _time;
    private readonly IOptions<SimulatorOptions> _options;
    private readonly SemaphoreSlim _asking = new(1, 1);
    private IReadOnlyList<SimulatedMember> _members = [];
    private DateTimeOffset _askedAt = DateTimeOffset.MinValue;
    private long _lastTs;
    private int _ids;

    public Workspace(IServiceScopeFactory scopes, TimeProvider time, IOptions<SimulatorOptions> options)
    {
        (_scopes, _time, _options) = (scopes, time, options);
        Create(General, "Every incident, one message each");
        Create("general", "Company-wide announcements");
    }

    public Lock Gate { get; } = new();

    /// <summary>Ids of conversations that changed, and <c>view:{member}</c> when a member's modal opened, changed or closed.</summary>
    public PhoneEvents Changes { get; } = new();

    public IEnumerable<Conversation> Conversations => _byId.Values;

    public string BotName => _options.Value.CallerName;

    /// <summary>Members as the host has them now.</summary>
    public async Task<IReadOnlyList<SimulatedMember>> MembersAsync(CancellationToken cancellationToken)
    {
        if (_time.GetUtcNow() - _askedAt < TimeSpan.FromSeconds(1)) return _members;
        await _asking.WaitAsync(cancellationToken);
        try
        {
            if (_time.GetUtcNow() - _askedAt < TimeSpan.FromSeconds(1)) return _members;
            await using var scope = _scopes.CreateAsyncScope();
            var book = scope.ServiceProvider.GetService<ISimulatedMembers>();
            if (book is not null) _members = [.. (await book.GetMembersAsync(cancellationToken)).DistinctBy(m => m.Id)];
            _askedAt = _time.GetUtcNow();
            return _members;
        }
        finally
        {
            _asking.Release();
        }
    }

    public async Task<SimulatedMember?> MemberAsync(string? id, CancellationToken cancellationToken) =>
        (await MembersAsync(cancellationToken)).FirstOrDefault(m => string.Equals(m.Id, id, StringComparison.Ordinal));

    /// <summary>Seconds and microseconds, never the same twice. Call under <see cref="Gate"/>.</summary>
    public string NextTs()
    {
        var now = (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / 10;
        _lastTs = Math.Max(now, _lastTs + 1);
        return string.Create(CultureInfo.InvariantCulture, $"{_lastTs / 1_000_000}.{_lastTs % 1_000_000:000000}");
    }

    public string NextId(char kind) => string.Create(CultureInfo.InvariantCulture, $"{kind}0SIM{Interlocked.Increment(ref _ids):00000}");

    /// <summary>By id, or by the name of a channel with or without <c>#</c>. Call under <see cref="Gate"/>.</summary>
    public Conversation? Find(string? idOrName)
    {
        if (string.IsNullOrEmpty(idOrName)) return null;
        if (_byId.TryGetValue(idOrName, out var found)) return found;
        var name = idOrName.TrimStart('#');
        return _byId.Values.FirstOrDefault(c => c.With is null && string.Equals(c.Name, name, StringComparison.Ordinal));
    }

    public Conversation Create(string name, string topic)
    {
        lock (Gate)
        {
            var made = new Conversation { Id = NextId('C'), Name = name, Created = _time.GetUtcNow().ToUnixTimeSeconds(), Topic = topic };
            made.Members.Add(BotUser);
            _byId.Add(made.Id, made);
            Changes.Changed(made.Id);
            return made;
        }
    }

    /// <summary>The conversation of the app with a member, made when there is none yet. Call under <see cref="Gate"/>.</summary>
    public Conversation Direct(string member)
    {
        if (_byId.Values.FirstOrDefault(c => string.Equals(c.With, member, StringComparison.Ordinal)) is { } found) return found;
        var made = new Conversation { Id = NextId('D'), Name = member, Created = _time.GetUtcNow().ToUnixTimeSeconds(), With = member };
        made.Members.UnionWith([BotUser, member]);
        _byId.Add(made.Id, made);
        return made;
    }

    /// <summary>Posts as the app or as a member.</summary>
    public Post Say(Conversation conversation, string user, string text, JsonArray? blocks = null, JsonObject? metadata = null, string? thread = null, string? onlyFor = null)
    {
        lock (Gate)
        {
            var post = new Post { Ts = NextTs(), User = user, ByBot = user == BotUser, Text = text, Blocks = blocks, Metadata = metadata, ThreadTs = thread, OnlyFor = onlyFor };
            conversation.Add(post);
            Changes.Changed(conversation.Id);
            return post;
        }
    }

    /// <summary>The modal that a member sees; null closes it.</summary>
    public void Show(string member, JsonObject? view)
    {
        lock (Gate)
        {
            if (view is null) _views.Remove(member);
            else _views[member] = view;
        }
        Changes.Changed("view:" + member);
    }

    public JsonObject? ViewOf(string member)
    {
        lock (Gate) return _views.TryGetValue(member, out var view) ? (JsonObject)view.DeepClone() : null;
    }

    public (string Member, JsonObject View)? FindView(string? id)
    {
        lock (Gate)
        {
            foreach (var (member, view) in _views)
            {
                if (string.Equals((string?)view["id"], id, StringComparison.Ordinal)) return (member, view);
            }
            return null;
        }
    }
}
