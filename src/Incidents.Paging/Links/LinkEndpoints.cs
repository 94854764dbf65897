using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Paging.Channels;
using Incidents.Paging.Channels.Phrases;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Incidents.Paging.Links;

/// <summary>What came of a request behind a link; a metric's label.</summary>
internal enum LinkOutcome { Shown, Acted, Failed, Forged, Expired, Replayed, Refused }

/// <summary>
/// <c>/a/{token}</c>: GET shows the incident, POST does the one thing that the link is for. A GET (or HEAD) changes nothing, and a POST needs the hidden
/// field of the page, so previews of messengers and mail scanners do no harm. The token is the whole credential.
/// </summary>
internal sealed class LinkEndpoints(LinkTokens links, LinkForms forms, PageReader pages, IOrganisation organisation, Clock clock, PagingMetrics metrics, ILogger<LinkEndpoints> logger)
{
    private const int LongestToken = 600;

    public async Task<IResult> Show(HttpContext http, string token)
    {
        try
        {
            var (grant, refusal) = Check(http, token);
            if (grant is null)
                return refusal!;
            if (grant.Purpose == LinkPurpose.AcknowledgeAll)
            {
                var list = await pages.OfBundle(grant.Number, grant.Person, http.RequestAborted);
                if (list.Count == 0)
                    return Gone(http, grant);
                metrics.Link(LinkOutcome.Shown);
                return Page(http, StatusCodes.Status200OK, List(token, grant, list, null));
            }
            if (await pages.ByNumber(grant.Number, http.RequestAborted) is not { } situation)
                return Gone(http, grant);
            metrics.Link(LinkOutcome.Shown);
            return Page(http, StatusCodes.Status200OK, Form(token, grant, situation, null));
        }
        catch (Exception e) when (!http.RequestAborted.IsCancellationRequested)
        {
            return Unavailable(http, e);
        }
    }

    public async Task<IResult> Act(HttpContext http, string token, PhoneActions actions)
    {
        try
        {
            var (grant, refusal) = Check(http, token);
            if (grant is null)
                return refusal!;
            if (grant.Purpose == LinkPurpose.AcknowledgeAll)
                return await ActOnAll(http, token, grant, actions);
            if (await pages.ByNumber(grant.Number, http.RequestAborted) is not { } situation)
                return Gone(http, grant);
            var field = await Field(http);
            var state = IsForeign(http) ? FormState.Foreign : forms.Check(field, token, grant.Purpose, situation);
            if (state == FormState.Foreign)
            {
                metrics.Link(LinkOutcome.Refused);
                return Page(http, StatusCodes.Status403Forbidden, Form(token, grant, situation, new Acted(false, ReaderOf(grant.Person).Texts.PressButton)));
            }
            if (state == FormState.Stale)
            {
                metrics.Link(LinkOutcome.Replayed);
                return Page(http, StatusCodes.Status409Conflict, Form(token, grant, situation, new Acted(false, Changed(ReaderOf(grant.Person), situation))));
            }
            var acted = await actions.Act(situation.Incident, situation.Number, grant.Purpose.Verb(), ReaderOf(grant.Person).Who, "link", PhoneActions.Plain, http.RequestAborted);
            var after = await pages.ByNumber(grant.Number, http.RequestAborted) ?? situation;
            metrics.Link(acted.Done ? LinkOutcome.Acted : LinkOutcome.Failed);
            return Page(http, acted.Done ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable, Form(token, grant, after, acted));
        }
        catch (Exception e) when (!http.RequestAborted.IsCancellationRequested)
        {
            return Unavailable(http, e);
        }
    }

    /// <summary>Acknowledges what the list showed and nobody has yet, one incident after the other; what did not work is named.</summary>
    private async Task<IResult> ActOnAll(HttpContext http, string token, LinkGrant grant, PhoneActions actions)
    {
        var list = await pages.OfBundle(grant.Number, grant.Person, http.RequestAborted);
        if (list.Count == 0)
            return Gone(http, grant);
        var reader = ReaderOf(grant.Person);
        var field = await Field(http);
        var state = IsForeign(http) ? FormState.Foreign : forms.Check(field, token, list);
        if (state != FormState.Good)
        {
            metrics.Link(state == FormState.Foreign ? LinkOutcome.Refused : LinkOutcome.Replayed);
            return Page(http, state == FormState.Foreign ? StatusCodes.Status403Forbidden : StatusCodes.Status409Conflict, List(token, grant, list, new Acted(false,
                state == FormState.Foreign ? reader.Texts.PressButton : reader.Texts.ListHasChanged)));
        }
        var failed = new List<string>();
        foreach (var s in list.Where(s => !s.IsOver))
        {
            if (!(await actions.Act(s.Incident, s.Number, IncidentVerb.Acknowledge, reader.Who, "link", PhoneActions.Plain, http.RequestAborted)).Done)
                failed.Add("#" + PhoneActions.Plain(s.Number));
        }
        metrics.Link(failed.Count == 0 ? LinkOutcome.Acted : LinkOutcome.Failed);
        var after = await pages.OfBundle(grant.Number, grant.Person, http.RequestAborted);
        return Page(http, failed.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable,
            List(token, grant, after, failed.Count == 0 ? new Acted(true, reader.Texts.AllDone) : new Acted(false, reader.Texts.DidNotWorkFor(string.Join(", ", failed)))));
    }

    /// <summary>Browsers say where a form comes from; those that do not still have to bring the field.</summary>
    private static bool IsForeign(HttpContext http) => http.Request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site";

    private static async Task<string?> Field(HttpContext http) => http.Request.HasFormContentType ? (await http.Request.ReadFormAsync(http.RequestAborted))["form"].ToString() : null;

    private string List(string token, LinkGrant grant, IReadOnlyList<Situation> list, Acted? acted)
        => LinkPage.List([.. list.Select(s => (s, s.IsOver ? null : "/a/" + links.Issue(s.Number, grant.Person, grant.ExpiresAt - links.Lifetime)))], grant, ReaderOf(grant.Person), acted, forms.Issue(token, list), ReaderOf(grant.Person).Texts.Hold(links.Lifetime));

    private string Form(string token, LinkGrant grant, Situation situation, Acted? acted)
        => LinkPage.Incident(situation, grant, ReaderOf(grant.Person), acted, forms.Issue(token, grant.Purpose, situation), ReaderOf(grant.Person).Texts.Hold(links.Lifetime));

    private static string Changed(Reader reader, Situation situation) => reader.Texts.HasChanged(reader.Who.WhoHasIt(situation));

    /// <summary>Their own language and zone, else their calendar's zone, else UTC.</summary>
    private Reader ReaderOf(string login)
    {
        var now = organisation.Current;
        var person = now.People.GetValueOrDefault(login);
        var zone = person?.Zone ?? (person?.Calendar is { } calendar ? now.Calendars.GetValueOrDefault(calendar)?.Zone : null);
        return new Reader(person?.Name ?? login, (zone is null ? null : NodaTime.DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone)) ?? NodaTime.DateTimeZone.Utc,
            new Listener(login, person, now), LinkTexts.Of(person?.Language));
    }

    private (LinkGrant? Grant, IResult? Refusal) Check(HttpContext http, string token)
    {
        if (token.Length > LongestToken || links.Read(token) is not { } grant)
        {
            metrics.Link(LinkOutcome.Forged);
            return (null, Page(http, StatusCodes.Status404NotFound, LinkPage.Message(LinkTexts.Of(http), LinkTexts.Of(http).NotValid, LinkTexts.Of(http).NotValidText)));
        }
        if (clock.Now >= grant.ExpiresAt)
        {
            var texts = ReaderOf(grant.Person).Texts;
            metrics.Link(LinkOutcome.Expired);
            return (null, Page(http, StatusCodes.Status410Gone, LinkPage.Message(texts, texts.Expired, texts.ExpiredText(texts.Hold(links.Lifetime)))));
        }
        return (grant, null);
    }

    private IResult Gone(HttpContext http, LinkGrant grant)
    {
        var texts = ReaderOf(grant.Person).Texts;
        return Page(http, StatusCodes.Status404NotFound, LinkPage.Message(texts, texts.NotFound, texts.NotFoundText(grant.Number)));
    }

    private IResult Unavailable(HttpContext http, Exception e)
    {
        metrics.Link(LinkOutcome.Failed);
        Log.CallbackFailed(logger, "/a/…", e);
        return Page(http, StatusCodes.Status503ServiceUnavailable, LinkPage.Message(LinkTexts.Of(http), LinkTexts.Of(http).NotWorked, LinkTexts.Of(http).NotWorkedText));
    }

    private static IResult Page(HttpContext http, int status, string html)
    {
        var headers = http.Response.Headers;
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = $"default-src 'none'; style-src '{LinkPage.StyleHash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["X-Robots-Tag"] = "noindex, nofollow";
        return TypedResults.Content(html, "text/html; charset=utf-8", System.Text.Encoding.UTF8, status);
    }
}
