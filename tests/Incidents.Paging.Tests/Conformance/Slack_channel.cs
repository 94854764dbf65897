using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Incidents.Paging.Channels;
using Microsoft.AspNetCore.Http;

namespace Incidents.Paging.Tests.Conformance;

public sealed class Slack_channel(SlackFixture fixture) : ChannelConformance<SlackFixture>(fixture);

/// <summary>The few methods of Slack's Web API that a direct message needs.</summary>
public sealed class SlackFixture : ChannelFixture
{
    private const string Token = "xoxb-conformance-token";
    private readonly ConcurrentQueue<(string Conversation, string Ts, JsonNode? Metadata)> messages = new();
    private HttpVendor? vendor;

    internal override int Taken => messages.Count;
    internal override int Asked => vendor!.Asked;
    internal override IReadOnlyList<string> Secrets { get; } = [Token, "conformance-signing-secret"];

    internal override bool Is(ChannelDescriptor descriptor) => descriptor.Vendor == "slack";

    internal override string Address(int number) => "U" + number.ToString("00000000", CultureInfo.InvariantCulture);

    internal override void Does(VendorDoes what) => vendor!.Does = what;

    internal override async Task<Dictionary<string, string?>> Settings()
    {
        vendor = await HttpVendor.Start(Take, http => Answer(http, new() { ["ok"] = false, ["error"] = "user_not_found" }), http => http.Request.Path.Value == "/conversations.open");
        return new(StringComparer.Ordinal)
        {
            ["Paging:Slack:ApiBaseUrl"] = vendor.Url,
            ["Paging:Slack:BotToken"] = Token,
            ["Paging:Slack:SigningSecret"] = "conformance-signing-secret",
        };
    }

    private async Task Take(HttpContext http)
    {
        var given = http.Request.HasFormContentType
            ? new JsonObject((await http.Request.ReadFormAsync()).Select(f => KeyValuePair.Create(f.Key, (JsonNode?)f.Value.ToString())))
            : (JsonObject)(await JsonNode.ParseAsync(http.Request.Body))!;
        await Answer(http, http.Request.Headers.Authorization != "Bearer " + Token ? new() { ["ok"] = false, ["error"] = "invalid_auth" } : http.Request.Path.Value switch
        {
            "/conversations.open" => new() { ["ok"] = true, ["channel"] = new JsonObject { ["id"] = "D" + (string?)given["users"] } },
            "/chat.postMessage" => Post((string)given["channel"]!, given["metadata"]?.DeepClone()),
            "/conversations.history" => List(m => m.Conversation == (string?)given["channel"] && (string?)given["include_all_metadata"] == "true"),
            "/conversations.replies" => List(m => m.Conversation == (string?)given["channel"] && m.Ts == (string?)given["ts"]),
            _ => new() { ["ok"] = false, ["error"] = "unknown_method" },
        });
    }

    private JsonObject Post(string conversation, JsonNode? metadata)
    {
        var ts = string.Create(CultureInfo.InvariantCulture, $"1772442000.{messages.Count + 1:000000}");
        messages.Enqueue((conversation, ts, metadata));
        return new() { ["ok"] = true, ["channel"] = conversation, ["ts"] = ts };
    }

    private JsonObject List(Func<(string Conversation, string Ts, JsonNode? Metadata), bool> those) => new()
    {
        ["ok"] = true,
        ["messages"] = new JsonArray([.. messages.Where(those).Reverse().Select(m => new JsonObject { ["ts"] = m.Ts, ["metadata"] = m.Metadata?.DeepClone() })]),
    };

    private static Task Answer(HttpContext http, JsonObject body) => http.Response.WriteAsync(body.ToJsonString());

    private protected override async ValueTask Stop() => await vendor!.DisposeAsync();
}
