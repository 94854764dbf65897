using System.Text.Json;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Persistence.Incidents;
using Incidents.Persistence.Transactions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace Incidents.Escalation.Endpoints;

/// <summary>Body of an action; all of it optional. <paramref name="Until"/> (exclusive) ends a snooze, by default an hour from now.</summary>
internal sealed record ActionBody(string? As, string? Note, Instant? Until);

/// <summary>The incidents API: lists, one, its timeline, and what people do to it.</summary>
internal static class IncidentEndpoints
{
    private const int DefaultLimit = 50;
    private const int MaxLimit = 1000;

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/api/v1/incidents").WithTags("Incidents");
        group.MapGet("", List).RequireRole(Role.Observer).WithName("listIncidents").WithSummary("Incidents, newest first")
            .WithDescription("status: triage, triggered, acknowledged, snoozed, resolved, several by comma, or open; limit up to 1000; cursor from nextCursor.").Produces<IncidentList>();
        group.MapPost("", Declare.Handle).RequireRole(Role.Responder).WithName("declareIncident").WithSummary("Opens an incident by hand and pages for it")
            .Accepts<DeclareBody>("application/json").Produces<IncidentView>(StatusCodes.Status201Created);
        group.MapGet("/{id}", One).RequireRole(Role.Observer).WithName("getIncident").WithSummary("One incident, by UUID or number").Produces<IncidentView>();
        group.MapGet("/{id}/timeline", Timeline).RequireRole(Role.Observer).WithName("getTimeline").WithSummary("The incident's story, oldest first").Produces<TimelineList>();
        foreach (var (path, verb, summary) in new[]
        {
            ("acknowledge", IncidentVerb.Acknowledge, "Somebody takes it: ringing stops, nothing more is paged; a repeat keeps the first"),
            ("resolve", IncidentVerb.Resolve, "It is over; a repeat keeps the first"),
            ("escalate", IncidentVerb.Escalate, "Pages the next level now"),
            ("snooze", IncidentVerb.Snooze, "Quiet until an instant, by default for an hour; then it is triggered again"),
            ("notes", IncidentVerb.Note, "Writes into the timeline"),
        })
        {
            group.MapPost("/{id}/" + path, (HttpContext http, string id, IncidentReader reader, IncidentActions actions, IOrganisation organisation, WorkRunner works, CancellationToken ct) => Act(http, id, verb, reader, actions, organisation, works, ct))
                .RequireRole(Role.Responder).WithName(path == "notes" ? "addNote" : path + "Incident").WithSummary(summary)
                .WithDescription("Answered after commit: a read after it shows it.").Accepts<ActionBody>("application/json").Produces<IncidentView>().ProducesProblem(StatusCodes.Status409Conflict);
        }
    }

    private static async Task<IResult> List(HttpContext http, IncidentReader reader, string? status, string? service, string? pool, string? q, int? limit, string? cursor, CancellationToken ct)
    {
        var statuses = new List<IncidentStatus>();
        foreach (var word in (status ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (word is "open")
                statuses.AddRange([IncidentStatus.Triage, IncidentStatus.Triggered, IncidentStatus.Acknowledged, IncidentStatus.Snoozed]);
            else if (word is "all")
                continue;
            else if (Wire.Status(word) is { } known)
                statuses.Add(known);
            else
                return Error.Invalid("status", $"'{word}' is not a status: use triage, triggered, acknowledged, snoozed, resolved, open or all.").ToProblem();
        }
        if (limit is < 1 or > MaxLimit)
            return Error.Invalid("limit", $"Use 1 to {MaxLimit}.").ToProblem();
        long? before = null;
        if (cursor is not null)
        {
            if (!long.TryParse(cursor, System.Globalization.CultureInfo.InvariantCulture, out var number))
                return Error.Invalid("cursor", "Use a nextCursor as it was given.").ToProblem();
            before = number;
        }
        var (items, next) = await reader.List(statuses, service, pool, q, before, limit ?? DefaultLimit, http.Actor(), ct);
        return Results.Json(new { items, nextCursor = next }, Json.Options);
    }

    private static async Task<IResult> One(HttpContext http, string id, IncidentReader reader, CancellationToken ct)
        => await reader.One(id, http.Actor(), ct) is { } view ? Shown(http, view) : Missing(id);

    private static async Task<IResult> Timeline(string id, IncidentReader reader, CancellationToken ct)
        => await reader.Timeline(id, ct) is { } items ? Results.Json(new { items }, Json.Options) : Missing(id);

    private static async Task<IResult> Act(HttpContext http, string id, IncidentVerb verb, IncidentReader reader, IncidentActions actions, IOrganisation organisation, WorkRunner works, CancellationToken ct)
    {
        var raw = await Bodies.Read(http, ct);
        var body = Bodies.Parse<ActionBody>(raw, optional: true);
        if (!body.IsOk)
            return body.Error!.ToProblem();
        var actor = http.Actor().ActingAs(body.Value?.As, organisation.Current);
        if (!actor.IsOk)
            return actor.Error!.ToProblem();
        if (verb == IncidentVerb.Note && string.IsNullOrWhiteSpace(body.Value?.Note))
            return Error.Invalid("note", "Write the text of the note.").ToProblem();
        if (body.Value?.Note is { Length: > 10_000 })
            return Error.Invalid("note", "At most 10,000 characters.").ToProblem();
        if (await reader.FindId(id, ct) is not { } found)
            return Missing(id);
        var action = new IncidentAction(verb, actor.Value.Login, actor.Value.Via, body.Value?.Note, body.Value?.Until);
        var expected = http.Request.Headers.IfMatch.ToString();
        var outcome = await works.Run(work => Idempotency.Once(work, http.Request.Headers["Idempotency-Key"].ToString(), http.Request.Path, raw, async () =>
        {
            if (expected.Length > 0 && expected != "*" && await work.LockIncident(found, ct) is { } now && expected != ETag(now.Version))
                return new Error(ErrorKind.Stale, "stale", $"The incident has changed meanwhile; its ETag is {ETag(now.Version)} now.", []);
            var done = await actions.Act(work, found, action, ct);
            return done.IsOk ? "ok" : (Result<string>)done.Error!;
        }, ct), ct);
        return outcome.IsOk ? Shown(http, await reader.One(found.ToString(), http.Actor(), ct)) : outcome.Error!.ToProblem();
    }

    private static IResult Shown(HttpContext http, IncidentView? view)
    {
        if (view is not null)
            http.Response.Headers.ETag = ETag(view.Version);
        return Results.Json(view, Json.Options);
    }

    private static string ETag(int version) => $"\"{version}\"";

    private static IResult Missing(string id) => Error.NotFound($"There is no incident '{id}'.").ToProblem();
}

/// <summary>Request bodies read whole, so that they can be hashed, and parsed with errors that name the field.</summary>
internal static class Bodies
{
    private const int Limit = 1 << 20;

    public static async Task<byte[]> Read(HttpContext http, CancellationToken ct)
    {
        using var buffer = new MemoryStream();
        var chunk = new byte[8192];
        int n;
        while ((n = await http.Request.Body.ReadAsync(chunk, ct)) > 0 && buffer.Length <= Limit)
            buffer.Write(chunk, 0, n);
        return buffer.ToArray();
    }

    public static Result<T?> Parse<T>(byte[] body, bool optional) where T : class
    {
        if (body.Length == 0)
            return optional ? default(T) : Error.Malformed("The body is empty: send JSON.");
        if (body.Length > Limit)
            return new Error(ErrorKind.TooLarge, "too-large", "The body is larger than 1 MiB.", []);
        try
        {
            return JsonSerializer.Deserialize<T>(body, Json.Options);
        }
        catch (JsonException e)
        {
            var path = e.Path?.TrimStart('$').TrimStart('.') ?? "";
            return path.Length == 0 ? Error.Malformed($"Not JSON: {e.Message}") : Error.Invalid(path, e.Message);
        }
    }
}
