using System.Text.Json;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Scheduling.Limits.Waivers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Incidents.Scheduling.Limits.Endpoints;

/// <summary>Body of <c>POST /limits/waivers</c>. <see cref="Subject"/>: a finding's subject, or its fingerprint for that one alone.</summary>
internal sealed record WaiverBody(string? Rule, string? Subject, string? Reason, Instant? Until);

internal sealed record WaiverItem(Guid Id, string Rule, string Subject, string Reason, string By, Instant At, Instant? Until, string? EndedBy, Instant? EndedAt)
{
    public static WaiverItem Of(Waiver w) => new(w.Id, w.Rule, w.Subject, w.Reason, w.By, w.At, w.Until, w.EndedBy, w.EndedAt);
}

internal sealed record WaiverList(IReadOnlyList<WaiverItem> Items, string? NextCursor);

/// <summary>Waivers: managers make and end them, everybody sees them; ended ones are kept and shown with <c>ended=true</c>.</summary>
internal static class WaiverEndpoints
{
    private const string Path = "/api/v1/limits/waivers";
    private const int MostItems = 200;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(Path, Create)
            .RequireRole(Role.Manager).Accepts<WaiverBody>("application/json")
            .WithName("createWaiver").WithTags("Limits").WithSummary("Accept a breach of a staffing limit, with a reason")
            .Produces<WaiverItem>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        routes.MapGet(Path, List)
            .RequireRole(Role.Observer)
            .WithName("listWaivers").WithTags("Limits").WithSummary("Accepted breaches of staffing limits; ended=true: those that were, too")
            .Produces<WaiverList>().ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        routes.MapDelete(Path + "/{id}", End)
            .RequireRole(Role.Manager)
            .WithName("endWaiver").WithTags("Limits").WithSummary("End a waiver; who ended it and when is kept")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> Create(HttpContext context, WaiverStore store, WaiverTeams teams, Clock clock, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        WaiverBody? body;
        try
        {
            body = await JsonSerializer.DeserializeAsync<WaiverBody>(context.Request.Body, Json.Options, cancellationToken);
        }
        catch (JsonException e)
        {
            return Error.Malformed("The body is not the JSON object that was expected: " + e.Message).ToProblem();
        }

        var faults = new List<Fault>();
        var rule = body?.Rule ?? "";
        var subject = body?.Subject?.Trim() ?? "";
        var reason = Texts.Clean(body?.Reason?.Trim() ?? "");
        if (!RuleNames.All.Contains(rule, StringComparer.Ordinal))
            faults.Add(new Fault("rule", $"Use {string.Join(", ", RuleNames.All)}."));
        if (subject.Length is 0 or > 600)
            faults.Add(new Fault("subject", "Name the subject, or the fingerprint, of a finding."));
        if (reason.Length is 0 or > Waiver.LongestReason)
            faults.Add(new Fault("reason", $"Say why, in 1 to {Waiver.LongestReason} characters."));
        if (body?.Until is { } until && until <= clock.Now)
            faults.Add(new Fault("until", "Choose an instant in the future, or leave it out."));
        if (faults.Count > 0)
            return Error.Invalid(faults).ToProblem();

        if (await teams.Refusal(context.Actor(), rule, subject, cancellationToken) is { } foreign)
            return foreign.ToProblem();

        var made = await store.Add(rule, Texts.Clean(subject), reason, body!.Until, context.Actor(), cancellationToken);
        Log.WaiverMade(loggers.CreateLogger(nameof(WaiverEndpoints)), made.By, made.Rule, made.Subject, made.Reason);
        context.Response.Headers.Location = $"{Path}/{made.Id}";
        return Results.Json(WaiverItem.Of(made), Json.Options, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> List(string? rule, string? ended, string? limit, string? cursor, WaiverStore store, CancellationToken cancellationToken)
    {
        var faults = new List<Fault>();
        var most = QueryPage.Limit(limit, MostItems, faults);
        var after = Guid.Empty;
        if (!string.IsNullOrEmpty(cursor) && !Guid.TryParse(cursor, out after))
            faults.Add(new Fault("cursor", "Use the nextCursor of the page before."));
        if (faults.Count > 0)
            return Error.Invalid(faults).ToProblem();
        var page = await store.Page(string.IsNullOrEmpty(rule) ? null : rule, ended == "true", after, most + 1, cancellationToken);
        var items = page.Take(most).Select(WaiverItem.Of).ToArray();
        return Results.Json(new WaiverList(items, page.Count > most ? items[^1].Id.ToString() : null), Json.Options);
    }

    private static async Task<IResult> End(string id, HttpContext context, WaiverStore store, WaiverTeams teams, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        if (Guid.TryParse(id, out var wanted) && await store.Find(wanted, cancellationToken) is { } present && await teams.Refusal(context.Actor(), present.Rule, present.Subject, cancellationToken) is { } foreign)
            return foreign.ToProblem();
        if (!Guid.TryParse(id, out var key) || await store.End(key, context.Actor(), cancellationToken) is not { } ended)
            return Error.NotFound($"There is no waiver '{id}'.").ToProblem();
        Log.WaiverEnded(loggers.CreateLogger(nameof(WaiverEndpoints)), context.Actor().Login, ended.Rule, ended.Subject);
        return Results.NoContent();
    }
}
