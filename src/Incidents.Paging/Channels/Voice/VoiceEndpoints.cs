using Incidents.Paging.Channels.Twilio;
using Incidents.Paging.Pipeline;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Incidents.Paging.Channels.Voice;

/// <summary>The conversation of a call.</summary>
internal static class VoiceEndpoints
{
    /// <summary><c>POST /callbacks/twilio/voice?attempt=…&amp;round=…</c>: somebody picked up, or a round went by without a key.</summary>
    public static async Task<IResult> Voice(HttpContext http, [FromQuery(Name = "attempt")] string? id, int? round, PageReader pages, StatusReports reports, IOptions<PagingAddresses> addresses)
    {
        if (!Guid.TryParse(id, out var attempt) || await pages.OfAttempt(attempt, http.RequestAborted) is not { } found)
            return VoiceMenu.Tell("This page is not known any more. Goodbye.");
        if (round is null or 0)
        {
            var sid = http.Request.HasFormContentType ? http.Request.Form["CallSid"].ToString() : "";
            await reports.Add(new StatusReport(attempt, sid.Length > 0 ? sid : null, StatusMeaning.PickedUp, TwilioStatuses.Read("in-progress").Rank));
        }
        return Stale(found.Person, found.Situation) ?? VoiceMenu.Ask(addresses.Value, attempt, found.Situation, Math.Max(0, round ?? 0));
    }

    /// <summary><c>POST /callbacks/twilio/digits?attempt=…</c>: a key was pressed. Whatever goes wrong is said, and the keys are offered again.</summary>
    public static async Task<IResult> Digits(HttpContext http, [FromQuery(Name = "attempt")] string? id, int? round, PageReader pages, PhoneActions actions, IOptions<PagingAddresses> addresses, ILogger<SignedCallback> logger)
    {
        (string Person, Situation Situation)? found;
        var attempt = Guid.TryParse(id, out var parsed) ? parsed : Guid.Empty;
        try
        {
            found = await pages.OfAttempt(attempt, http.RequestAborted);
        }
        catch (Exception e) when (!http.RequestAborted.IsCancellationRequested)
        {
            Log.CallbackFailed(logger, http.Request.Path, e);
            return Twiml.Response(
                Twiml.Gather(CallbackUrls.Digits(addresses.Value, attempt, 0), Twiml.Say("That did not work: Incidents cannot reach its database. Press the key again.")),
                Twiml.Say("Goodbye. You will be called again."), Twiml.Hangup());
        }
        if (found is not { } page)
            return VoiceMenu.Tell("This page is not known any more. Goodbye.");

        var key = http.Request.HasFormContentType ? http.Request.Form["Digits"].ToString() : "";
        if (key == "*")
            return Stale(page.Person, page.Situation) ?? VoiceMenu.Ask(addresses.Value, attempt, page.Situation, 0);
        if (PhoneActions.OfKey(key) is not { } verb)
            return VoiceMenu.Ask(addresses.Value, attempt, page.Situation, round ?? 0, key.Length == 0 ? null : $"{Spoken(key)} does nothing here.");
        var acted = await actions.Act(page.Situation.Incident, page.Situation.Number, verb, page.Person, "voice", http.RequestAborted);
        return acted.Done ? VoiceMenu.Tell(acted.Text + " Goodbye.") : VoiceMenu.Ask(addresses.Value, attempt, page.Situation, 0, acted.Text);
    }

    /// <summary>A call that came too late says who has it; null: it is still asked for.</summary>
    private static IResult? Stale(string person, Situation s)
        => s.IsOver ? VoiceMenu.Tell($"Incident {s.Number}, {s.Service}: {s.WhoHasIt(person)}. Goodbye.") : null;

    private static string Spoken(string key) => key == "#" ? "The hash key" : $"Key {key}";
}
