using Incidents.Paging.Channels.Phrases;
using Incidents.Paging.Channels.Twilio;
using Incidents.Paging.Pipeline;
using Incidents.Paging.Trials;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Incidents.Paging.Channels.Voice;

/// <summary>The conversation of a call.</summary>
internal static class VoiceEndpoints
{
    private static readonly SpokenBy English = Voices.Of("en");

    /// <summary><c>POST /callbacks/twilio/voice?attempt=…</c>: somebody or something picked up, or a round went by without a key.</summary>
    public static async Task<IResult> Voice(HttpContext http, VoiceCall call, TrialCalls trials, StatusReports reports)
    {
        var state = CallState.Read(http.Request.Query);
        var form = http.Request.HasFormContentType ? http.Request.Form : FormCollection.Empty;
        if (await call.Find(state, http.RequestAborted) is not { } found)
            return await trials.Speak(state, form, http.RequestAborted) ?? Unknown();
        var (listener, situation) = found;
        if (state is { Attempt: { } attempt, Silent: 0, Turn: 0 })
        {
            var sid = form["CallSid"].ToString();
            var machine = !state.Proven && AnsweredBy.IsMachine(form["AnsweredBy"]);
            await reports.Add(machine
                ? new StatusReport(attempt, sid.Length > 0 ? sid : null, StatusMeaning.Machine, TwilioStatuses.MachineRank)
                : new StatusReport(attempt, sid.Length > 0 ? sid : null, StatusMeaning.PickedUp, TwilioStatuses.Read("in-progress").Rank));
            if (machine)
                return call.Menu(listener).AskMachine(state, situation);
        }
        return await call.Speak(state, listener, situation, http.RequestAborted);
    }

    /// <summary><c>POST /callbacks/twilio/digits?attempt=…</c>: a key was pressed. Whatever goes wrong is said, and the keys are offered again.</summary>
    public static async Task<IResult> Digits(HttpContext http, VoiceCall call, TrialCalls trials, ILogger<SignedCallback> logger)
    {
        var state = CallState.Read(http.Request.Query);
        var key = http.Request.HasFormContentType ? http.Request.Form["Digits"].ToString() : "";
        try
        {
            return await call.Find(state, http.RequestAborted) is { } found ? await call.Press(state, found.Listener, found.Situation, key, http.RequestAborted)
                : await trials.Press(state, http.RequestAborted) ?? Unknown();
        }
        catch (Exception e) when (!http.RequestAborted.IsCancellationRequested)
        {
            // Whose phone it is stands in the database that is away.
            Log.CallbackFailed(logger, http.Request.Path, e);
            return call.Menu(call.Nobody).Again(state, PhoneTexts.English.DatabaseAway);
        }
    }

    private static IResult Unknown() => Twiml.Response(Twiml.Say($"{PhoneTexts.English.UnknownPage} {PhoneTexts.English.Goodbye}", English), Twiml.Hangup());
}
