using System.Text.Json;
using System.Text.Json.Nodes;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Paging.Channels.Slack.Commands;
using Incidents.Paging.Channels.Slack.Kit;
using Incidents.Paging.Channels.Slack.People;
using Incidents.Paging.Channels.Slack.Wire;
using Incidents.Persistence.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Incidents.Paging.Channels.Slack;

/// <summary><c>/callbacks/slack/{commands,interactions,events}</c>: Slack's requests, all signed, all answered within its three seconds.</summary>
internal static class SlackEndpoints
{
    public const string Root = "/callbacks/slack";

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var slack = endpoints.MapGroup(Root).AddEndpointFilter<SignedSlackRequest>().DisableAntiforgery().ExcludeFromDescription();
        slack.MapPost("/commands", (HttpContext http, SlackDesk desk) => desk.Command(http));
        slack.MapPost("/interactions", (HttpContext http, SlackDesk desk) => desk.Interaction(http));
        slack.MapPost("/events", (HttpContext http, SlackDesk desk, PinnedMessages pins) => desk.Event(http, pins));
    }
}

/// <summary>Takes what people do in Slack, has it done in their name, and tells them what came of it.</summary>
internal sealed class SlackDesk(IncidentCommand incidents, OnCallCommand oncall, SlackActions actions, Submissions submissions, SlackPeople people, SlackApi api, SlackMetrics metrics, Clock clock, ILogger<SlackDesk> logger)
{
    /// <summary>Slack waits three seconds; what takes longer than this is answered later through the response URL.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private const string Stranger = "Incidents does not know who you are here. Ask an admin to add your Slack member id to your contacts, or to give you the same e-mail address in both.";
    private const string Away = "That did not work: Incidents cannot reach its database. Nothing was changed; paging goes on. Try again in a moment.";
    private const string Failed = "That did not work. Try again, or use the console.";

    public async Task<IResult> Command(HttpContext http)
    {
        metrics.Request("command");
        var command = SlashCommand.Of(SlackBody.Form(http));
        var said = await Soon(command.User, cancel => Run(command, cancel), late => Respond(command.ResponseUrl, late));
        return said is { } now ? Results.Json(now.Wire()) : Results.Ok();
    }

    public async Task<IResult> Interaction(HttpContext http)
    {
        if (!SlackBody.Form(http).TryGetValue("payload", out var text))
            return Results.BadRequest();
        using var parsed = JsonDocument.Parse(text);
        var payload = parsed.RootElement.Clone();
        switch (payload.Text("type"))
        {
            case "block_actions":
                metrics.Request("button");
                await Pressed(payload);
                return Results.Ok();
            case "view_submission":
                metrics.Request("modal");
                return await Sent(payload);
            default:
                return Results.Ok();
        }
    }

    public async Task<IResult> Event(HttpContext http, PinnedMessages pins)
    {
        using var parsed = JsonDocument.Parse(SlackBody.Of(http));
        var body = parsed.RootElement;
        if (body.Text("type") == "url_verification")
            return Results.Json(new JsonObject { ["challenge"] = body.Text("challenge") });
        metrics.Request(http.Request.Headers.ContainsKey(SignedSlackRequest.RetryHeader) ? "redelivery" : "event");
        if (body.Text("type") == "event_callback" && body.Text("event", "type") == "reaction_added")
            await pins.Pin(body.At("event"), http.RequestAborted);
        return Results.Ok();
    }

    private async Task<Said?> Run(SlashCommand command, CancellationToken cancellationToken)
    {
        if (await people.Of(command.User, cancellationToken) is not { } person)
        {
            metrics.Request("unknownUser");
            return Stranger;
        }
        return command.Command switch
        {
            "/oncall" => await oncall.Run(command, person, cancellationToken),
            _ => await incidents.Run(command, person, cancellationToken),
        };
    }

    /// <summary>A button: the body of the answer says nothing, words go to the response URL.</summary>
    private async Task Pressed(JsonElement payload)
    {
        var user = payload.Text("user", "id") ?? "";
        var url = payload.Text("response_url") ?? "";
        var action = payload.At("actions").Items().FirstOrDefault();
        if (action.Text("action_id") is null or Buttons.Open)
            return;
        var said = await Soon(user, cancel => Press(payload, action, user, cancel), late => Respond(url, late), whenLate: null);
        if (said is not null)
            await Respond(url, said);
    }

    private async Task<Said?> Press(JsonElement payload, JsonElement action, string user, CancellationToken cancellationToken)
    {
        if (await people.Of(user, cancellationToken) is not { } person)
        {
            metrics.Request("unknownUser");
            return Stranger;
        }
        if (CommandWords.Number(action.Text("value") ?? "") is not { } number)
            return "This button is no longer known.";
        if (action.Text("action_id") == Buttons.Responder)
        {
            if (SlackActions.Refusal(person) is { } refusal)
                return refusal;
            var reply = await api.OpenView(payload.Text("trigger_id") ?? "", Views.ResponderForm(number, payload.Text("channel", "id") ?? ""), cancellationToken);
            return reply.Ok ? null : new Said("The dialog did not open. Try again.");
        }
        IncidentVerb? verb = action.Text("action_id") switch
        {
            Buttons.Acknowledge => IncidentVerb.Acknowledge,
            Buttons.Resolve => IncidentVerb.Resolve,
            Buttons.Escalate => IncidentVerb.Escalate,
            _ => null,
        };
        return verb is { } known ? await actions.Act(number, known, person, null, cancellationToken) : "This button is no longer known.";
    }

    /// <summary>A dialog: faults must be told in the answer itself; what takes too long closes it and is told in the conversation.</summary>
    private async Task<IResult> Sent(JsonElement payload)
    {
        var user = payload.Text("user", "id") ?? "";
        var view = payload.At("view");
        var work = Guarded(user, cancel => Submit(view, user, cancel), fault => Submitted.Done("Incidents", fault));
        if (await Task.WhenAny(work, Task.Delay(Patience, clock.Provider)) == work)
            return Results.Json((await work).Wire());
        _ = Later();
        return Results.Ok();

        async Task Later()
        {
            var done = await work;
            var text = done.Faults is { } faults ? "That did not work: " + string.Join(" ", faults.Values) : done.Text;
            var channel = (view.Text("private_metadata") ?? "").Split(' ')[^1];
            Told(channel.Length > 0 ? await api.Whisper(channel, user, text, CancellationToken.None) : null);
        }
    }

    private async Task<Submitted> Submit(JsonElement view, string user, CancellationToken cancellationToken)
    {
        if (await people.Of(user, cancellationToken) is { } person)
            return await submissions.Run(view, person, cancellationToken);
        metrics.Request("unknownUser");
        return Submitted.Done("Incidents", Stranger);
    }

    /// <summary>What came of it, when it came soon; else <paramref name="whenLate"/> now, and <paramref name="late"/> with the rest when it is there.</summary>
    private async Task<Said?> Soon(string user, Func<CancellationToken, Task<Said?>> run, Func<Said, Task> late, string? whenLate = "Working on it…")
    {
        var started = clock.Provider.GetTimestamp();
        var work = Guarded(user, run, fault => fault);
        var soon = await Task.WhenAny(work, Task.Delay(Patience, clock.Provider)) == work;
        metrics.Answer.Record(clock.Provider.GetElapsedTime(started).TotalSeconds);
        if (soon)
            return await work;
        _ = Later();
        return whenLate is null ? null : new Said(whenLate);

        async Task Later()
        {
            if (await work is { } said)
                await late(said);
        }
    }

    /// <summary>Failures become words: the one who waits for an answer gets one. Not bound to the request, which ends before slow work does.</summary>
    private async Task<T> Guarded<T>(string user, Func<CancellationToken, Task<T>> run, Func<string, T> whenFailed)
    {
        try
        {
            return await run(CancellationToken.None);
        }
        catch (Exception e)
        {
            SlackLog.RequestFailed(logger, user, e);
            return whenFailed(Transience.IsUnavailable(e) ? Away : Failed);
        }
    }

    private async Task Respond(string url, Said said)
    {
        if (Uri.TryCreate(url, UriKind.Absolute, out var target) && target.Scheme is "http" or "https")
            Told(await api.Respond(url, said.Wire(), CancellationToken.None));
    }

    private void Told(SlackReply? reply)
    {
        if (reply is { Ok: false })
            SlackLog.AnswerNotTaken(logger, reply.Reason, reply.Code);
    }
}
