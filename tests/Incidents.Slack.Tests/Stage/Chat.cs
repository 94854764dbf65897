using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Incidents.TestKit;

namespace Incidents.Slack.Tests.Stage;

/// <summary>A message as a member sees it.</summary>
internal sealed record ChatMessage(string Ts, string User, string Text, JsonArray? Blocks, JsonObject? Metadata, bool Edited, int Edits, string? ThreadTs, bool OnlyYou)
{
    /// <summary>Everything that is written in it.</summary>
    public string Written => Text + "\n" + Blocks?.ToJsonString();

    public bool HasButton(string action) => Blocks?.ToJsonString().Contains($"\"{action}\"", StringComparison.Ordinal) == true;
}

internal sealed record ChatRoom(string Id, string Name, bool Direct, string Topic, bool Archived, IReadOnlyList<string> Joined, JsonArray Bookmarks, IReadOnlyList<ChatMessage> Messages);

/// <summary>One member of the simulated workspace: what they see and do.</summary>
internal sealed class Chat(HttpClient http, string member)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private sealed record State(IReadOnlyList<ChatRoom> Conversations, JsonObject? View);

    public string Member => member;

    public async Task<IReadOnlyList<ChatRoom>> RoomsAsync() => (await http.GetFromJsonAsync<State>($"/simulator/api/slack/state?as={member}", Json))!.Conversations;

    public async Task<ChatRoom?> RoomAsync(string name) => (await RoomsAsync()).FirstOrDefault(r => r.Name == name || r.Id == name);

    /// <summary>The message of an incident in the channel of all incidents.</summary>
    public async Task<ChatMessage?> AnnouncedAsync(Guid incident) => (await AllAnnouncedAsync(incident)).SingleOrDefault();

    public async Task<IReadOnlyList<ChatMessage>> AllAnnouncedAsync(Guid incident)
        => [.. (await RoomAsync("incidents"))!.Messages.Where(m => (string?)m.Metadata?["event_payload"]?["id"] == incident.ToString())];

    /// <summary>Direct messages that name an incident.</summary>
    public async Task<IReadOnlyList<ChatMessage>> DirectAsync(long number)
        => [.. (await RoomsAsync()).Where(r => r.Direct).SelectMany(r => r.Messages).Where(m => m.Written.Contains($"#{number}", StringComparison.Ordinal))];

    public async Task<string> DirectRoomAsync() => (await RoomsAsync()).Single(r => r.Direct).Id;

    public Task<ChatMessage> UntilAnnouncedAsync(Guid incident, Func<ChatMessage, bool> so, string what)
        => Eventually.Get(async () => await AnnouncedAsync(incident) is { } m && so(m) ? m : null, what);

    public Task<ChatMessage> UntilDirectAsync(long number, Func<ChatMessage, bool> so, string what)
        => Eventually.Get(async () => (await DirectAsync(number)).LastOrDefault(so), what);

    /// <summary>What the member alone was told in a conversation.</summary>
    public async Task<IReadOnlyList<string>> ToldAsync(string room) => [.. (await RoomAsync(room))!.Messages.Where(m => m.OnlyYou).Select(m => m.Written)];

    public Task UntilToldAsync(string words, string room = "incidents")
        => Eventually.True(async () => (await ToldAsync(room)).Any(t => t.Contains(words, StringComparison.Ordinal)), $"{member} is told '{words}'");

    /// <summary>Gives a command; what it answered at once.</summary>
    public async Task<string> CommandAsync(string command, string text, string room = "incidents")
    {
        var (status, body) = await DoAsync("commands", new { @as = member, channel = room, command, text });
        Assert.Equal(200, status);
        return body;
    }

    public async Task<int> PressAsync(ChatMessage message, string room, string action, string value)
        => (await DoAsync("actions", new { @as = member, channel = room, ts = message.Ts, action = new { type = "button", action_id = action, block_id = "b", value } })).Status;

    /// <summary>Reacts; the envelope with which the event was delivered.</summary>
    public async Task<JsonObject> ReactAsync(string room, string ts, string name)
    {
        using var answer = await http.PostAsJsonAsync("/simulator/api/slack/reactions", new { @as = member, channel = room, ts, name }, Json);
        return (await answer.Content.ReadFromJsonAsync<JsonObject>(Json))!;
    }

    public async Task<string> SayAsync(string text, string room = "incidents", string? threadTs = null)
    {
        using var answer = await http.PostAsJsonAsync("/simulator/api/slack/messages", new { @as = member, channel = room, text, threadTs }, Json);
        return (string)(await answer.Content.ReadFromJsonAsync<JsonObject>(Json))!["ts"]!;
    }

    public Task<JsonObject> UntilDialogAsync(string callback) => Eventually.Get(async () =>
        (await http.GetFromJsonAsync<State>($"/simulator/api/slack/state?as={member}", Json))!.View is { } view && (string?)view["callback_id"] == callback ? view : null, $"the dialog {callback} of {member}");

    /// <summary>Sends the open dialog off; faults by field, empty when it was taken.</summary>
    public async Task<Dictionary<string, string>> SubmitAsync(JsonObject values)
    {
        using var answer = await http.PostAsJsonAsync("/simulator/api/slack/views/submit", new { @as = member, values }, Json);
        var told = (await answer.Content.ReadFromJsonAsync<JsonObject>(Json))!;
        Assert.Equal(200, (int)told["status"]!);
        return told["errors"]?.Deserialize<Dictionary<string, string>>() ?? [];
    }

    public async Task<int> DeliverAsync(JsonObject envelope, int retry) => (await DoAsync("deliver", new { envelope, retry, reason = "http_timeout" })).Status;

    /// <summary>Sends the simulator's last request once more, byte for byte.</summary>
    public async Task<int> ReplayAsync() => (await DoAsync("replay", new { })).Status;

    public async Task FaultsAsync(object faults)
    {
        using var answer = await http.PostAsJsonAsync("/simulator/api/slack/faults", faults, Json);
        answer.EnsureSuccessStatusCode();
    }

    public static JsonObject Field(string kind, JsonNode? value) => new() { ["value"] = new JsonObject { ["type"] = kind, [kind switch { "plain_text_input" => "value", "static_select" => "selected_option", "users_select" => "selected_user", _ => "selected_date_time" }] = value } };

    public static JsonObject Text(string? value) => Field("plain_text_input", value);

    public static JsonObject Choice(string value) => Field("static_select", new JsonObject { ["text"] = new JsonObject { ["type"] = "plain_text", ["text"] = value }, ["value"] = value });

    private async Task<(int Status, string Body)> DoAsync(string path, object body)
    {
        using var answer = await http.PostAsJsonAsync($"/simulator/api/slack/{path}", body, Json);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        var told = (await answer.Content.ReadFromJsonAsync<JsonObject>(Json))!;
        return ((int)told["status"]!, (string)told["body"]!);
    }
}
