using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Incidents.Paging.Tests.Conformance;
using Microsoft.AspNetCore.Http;

namespace Incidents.Paging.Tests.Slack;

/// <summary>A message or an update of one, in the order in which the vendor took them.</summary>
internal sealed record Written(string Method, string Conversation, string Ts, string About, string Text);

/// <summary>The methods of Slack's Web API that the board and commands need, and the address to which what takes longer is told.</summary>
internal sealed class FakeSlack : IAsyncDisposable
{
    public const string Token = "xoxb-fake-token", Secret = "fake-signing-secret", Channel = "C00000001";

    private readonly ConcurrentQueue<Written> written = new();
    private readonly ConcurrentQueue<string> asked = new();
    private readonly ConcurrentQueue<string> told = new();
    private HttpVendor? vendor;
    private int sequence;

    public IReadOnlyList<Written> Written => [.. written];
    public IReadOnlyList<string> Asked => [.. asked];

    /// <summary>What came to the response URL.</summary>
    public IReadOnlyList<string> Told => [.. told];

    public string ResponseUrl => vendor!.Url + "/respond";

    /// <summary>Awaited before a method does anything.</summary>
    public Func<string, Task> Before { get; set; } = _ => Task.CompletedTask;

    public Dictionary<string, string?> Settings(params (string Key, string Value)[] more)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Paging:Slack:ApiBaseUrl"] = vendor!.Url, ["Paging:Slack:BotToken"] = Token, ["Paging:Slack:SigningSecret"] = Secret, ["Paging:Slack:IncidentChannel"] = Channel, ["Paging:Slack:MessageInterval"] = "00:00:00",
        };
        foreach (var (key, value) in more)
            settings[key] = value;
        return settings;
    }

    public static async Task<FakeSlack> Start()
    {
        var slack = new FakeSlack();
        slack.vendor = await HttpVendor.Start(slack.Take, _ => Task.CompletedTask);
        return slack;
    }

    /// <summary>As if somebody had posted it for this incident.</summary>
    public string Post(string conversation, string about, string text)
    {
        var ts = string.Create(CultureInfo.InvariantCulture, $"1772442000.{Interlocked.Increment(ref sequence):000000}");
        written.Enqueue(new Written("post", conversation, ts, about, text));
        return ts;
    }

    private async Task Take(HttpContext http)
    {
        var given = http.Request.HasFormContentType
            ? new JsonObject((await http.Request.ReadFormAsync()).Select(f => KeyValuePair.Create(f.Key, (JsonNode?)f.Value.ToString())))
            : (JsonObject)(await JsonNode.ParseAsync(http.Request.Body))!;
        var method = http.Request.Path.Value![1..];
        asked.Enqueue(method);
        await Before(method);
        var conversation = (string?)given["channel"] ?? "";
        JsonObject answer;
        switch (method)
        {
            case "respond":
                told.Enqueue(given.ToJsonString());
                answer = [];
                break;
            case "conversations.open":
                answer = new() { ["channel"] = new JsonObject { ["id"] = "D" + (string?)given["users"] } };
                break;
            case "chat.postMessage":
                answer = new() { ["channel"] = conversation, ["ts"] = Post(conversation, (string?)given["metadata"]?["event_payload"]?["id"] ?? "", (string)given["text"]!) };
                break;
            case "chat.update":
                var of = written.First(w => w.Ts == (string?)given["ts"]);
                written.Enqueue(of with { Method = "update", Text = (string)given["text"]! });
                answer = new() { ["channel"] = conversation, ["ts"] = of.Ts };
                break;
            case "conversations.history":
                answer = new()
                {
                    ["messages"] = new JsonArray([.. written.Where(w => w.Method == "post" && w.Conversation == conversation).Reverse().Select(w => new JsonObject
                    {
                        ["ts"] = w.Ts, ["metadata"] = new JsonObject { ["event_type"] = "incidents_incident", ["event_payload"] = new JsonObject { ["id"] = w.About } },
                    })]),
                };
                break;
            default:
                answer = new() { ["user"] = new JsonObject { ["id"] = "U9", ["profile"] = new JsonObject { ["email"] = "nobody@example.com" } } };
                break;
        }
        answer["ok"] = true;
        await http.Response.WriteAsync(answer.ToJsonString());
    }

    public async ValueTask DisposeAsync() => await vendor!.DisposeAsync();
}
