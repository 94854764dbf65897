using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;

namespace Incidents.Simulator.Slack;

/// <summary><c>users.*</c>, <c>auth.test</c>, <c>views.*</c>.</summary>
internal sealed class PeopleMethods(Workspace workspace, Triggers triggers)
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.Method("auth.test", _ => Task.FromResult(Results.Json(new JsonObject
        {
            ["ok"] = true, ["url"] = $"https://{Workspace.TeamDomain}.slack.com/", ["team"] = "Simulated workspace", ["user"] = "incidents",
            ["team_id"] = Workspace.Team, ["user_id"] = Workspace.BotUser, ["bot_id"] = Workspace.Bot, ["is_enterprise_install"] = false,
        })));
        api.Method("users.lookupByEmail", ByEmail);
        api.Method("users.info", Info);
        api.Method("views.open", Open);
        api.Method("views.update", Update);
    }

    private async Task<IResult> ByEmail(HttpContext http)
    {
        var email = (await SlackArguments.ReadAsync(http))?.Text("email");
        var found = (await workspace.MembersAsync(http.RequestAborted)).FirstOrDefault(m => m.Email is not null && string.Equals(m.Email, email, StringComparison.OrdinalIgnoreCase));
        return found is null ? SlackGate.Failed("users_not_found") : User(found);
    }

    private async Task<IResult> Info(HttpContext http)
        => await workspace.MemberAsync((await SlackArguments.ReadAsync(http))?.Text("user"), http.RequestAborted) is { } found ? User(found) : SlackGate.Failed("user_not_found");

    private static IResult User(SimulatedMember member) => Results.Json(new JsonObject
    {
        ["ok"] = true,
        ["user"] = new JsonObject
        {
            ["id"] = member.Id, ["team_id"] = Workspace.Team, ["name"] = member.Login, ["deleted"] = false, ["real_name"] = member.Name, ["tz"] = member.Zone ?? "Etc/UTC",
            ["is_bot"] = false, ["profile"] = new JsonObject { ["real_name"] = member.Name, ["display_name"] = member.Login, ["email"] = member.Email },
        },
    });

    private async Task<IResult> Open(HttpContext http)
    {
        if (await SlackArguments.ReadAsync(http) is not { } given) return SlackGate.Failed("invalid_json");
        var (view, refusal) = View(given);
        if (refusal is not null) return refusal;
        var (member, error) = triggers.Use(given.Text("trigger_id"));
        if (error is not null) return SlackGate.Failed(error);
        view!["id"] = workspace.NextId('V');
        view["hash"] = view["id"]!.DeepClone();
        workspace.Show(member!, view);
        return Shown(view);
    }

    private async Task<IResult> Update(HttpContext http)
    {
        if (await SlackArguments.ReadAsync(http) is not { } given) return SlackGate.Failed("invalid_json");
        var (view, refusal) = View(given);
        if (refusal is not null) return refusal;
        if (workspace.FindView(given.Text("view_id")) is not { } open) return SlackGate.Failed("not_found");
        view!["id"] = given.Text("view_id");
        view["hash"] = workspace.NextId('V');
        workspace.Show(open.Member, view);
        return Shown(view);
    }

    private static IResult Shown(JsonObject view) => Results.Json(new JsonObject { ["ok"] = true, ["view"] = view.DeepClone() });

    private static (JsonObject? View, IResult? Refusal) View(SlackArguments given)
    {
        if (!given.TryJson<JsonObject>("view", out var view) || view is null) return (null, SlackGate.Failed("invalid_arguments"));
        return BlockRules.View(view) is { } fault ? (null, SlackGate.Failed("invalid_arguments", fault)) : (view, null);
    }
}

/// <summary>Trigger ids: good for one modal, for as long as the vendor waits for an answer (three seconds).</summary>
internal sealed class Triggers(IOptions<SimulatorOptions> options, TimeProvider time)
{
    private readonly Dictionary<string, (string Member, DateTimeOffset Until, bool Used)> _known = new(StringComparer.Ordinal);
    private int _count;

    public string Give(string member)
    {
        lock (_known)
        {
            if (_known.Count > 1000) _known.Clear();
            var id = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{++_count}.{time.GetUtcNow().ToUnixTimeMilliseconds()}.simulated");
            _known[id] = (member, time.GetUtcNow() + options.Value.SlackPatience, false);
            return id;
        }
    }

    public (string? Member, string? Error) Use(string? id)
    {
        lock (_known)
        {
            if (id is null || !_known.TryGetValue(id, out var known)) return (null, "invalid_trigger_id");
            if (known.Used) return (null, "exchanged_trigger_id");
            if (time.GetUtcNow() > known.Until) return (null, "expired_trigger_id");
            _known[id] = known with { Used = true };
            return (known.Member, null);
        }
    }
}
