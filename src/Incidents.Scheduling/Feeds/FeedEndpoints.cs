using System.Globalization;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using NodaTime;

namespace Incidents.Scheduling.Feeds;

/// <summary>The address is shown this once; only its hash is kept.</summary>
internal sealed record FeedAddress(string Url, Instant CreatedAt);

internal sealed record FeedState(Instant CreatedAt);

/// <summary>Secret addresses (<c>/me/calendar</c>, <c>/schedules/{name}/calendar</c>) and the calendars behind them (<c>/calendars/{token}.ics</c>).</summary>
internal static class FeedEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        Own(routes.MapPost("/api/v1/me/calendar", (HttpContext http, IOrganisation organisation, CalendarFeeds feeds, CancellationToken cancel) => Reset(null, http, organisation, feeds, cancel)))
            .WithName("resetMyCalendar").WithSummary("A secret address of a calendar with one's own shifts; the former address is dead").Produces<FeedAddress>();
        Own(routes.MapGet("/api/v1/me/calendar", (HttpContext http, CalendarFeeds feeds, CancellationToken cancel) => State(null, http, feeds, cancel)))
            .WithName("getMyCalendar").WithSummary("Since when there is an address of one's own calendar; null: there is none").Produces<FeedState>();
        Own(routes.MapDelete("/api/v1/me/calendar", (HttpContext http, CalendarFeeds feeds, CancellationToken cancel) => Remove(null, http, feeds, cancel)))
            .WithName("removeMyCalendar").WithSummary("Makes the address of one's own calendar dead").Produces(StatusCodes.Status204NoContent);
        Own(routes.MapPost("/api/v1/schedules/{name}/calendar", (string name, HttpContext http, IOrganisation organisation, CalendarFeeds feeds, CancellationToken cancel) => Reset(name, http, organisation, feeds, cancel)))
            .WithName("resetScheduleCalendar").WithSummary("A secret address, the caller's own, of a schedule's calendar; the former address is dead").Produces<FeedAddress>();
        Own(routes.MapGet("/api/v1/schedules/{name}/calendar", (string name, HttpContext http, CalendarFeeds feeds, CancellationToken cancel) => State(name, http, feeds, cancel)))
            .WithName("getScheduleCalendar").WithSummary("Since when the caller has an address of a schedule's calendar; null: there is none").Produces<FeedState>();
        Own(routes.MapDelete("/api/v1/schedules/{name}/calendar", (string name, HttpContext http, CalendarFeeds feeds, CancellationToken cancel) => Remove(name, http, feeds, cancel)))
            .WithName("removeScheduleCalendar").WithSummary("Makes the caller's address of a schedule's calendar dead").Produces(StatusCodes.Status204NoContent);
        routes.MapMethods("/calendars/{token}.ics", [HttpMethods.Get, HttpMethods.Head], Serve).ExcludeFromDescription();
    }

    private static RouteHandlerBuilder Own(RouteHandlerBuilder endpoint) => endpoint.RequireRole(Role.Observer).WithTags("Calendars")
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> Reset(string? schedule, HttpContext http, IOrganisation organisation, CalendarFeeds feeds, CancellationToken cancellationToken)
    {
        var owner = http.Actor().Login;
        if (schedule is not null && !organisation.Current.Schedules.ContainsKey(schedule))
            return Error.NotFound($"There is no schedule '{schedule}'.").ToProblem();
        if (schedule is null && !organisation.Current.People.ContainsKey(owner))
            return Error.NotFound($"'{owner}' is nobody who can be on call: there is no such calendar.").ToProblem();
        var (url, at) = await feeds.Reset(owner, schedule ?? "", cancellationToken);
        http.Response.Headers.CacheControl = "no-store";
        return Results.Json(new FeedAddress(url, at), Json.Options);
    }

    /// <summary>That there is none yet is an answer, not a fault: pages ask this without being told of an error.</summary>
    private static async Task<IResult> State(string? schedule, HttpContext http, CalendarFeeds feeds, CancellationToken cancellationToken)
        => await feeds.Since(http.Actor().Login, schedule ?? "", cancellationToken) is { } since ? Results.Json(new FeedState(since), Json.Options) : Results.Text("null", "application/json");

    private static async Task<IResult> Remove(string? schedule, HttpContext http, CalendarFeeds feeds, CancellationToken cancellationToken)
        => await feeds.Remove(http.Actor().Login, schedule ?? "", cancellationToken) > 0 ? Results.NoContent() : None();

    private static IResult None() => Error.NotFound("There is no address of this calendar: make one with POST.").ToProblem();

    /// <summary>The secret is the only right that is asked for. <c>gaps=true</c>: where nobody is on call, too.</summary>
    private static async Task<IResult> Serve(string token, bool? gaps, HttpContext http, CalendarFeeds feeds, CancellationToken cancellationToken)
    {
        if (token.Length > 200 || await feeds.Serve(token, cancellationToken) is not { } feed)
            return Error.NotFound("There is no such calendar.").ToProblem();
        var withGaps = gaps == true;
        var tag = $"\"{feed.Content.Digest[..32]}{(withGaps ? "-gaps" : "")}\"";
        // HTTP dates are whole seconds: rounded up, so that a change within the second is never hidden.
        var modified = DateTimeOffset.FromUnixTimeSeconds(feed.ChangedAt.Plus(Duration.FromMilliseconds(999)).ToUnixTimeSeconds());
        http.Response.Headers.ETag = tag;
        http.Response.Headers.LastModified = modified.ToString("R", CultureInfo.InvariantCulture);
        http.Response.Headers.CacheControl = "private, no-cache";
        if (NotModified(http.Request, tag, modified))
            return Results.StatusCode(StatusCodes.Status304NotModified);
        var text = CalendarText.Write(feed.Content.Name, feed.Content.Events.Where(e => withGaps || !e.IsGap), feed.Revision, feed.ChangedAt);
        return Results.Text(text, "text/calendar; charset=utf-8", System.Text.Encoding.UTF8);
    }

    /// <summary>RFC 9110: <c>If-None-Match</c> decides where there is one; only without it <c>If-Modified-Since</c> counts.</summary>
    private static bool NotModified(HttpRequest request, string tag, DateTimeOffset modified)
    {
        if (request.Headers.IfNoneMatch.Count > 0)
        {
            return EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch, out var known)
                && known.Any(k => k.Tag == "*" || k.Compare(new EntityTagHeaderValue(tag), useStrongComparison: false));
        }
        return request.GetTypedHeaders().IfModifiedSince is { } since && modified <= since;
    }
}
