using Incidents.Kernel;
using Incidents.Paging.Channels.Twilio;
using Microsoft.AspNetCore.Http;

namespace Incidents.Paging.Channels.Voice;

/// <summary>What a call says. One sentence of what is wrong, then the keys; three times in all, then it hangs up.</summary>
internal static class VoiceMenu
{
    /// <summary>Rounds without input after the first.</summary>
    private const int Repeats = 2;

    private const int LongestTitle = 160;

    private const string Keys = "Press 4 to acknowledge, 6 to resolve, 8 to escalate, star to hear this again.";

    public static IResult Ask(PagingAddresses addresses, Guid attempt, Situation s, int round, string? before = null)
    {
        var again = round < Repeats
            ? new object[] { Twiml.Redirect(CallbackUrls.Voice(addresses, attempt, round + 1)) }
            : [Twiml.Say("No key was pressed. Goodbye."), Twiml.Hangup()];
        var sentence = before is null ? WhatIsWrong(s) : $"{before} {WhatIsWrong(s)}";
        return Twiml.Response([Twiml.Gather(CallbackUrls.Digits(addresses, attempt, round), Twiml.Say($"{sentence} {Keys}")), .. again]);
    }

    public static string WhatIsWrong(Situation s) => $"Sev {(int)s.Severity}, {s.Service}: {Sentence(s.Title)} Incident {s.Number}.";

    public static IResult Tell(string text) => Twiml.Response(Twiml.Say(text), Twiml.Hangup());

    private static string Sentence(string title)
    {
        var cut = Wording.Cut(title, LongestTitle);
        return cut.EndsWith('.') || cut.EndsWith('!') || cut.EndsWith('?') ? cut : cut + ".";
    }
}
