using Incidents.Contracts.Seams;
using Incidents.Paging.Channels.Phrases;
using Incidents.Paging.Channels.Twilio;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Incidents.Paging.Channels.Voice;

/// <summary>The call-in line: whoever calls our number is known by theirs, proves it with a PIN, and goes through what waits for them.</summary>
internal static class CallInEndpoints
{
    /// <summary>PINs asked for in one call.</summary>
    private const int MostAsked = 3;

    /// <summary><c>POST /callbacks/twilio/incoming</c>: somebody calls our number.</summary>
    public static async Task<IResult> Incoming(HttpContext http, IOrganisation organisation, Pins pins, IOptions<PagingAddresses> addresses, PagingMetrics metrics, ILogger<VoiceCall> logger)
    {
        var from = http.Request.HasFormContentType ? http.Request.Form["From"].ToString() : "";
        if (!organisation.Current.PeopleByPhone.TryGetValue(from, out var login))
        {
            metrics.UnknownSenders.Add(1);
            Log.UnknownCaller(logger);
            var english = PhoneTexts.English;
            return Twiml.Response(Twiml.Say($"{english.UnknownCaller} {english.Goodbye}", Voices.Of("en")), Twiml.Hangup());
        }
        var listener = Listener.Of(organisation, login);
        if (await pins.Find(login, http.RequestAborted) is null)
            return new VoiceMenu(addresses.Value, listener).End(listener.Texts.NoPin);
        return AskPin(listener, addresses.Value, 1, null);
    }

    /// <summary><c>POST /callbacks/twilio/pin?caller=…&amp;asked=…</c>: a PIN was entered.</summary>
    public static async Task<IResult> EnteredPin(HttpContext http, string? caller, int? asked, IOrganisation organisation, Pins pins, VoiceCall call, IOptions<PagingAddresses> addresses)
    {
        var form = http.Request.HasFormContentType ? http.Request.Form : FormCollection.Empty;
        // The number still has to be theirs: the address alone says for whom the PIN was asked.
        if (caller is null || !organisation.Current.PeopleByPhone.TryGetValue(form["From"].ToString(), out var login) || !string.Equals(login, caller, StringComparison.Ordinal))
            return call.Menu(call.Nobody).End(PhoneTexts.English.UnknownCaller);
        var listener = Listener.Of(organisation, login);
        var menu = call.Menu(listener);
        return await pins.Check(login, form["Digits"].ToString(), http.RequestAborted) switch
        {
            PinCheck.Right => await call.Begin(login, http.RequestAborted),
            PinCheck.Locked locked => menu.End(listener.Texts.PinLocked(menu.Count((int)Math.Ceiling(Math.Max(1, locked.For.TotalMinutes))))),
            PinCheck.Wrong when (asked ?? 1) < MostAsked => AskPin(listener, addresses.Value, (asked ?? 1) + 1, listener.Texts.WrongPin),
            PinCheck.Wrong => menu.End(listener.Texts.WrongPin),
            _ => menu.End(listener.Texts.NoPin),
        };
    }

    private static IResult AskPin(Listener listener, PagingAddresses addresses, int asked, string? before)
    {
        var ask = listener.Texts.EnterPin(listener.Name(listener.Login));
        var action = $"{addresses.PublicUrl}{CallbackUrls.PinPath}?caller={Uri.EscapeDataString(listener.Login)}&asked={PhoneActions.Plain(asked)}";
        return Twiml.Response(
            Twiml.GatherNumber(action, Pins.Longest, Twiml.Say(before is null ? ask : $"{before} {ask}", listener.Voice)),
            Twiml.Say($"{listener.Texts.NoPinEntered} {listener.Texts.Goodbye}", listener.Voice), Twiml.Hangup());
    }
}
