using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Hosting;
using Json = Incidents.Simulator.Api.Json;

namespace Incidents.Simulator.Slack;

internal sealed record SayBody(string As, string Channel, string Text, string? ThreadTs = null);

internal sealed record CommandBody(string As, string Channel, string Command, string? Text = null);

internal sealed record ActionBody(string As, string Channel, string Ts, JsonObject Action);

internal sealed record ReactionBody(string As, string Channel, string Ts, string Name);

internal sealed record SubmitBody(string As, JsonObject Values);

internal sealed record CloseBody(string As);

internal sealed record DeliveryBody(JsonObject Envelope, int? Retry = null, string? Reason = null);

/// <summary>The chat for its page and for tests (<c>/simulator/api/slack</c>): what a member sees and does, faults, and what was sent.</summary>
internal static class ChatEndpoints
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    public static void Map(IEndpointRouteBuilder api)
    {
        var chat = api.MapGroup("/slack");
        chat.MapGet("/state", async (string? @as, Workspace workspace, CancellationToken cancel) => Json.Result(await ChatView.All(workspace, @as, cancel)));
        chat.MapGet("/events", StreamAsync);
        chat.MapPost("/messages", (HttpContext http, Workspace workspace, MemberActions actions) => With<SayBody>(http, workspace, b => b.As, b => b.Channel, (member, conversation, body) =>
        {
            if (conversation.Archived) return Task.FromResult(Json.Conflict("The channel is archived."));
            var post = workspace.Say(conversation, member.Id, body.Text, thread: body.ThreadTs);
            return Task.FromResult(Json.Result(new { ts = post.Ts, channel = conversation.Id }));
        }));
        chat.MapPost("/commands", (HttpContext http, Workspace workspace, MemberActions actions) => With<CommandBody>(http, workspace, b => b.As, b => b.Channel, async (member, conversation, body) =>
            Answered(await actions.Command(member, conversation, body.Command, body.Text ?? "", http.RequestAborted))));
        chat.MapPost("/actions", (HttpContext http, Workspace workspace, MemberActions actions) => With<ActionBody>(http, workspace, b => b.As, b => b.Channel, async (member, conversation, body) =>
        {
            Post? post;
            lock (workspace.Gate) post = conversation.Posts.Find(p => p.Ts == body.Ts);
            return post is null ? Json.Conflict("There is no such message.") : Answered(await actions.Act(member, conversation, post, (JsonObject)body.Action.DeepClone(), http.RequestAborted));
        }));
        chat.MapPost("/reactions", (HttpContext http, Workspace workspace, MemberActions actions) => With<ReactionBody>(http, workspace, b => b.As, b => b.Channel, (member, conversation, body) =>
        {
            Post? post;
            lock (workspace.Gate) post = conversation.Find(body.Ts);
            return Task.FromResult(post is null ? Json.Conflict("There is no such message.") : Results.Json(actions.React(member, conversation, post, body.Name)));
        }));
        chat.MapPost("/views/submit", SubmitAsync);
        chat.MapPost("/views/close", async (HttpContext http, Workspace workspace) =>
        {
            var (body, refusal) = await Json.ReadAsync<CloseBody>(http);
            if (body is null) return refusal!;
            workspace.Show(body.As, null);
            return Json.Result(new { ok = true });
        });
        chat.MapPost("/deliver", async (HttpContext http, MemberActions actions) =>
        {
            var (body, refusal) = await Json.ReadAsync<DeliveryBody>(http);
            return body is null ? refusal! : Answered(await actions.Deliver((JsonObject)body.Envelope.DeepClone(), body.Retry ?? 1, body.Reason, http.RequestAborted));
        });
        chat.MapPost("/replay", async (SlackRequests requests, CancellationToken cancel) =>
            requests.Last is { } last ? Answered(await requests.Send(last, null, null, cancel)) : Json.Conflict("Nothing was sent yet."));
        chat.MapGet("/faults", (SlackFaults faults) => Json.Result(faults.Current));
        chat.MapDelete("/faults", (SlackFaults faults) =>
        {
            faults.Set(SlackFaultSettings.None);
            return Json.Result(faults.Current);
        });
        chat.MapPost("/faults", async (HttpContext http, SlackFaults faults) =>
        {
            var (settings, refusal) = await Json.ReadAsync<SlackFaultSettings>(http);
            if (settings is null) return refusal!;
            faults.Set(settings);
            return Json.Result(settings);
        });
    }

    private static IResult Answered(SlackAnswer answer) => Json.Result(new { status = answer.Status, body = answer.Body });

    private static async Task<IResult> SubmitAsync(HttpContext http, Workspace workspace, MemberActions actions)
    {
        var (body, refusal) = await Json.ReadAsync<SubmitBody>(http);
        if (body is null) return refusal!;
        if (await workspace.MemberAsync(body.As, http.RequestAborted) is not { } member || workspace.ViewOf(member.Id) is not { } view) return Json.Conflict("No dialog is open.");
        var (answer, errors) = await actions.Submit(member, view, (JsonObject)body.Values.DeepClone(), http.RequestAborted);
        return Json.Result(new { status = answer.Status, errors, body = answer.Body });
    }

    private static async Task<IResult> With<T>(HttpContext http, Workspace workspace, Func<T, string> member, Func<T, string> channel, Func<SimulatedMember, Conversation, T, Task<IResult>> act)
        where T : class
    {
        var (body, refusal) = await Json.ReadAsync<T>(http);
        if (body is null) return refusal!;
        if (await workspace.MemberAsync(member(body), http.RequestAborted) is not { } who) return Json.Conflict("There is no such member.");
        Conversation? conversation;
        lock (workspace.Gate) conversation = workspace.Find(channel(body));
        return conversation is null || (conversation.With is { } with && with != who.Id) ? Json.Conflict("There is no such conversation.") : await act(who, conversation, body);
    }

    /// <summary>Server-sent events: <c>state</c> once, then <c>conversation</c> and <c>view</c> as they change, all as one member sees them.</summary>
    private static async Task StreamAsync(HttpContext http, string? @as, Workspace workspace, IHostApplicationLifetime lifetime)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        using var subscription = workspace.Changes.Subscribe();
        try
        {
            await Write(http, "state", await ChatView.All(workspace, @as, ends.Token), ends.Token);
            while (true)
            {
                await http.Response.Body.FlushAsync(ends.Token);
                var changed = await subscription.NextAsync(Heartbeat, ends.Token);
                if (changed.Count == 0) await http.Response.WriteAsync(": still here\n\n", ends.Token);
                foreach (var id in changed)
                {
                    if (id == "view:" + @as) await Write(http, "view", new { view = workspace.ViewOf(@as!) }, ends.Token);
                    else if (ChatView.One(workspace, id, @as) is { } shown) await Write(http, "conversation", shown, ends.Token);
                }
            }
        }
        catch (OperationCanceledException) when (ends.IsCancellationRequested)
        {
            // The page was closed, or the process stops.
        }
    }

    private static Task Write(HttpContext http, string name, object value, CancellationToken cancellationToken) =>
        http.Response.WriteAsync($"event: {name}\ndata: {JsonSerializer.Serialize(value, Json.Options)}\n\n", cancellationToken);
}
