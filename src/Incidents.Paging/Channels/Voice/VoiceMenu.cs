using System.Globalization;
using System.Xml.Linq;
using Incidents.Paging.Channels.Phrases;
using Incidents.Paging.Channels.Twilio;
using Microsoft.AspNetCore.Http;

namespace Incidents.Paging.Channels.Voice;

/// <summary>What waits behind the incident that is spoken of.</summary>
internal readonly record struct Ahead(int All, int Unacknowledged)
{
    public static Ahead Of(IEnumerable<Situation> waiting) => waiting.Aggregate(default(Ahead), (a, s) => new(a.All + 1, a.Unacknowledged + (s.IsOver ? 0 : 1)));
}

/// <summary>
/// What a call says, as TwiML: one sentence of what is wrong, then the keys; three times in all, then it hangs up. Pure.
/// </summary>
internal sealed class VoiceMenu(PagingAddresses addresses, Listener listener)
{
    /// <summary>Rounds without a key after the first.</summary>
    private const int Repeats = 2;

    private PhoneTexts Texts => listener.Texts;

    /// <summary>Speaks of one incident and takes a key.</summary>
    public IResult Ask(CallState state, Situation s, string? before, Ahead ahead)
    {
        var sentences = new List<string>();
        if (before is not null)
            sentences.Add(before);
        sentences.Add(WhatIsWrong(s));
        if (state.Done.Count > 0 || state.Caller is not null)
            sentences.Add(Texts.OpenSince(Spoken.Time(s.OpenedAt, listener.Person?.Zone)));
        var held = s.IsHeldBy(listener.Login);
        if (held)
            sentences.Add(Texts.ItIsYours);
        sentences.Add(held ? Texts.KeysWhenYours : Texts.Keys);
        if (ahead.All > 0)
            sentences.Add(Texts.KeyNext);
        if (ahead.Unacknowledged > 0 && !held)
            sentences.Add(Texts.KeyAll(Count(ahead.Unacknowledged + 1)));
        XElement[] otherwise = state.Silent < Repeats
            ? [Twiml.Redirect((state with { Silent = state.Silent + 1 }).Voice(addresses))]
            : [Say($"{Texts.NoKey} {Texts.Goodbye}"), Twiml.Hangup()];
        return Twiml.Response([Twiml.Gather((state with { Turn = state.Turn + 1 }).Digits(addresses), Say(string.Join(' ', sentences))), .. otherwise]);
    }

    /// <summary>Few words and no title for whoever listens to the mailbox later; a person whom the vendor took for a machine proves it with any key.</summary>
    public IResult AskMachine(CallState state, Situation s) => Twiml.Response(
        Twiml.Gather((state with { Proven = true }).Voice(addresses), Say(Texts.ToMachine(Spoken.Number(s.Number), Spoken.Name(s.Service)))),
        Twiml.Hangup());

    public string WhatIsWrong(Situation s) => Texts.WhatIsWrong(
        Texts.Severity((int)s.Severity), Spoken.Name(s.Service), Spoken.Title(s.Title) ?? Texts.NoTitle, Spoken.Number(s.Number));

    public string HowItStands(Situation s) => Texts.HowItStands(Spoken.Number(s.Number), Spoken.Name(s.Service), listener.WhoHasIt(s));

    /// <summary>Says it and hangs up.</summary>
    public IResult End(params string[] sentences) => Twiml.Response(Say(string.Join(' ', [.. sentences, Texts.Goodbye])), Twiml.Hangup());

    /// <summary>The same key again, at the same place.</summary>
    public IResult Again(CallState state, string sentence) => Twiml.Response(
        Twiml.Gather(state.Digits(addresses), Say(sentence)), Say($"{Texts.Goodbye} {Texts.CalledAgain}"), Twiml.Hangup());

    public string WrongKey(string key) => Texts.WrongKey(key == "#" ? Texts.Hash : key);

    public string Count(int count) => count.ToString(CultureInfo.InvariantCulture);

    public XElement Say(string text) => Twiml.Say(text, listener.Voice);
}
