using System.Collections.Frozen;
using System.Globalization;
using System.Resources;
using System.Runtime.CompilerServices;

namespace Incidents.Paging.Channels.Phrases;

/// <summary>
/// Everything that a call says and a text message writes, in one language: <c>Phone_{language}.resx</c>, a key for each member of this class.
/// Numbers and names come in as they are to be heard or read.
/// </summary>
internal sealed class PhoneTexts
{
    private readonly FrozenDictionary<string, string> texts;

    private PhoneTexts(string language)
    {
        Language = language;
        // One file a language in this assembly: satellite assemblies would need cultures, and this product runs without any.
        var resources = new ResourceManager($"Incidents.Paging.Channels.Phrases.Phone_{language}", typeof(PhoneTexts).Assembly);
        using var set = resources.GetResourceSet(CultureInfo.InvariantCulture, createIfNotExists: true, tryParents: false)!;
        texts = set.Cast<System.Collections.DictionaryEntry>().ToFrozenDictionary(e => (string)e.Key, e => (string)e.Value!, StringComparer.Ordinal);
    }

    public static IReadOnlyList<PhoneTexts> All { get; } = [new("en"), new("pt"), new("ru"), new("et")];

    public static PhoneTexts English => All[0];

    /// <summary>ISO 639-1.</summary>
    public string Language { get; }

    /// <summary>By a language tag (<c>pt-BR</c>); English for null and for languages that are not spoken here.</summary>
    public static PhoneTexts Of(string? tag) => All.FirstOrDefault(t => tag is not null && (tag.Equals(t.Language, StringComparison.OrdinalIgnoreCase) || tag.StartsWith(t.Language + "-", StringComparison.OrdinalIgnoreCase))) ?? English;

    public string Severity(object number) => Say([number]);
    public string WhatIsWrong(object severity, object service, object title, object number) => Say([severity, service, title, number]);
    public string NoTitle => Say();
    public string OpenSince(object time) => Say([time]);
    public string ItIsYours => Say();
    public string Keys => Say();
    public string KeysWhenYours => Say();
    public string KeyNext => Say();
    public string KeyAll(object count) => Say([count]);
    public string StillOpen(object count) => Say([count]);
    public string OpenForYou(object count) => Say([count]);
    public string NothingOpen => Say();
    public string Rest(object count) => Say([count]);
    public string AllAcknowledged(object numbers) => Say([numbers]);
    public string NotAllAcknowledged(object numbers) => Say([numbers]);
    public string WrongKey(object key) => Say([key]);
    public string Hash => Say();
    public string NoKey => Say();
    public string Goodbye => Say();
    public string And => Say();
    public string UnknownPage => Say();
    public string DatabaseAway => Say();
    public string CalledAgain => Say();
    public string TooLong => Say();
    public string ToMachine(object number, object service) => Say([number, service]);
    public string HowItStands(object number, object service, object who) => Say([number, service, who]);

    // Who has it.
    public string YouHaveIt => Say();
    public string HasIt(object person) => Say([person]);
    public string YouResolvedIt => Say();
    public string ResolvedIt(object person) => Say([person]);
    public string Snoozed => Say();
    public string NobodyHasIt => Say();
    public string Somebody => Say();
    public string ItsSource => Say();

    // Who else is paged, and how that stands.
    public string PagedNobody => Say();
    public string PagedToo(object people) => Say([people]);
    public string StandsRinging(object person) => Say([person]);
    public string StandsTalking(object person) => Say([person]);
    public string StandsAnswered(object person) => Say([person]);
    public string StandsTold(object person) => Say([person]);
    public string StandsBusy(object person) => Say([person]);
    public string StandsNoAnswer(object person) => Say([person]);
    public string StandsMachine(object person) => Say([person]);
    public string StandsUnreached(object person) => Say([person]);
    public string StandsWaiting(object person) => Say([person]);

    // What came of a key or a reply.
    public string Acknowledged(object number) => Say([number]);
    public string AlreadyAcknowledged(object person, object number) => Say([person, number]);
    public string Resolved(object number) => Say([number]);
    public string AlreadyResolved(object person, object number) => Say([person, number]);
    public string IsResolved(object number) => Say([number]);
    public string Escalated(object number) => Say([number]);
    public string NotAcknowledged(object number) => Say([number]);
    public string NotResolved(object number) => Say([number]);
    public string NotEscalated(object number) => Say([number]);
    public string DidNotWork(object why) => Say([why]);

    // The call-in line.
    public string EnterPin(object person) => Say([person]);
    public string WrongPin => Say();
    public string PinLocked(object minutes) => Say([minutes]);
    public string NoPin => Say();
    public string NoPinEntered => Say();
    public string UnknownCaller => Say();

    // Text messages.
    public string TextFacts(object number, object severity, object service) => Say([number, severity, service]);
    public string TextAnswers => Say();
    public string TextHasIt(object person, object number, object title) => Say([person, number, title]);
    public string TextResolved(object person, object number, object title) => Say([person, number, title]);
    public string TextUsage(object number) => Say([number]);
    public string TextNotUnderstood => Say();
    public string TextHelp => Say();
    public string TextOpen(object numbers) => Say([numbers]);
    public string TextSeveralOpen(object numbers) => Say([numbers]);
    public string TextAndMore(object count) => Say([count]);
    public string TextNoSuchIncident(object number) => Say([number]);
    public string TextMayNotAct(object number) => Say([number]);
    public string TextNoneOpen => Say();
    public string TextWhoHasIt(object number, object who) => Say([number, who]);

    // Notices.
    public string StoppedSubject(object person) => Say([person]);
    public string StoppedText(object person, object phone, object us) => Say([person, phone, us]);
    public string PinLockedSubject => Say();
    public string PinLockedText(object tries, object until) => Say([tries, until]);

    public string UnreachedSubject(object person) => Say([person]);
    public string UnreachedText(object person, object number) => Say([person, number]);

    // Codes that prove a contact, and tests of it.
    public string CodeSubject => Say();
    public string CodeText(object code, object minutes) => Say([code, minutes]);
    public string CodeCall(object code) => Say([code]);
    public string TestSubject => Say();
    public string TestText => Say();
    public string TestCall => Say();
    public string TestCallDone => Say();
    public string TestMachine => Say();

    // Several pages of one person in one message.
    public string TextBundle(object count) => Say([count]);
    public string TextBundleAnswers(object number) => Say([number]);
    public string TextUsageAll => Say();
    public string TextAllResolved(object numbers) => Say([numbers]);

    // Words of replies, separated by blanks; each is understood whatever the language of its sender.
    public string WordsAcknowledge => Say();
    public string WordsResolve => Say();
    public string WordsEscalate => Say();
    public string WordsHelp => Say();
    public string WordsAll => Say();

    /// <summary>The text of a key as it stands in the file; for tests.</summary>
    internal IReadOnlyDictionary<string, string> Raw => texts;

    private string Say([CallerMemberName] string key = "") => texts[key];

    private string Say(object[] values, [CallerMemberName] string key = "") => string.Format(CultureInfo.InvariantCulture, texts[key], values);
}
