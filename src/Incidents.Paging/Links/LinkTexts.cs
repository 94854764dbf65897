using System.Collections.Frozen;
using System.Globalization;
using System.Resources;
using System.Runtime.CompilerServices;
using Incidents.Persistence.Incidents;
using Microsoft.AspNetCore.Http;
using NodaTime;

namespace Incidents.Paging.Links;

/// <summary>
/// Everything that the page behind a link says by itself, in one language: <c>Link_{language}.resx</c>, a key for each member of this class. What came of an
/// action, and who has the incident, is said in the words of a call (<see cref="Channels.Phrases.PhoneTexts"/>), in the same languages.
/// </summary>
internal sealed class LinkTexts
{
    private readonly FrozenDictionary<string, string> texts;

    private LinkTexts(string language)
    {
        Language = language;
        // One file a language in this assembly: satellite assemblies would need cultures, and this product runs without any.
        var resources = new ResourceManager($"Incidents.Paging.Links.Link_{language}", typeof(LinkTexts).Assembly);
        using var set = resources.GetResourceSet(CultureInfo.InvariantCulture, createIfNotExists: true, tryParents: false)!;
        texts = set.Cast<System.Collections.DictionaryEntry>().ToFrozenDictionary(e => (string)e.Key, e => (string)e.Value!, StringComparer.Ordinal);
    }

    public static IReadOnlyList<LinkTexts> All { get; } = [new("en"), new("pt"), new("ru"), new("et")];

    public static LinkTexts English => All[0];

    /// <summary>ISO 639-1, as the page's <c>lang</c>.</summary>
    public string Language { get; }

    internal IReadOnlyDictionary<string, string> Raw => texts;

    /// <summary>By a person's language tag (<c>pt-BR</c>); English for null and for languages that are not written here.</summary>
    public static LinkTexts Of(string? tag) => Known(tag) ?? English;

    /// <summary>Where the person is not known: the first of the browser's languages that there is.</summary>
    public static LinkTexts Of(HttpContext http)
        => http.Request.GetTypedHeaders().AcceptLanguage.Where(l => l.Quality is not 0).OrderByDescending(l => l.Quality ?? 1).Select(l => Known(l.Value.ToString())).FirstOrDefault(t => t is not null) ?? English;

    private static LinkTexts? Known(string? tag)
        => All.FirstOrDefault(t => tag is not null && (tag.Equals(t.Language, StringComparison.OrdinalIgnoreCase) || tag.StartsWith(t.Language + "-", StringComparison.OrdinalIgnoreCase)));

    public string Of(IncidentStatus status) => status switch
    {
        IncidentStatus.Triage => StateTriage,
        IncidentStatus.Triggered => StateTriggered,
        IncidentStatus.Acknowledged => StateAcknowledged,
        IncidentStatus.Snoozed => StateSnoozed,
        _ => StateResolved,
    };

    public string Of(LinkPurpose purpose) => purpose switch { LinkPurpose.Resolve => Resolve, LinkPurpose.Escalate => Escalate, _ => Acknowledge };

    /// <summary>How long links hold, in whole hours or minutes.</summary>
    public string Hold(Duration lifetime) => lifetime == Duration.FromHours(1) ? OneHour
        : lifetime.TotalHours >= 2 ? Hours((long)lifetime.TotalHours)
        : Minutes((long)lifetime.TotalMinutes);

    public string Status => Say();
    public string WhoHasIt => Say();
    public string Opened => Say();
    public string StateTriage => Say();
    public string StateTriggered => Say();
    public string StateAcknowledged => Say();
    public string StateSnoozed => Say();
    public string StateResolved => Say();
    public string Story => Say();
    public string AllInConsole => Say();
    public string YouActAs(object value) => Say(value);
    public string YoursAlone(object value) => Say(value);
    public string OneHour => Say();
    public string Hours(object value) => Say(value);
    public string Minutes(object value) => Say(value);
    public string Acknowledge => Say();
    public string Resolve => Say();
    public string Escalate => Say();
    public string AcknowledgeAlone(object value) => Say(value);
    public string AcknowledgeIt => Say();
    public string AcknowledgeAll(object value) => Say(value);
    public string SeveralIncidents(object value) => Say(value);
    public string PressButton => Say();
    public string HasChanged(object value) => Say(value);
    public string ListHasChanged => Say();
    public string AllDone => Say();
    public string DidNotWorkFor(object value) => Say(value);
    public string NotValid => Say();
    public string NotValidText => Say();
    public string Expired => Say();
    public string ExpiredText(object value) => Say(value);
    public string NotFound => Say();
    public string NotFoundText(object value) => Say(value);
    public string NotWorked => Say();
    public string NotWorkedText => Say();

    private string Say([CallerMemberName] string key = "") => texts[key];

    private string Say(object value, [CallerMemberName] string key = "") => string.Format(CultureInfo.InvariantCulture, texts[key], value);
}
