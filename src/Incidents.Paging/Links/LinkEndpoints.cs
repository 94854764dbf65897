using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Paging.Channels;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Incidents.Paging.Links;

/// <summary>
/// <c>/a/{token}</c>: GET shows the incident, POST acts on it. A GET changes nothing, so previews of messengers and mail scanners do no harm.
/// The token is the whole credential and names one incident and one person.
/// </summary>
internal static class LinkEndpoints
{
    private const int LongestToken = 600;

    public static async Task<IResult> Show(HttpContext http, string token, LinkTokens links, PageReader pages, Clock clock, ILogger<LinkKey> logger)
    {
        var (grant, refusal) = Check(http, token, links, clock);
        if (grant is null)
            return refusal!;
        try
        {
            return await pages.ByNumber(grant.Number, http.RequestAborted) is { } situation
                ? Page(http, StatusCodes.Status200OK, LinkPage.Incident(situation, grant.Person, null))
                : Page(http, StatusCodes.Status404NotFound, LinkPage.Message("Incident not found", $"There is no incident {grant.Number} any more."));
        }
        catch (Exception e) when (!http.RequestAborted.IsCancellationRequested)
        {
            return Unavailable(http, logger, e);
        }
    }

    public static async Task<IResult> Act(HttpContext http, string token, LinkTokens links, PageReader pages, PhoneActions actions, Clock clock, ILogger<LinkKey> logger)
    {
        var (grant, refusal) = Check(http, token, links, clock);
        if (grant is null)
            return refusal!;
        var wanted = http.Request.HasFormContentType ? (await http.Request.ReadFormAsync(http.RequestAborted))["do"].ToString() : "";
        IncidentVerb? verb = wanted switch
        {
            "acknowledge" => IncidentVerb.Acknowledge,
            "resolve" => IncidentVerb.Resolve,
            "escalate" => IncidentVerb.Escalate,
            _ => null,
        };
        try
        {
            if (await pages.ByNumber(grant.Number, http.RequestAborted) is not { } situation)
                return Page(http, StatusCodes.Status404NotFound, LinkPage.Message("Incident not found", $"There is no incident {grant.Number} any more."));
            if (verb is null)
                return Page(http, StatusCodes.Status400BadRequest, LinkPage.Incident(situation, grant.Person, new Acted(false, "Choose acknowledge, resolve or escalate.")));
            var acted = await actions.Act(situation.Incident, situation.Number, verb.Value, grant.Person, "link", http.RequestAborted);
            var after = await pages.ByNumber(grant.Number, http.RequestAborted) ?? situation;
            return Page(http, acted.Done ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable, LinkPage.Incident(after, grant.Person, acted));
        }
        catch (Exception e) when (!http.RequestAborted.IsCancellationRequested)
        {
            return Unavailable(http, logger, e);
        }
    }

    private static (LinkGrant? Grant, IResult? Refusal) Check(HttpContext http, string token, LinkTokens links, Clock clock)
    {
        if (token.Length > LongestToken || links.Read(token) is not { } grant)
            return (null, Page(http, StatusCodes.Status404NotFound, LinkPage.Message("This link is not valid", "It may have been cut off on its way. Open it from the message itself, or reply to the message.")));
        if (clock.Now >= grant.ExpiresAt)
            return (null, Page(http, StatusCodes.Status410Gone, LinkPage.Message("This link has expired", $"Links hold for 24 hours. Sign in to see incident {grant.Number}.")));
        return (grant, null);
    }

    private static IResult Unavailable(HttpContext http, ILogger logger, Exception e)
    {
        Log.CallbackFailed(logger, "/a/…", e);
        return Page(http, StatusCodes.Status503ServiceUnavailable, LinkPage.Message("That did not work", "Incidents cannot reach its database. Nothing was changed; paging goes on. Try again in a moment."));
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
