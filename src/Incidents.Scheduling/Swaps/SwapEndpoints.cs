using System.Globalization;
using System.Text.Json;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Incidents.Scheduling.Swaps;

/// <summary><c>/schedules/{name}/swaps</c> and <c>/swaps</c>: somebody asks others to take a shift, and what becomes of it.</summary>
internal static class SwapEndpoints
{
    private const int Most = 200;

    public static void Map(IEndpointRouteBuilder routes)
    {
        Describe(routes.MapPost("/api/v1/schedules/{name}/swaps", Create), "createSwap", "Asks others to take a shift, or a part of one")
            .WithDescription("Of the caller's own duty; the role manager may ask for a person. Offered to people or to anyone qualified, until expiresAt, at the latest until the shift begins. With an Idempotency-Key, asking again within 24 hours answers with the same request.")
            .Produces<SwapView>(StatusCodes.Status201Created);
        routes.MapGet("/api/v1/swaps", List).RequireRole(Role.Observer).WithTags("Swaps").WithName("listSwaps").WithSummary("Swap requests, newest first")
            .WithDescription("person: those they made, were asked for or took, and those to anyone that they are qualified for. status: open, accepted, declined, expired, withdrawn, several by comma.")
            .Produces<SwapList>().ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        routes.MapGet("/api/v1/swaps/{id}", Get).RequireRole(Role.Observer).WithTags("Swaps").WithName("getSwap").WithSummary("A swap request, by id or number")
            .Produces<SwapView>().ProducesProblem(StatusCodes.Status404NotFound);
        Describe(routes.MapPost("/api/v1/swaps/{id}/accept", Accept), "acceptSwap", "Takes what is left of it, or only from–to").Produces<SwapView>();
        Describe(routes.MapPost("/api/v1/swaps/{id}/decline", Decline), "declineSwap", "Says no").Produces<SwapView>();
        Describe(routes.MapPost("/api/v1/swaps/{id}/counter", Counter), "counterSwap", "Offers to take a part, or to take it in exchange for a shift of one's own").Produces<SwapView>();
        Describe(routes.MapPost("/api/v1/swaps/{id}/counters/{number:int}/accept", AcceptCounter), "acceptSwapCounter", "The one who asked agrees to a counter-offer").Produces<SwapView>();
        Describe(routes.MapPost("/api/v1/swaps/{id}/counters/{number:int}/decline", DeclineCounter), "declineSwapCounter", "The one who asked declines a counter-offer").Produces<SwapView>();
        Describe(routes.MapPost("/api/v1/swaps/{id}/withdraw", Withdraw), "withdrawSwap", "Takes the request back, and with it all that was accepted and has not begun").Produces<SwapView>();
    }

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder endpoint, string name, string summary) => endpoint
        .RequireRole(Role.Responder).WithTags("Swaps").WithName(name).WithSummary(summary)
        .ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> Create(string name, SwapRequest body, HttpContext http, SwapDesk desk, CancellationToken cancellationToken)
    {
        var asked = SwapAsking.Read(name, body, http.Actor(), desk.Organisation, desk.OnCall, desk.Now);
        if (asked.Error is { } error)
            return error.ToProblem();
        var wanted = JsonSerializer.SerializeToUtf8Bytes(body, Json.Options);
        var made = await desk.Service.Create(asked.Value, http.Actor(), http.Request.Headers["Idempotency-Key"].ToString(), http.Request.Path, wanted, cancellationToken);
        return made.Error is { } refused
            ? refused.ToProblem()
            : Results.Json(SwapView.Of(made.Value, desk.Now), Json.Options, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> Get(string id, SwapDesk desk, CancellationToken cancellationToken)
        => await desk.Table.Find(id, cancellationToken) is { } row ? Results.Json(SwapView.Of(row, desk.Now), Json.Options) : Error.NotFound($"There is no swap request '{id}'.").ToProblem();

    private static async Task<IResult> List(string? schedule, string? person, string? status, int? limit, string? cursor, SwapDesk desk, CancellationToken cancellationToken)
    {
        var faults = new List<Fault>();
        var states = States(status, faults);
        var most = limit ?? 50;
        if (most is < 1 or > Most)
            faults.Add(new Fault("limit", $"Ask for 1 to {Most}."));
        var below = 0L;
        if (!string.IsNullOrEmpty(cursor) && !long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out below))
            faults.Add(new Fault("cursor", "Use a nextCursor as it was given."));
        if (faults.Count > 0)
            return Error.Invalid(faults).ToProblem();
        var organisation = desk.Organisation;
        IReadOnlyList<string> qualified = string.IsNullOrEmpty(person) ? [] : [.. organisation.Schedules.Keys.Where(s => Duty.Qualified(organisation, desk.OnCall, person, s, desk.Now))];
        var rows = await desk.Table.List(new SwapQuery(NullIfEmpty(schedule), NullIfEmpty(person), states, qualified, below == 0 ? null : below, most + 1), cancellationToken);
        var items = rows.Take(most).Select(r => SwapView.Of(r, desk.Now)).ToList();
        return Results.Json(new SwapList(items, rows.Count > most ? items[^1].Number.ToString(CultureInfo.InvariantCulture) : null), Json.Options);
    }

    private static Task<IResult> Accept(string id, HttpContext http, SwapDesk desk, CancellationToken cancellationToken, SwapPart? body = null)
        => desk.Answer(id, http, body?.As, (swap, organisation, now, by) =>
        {
            var part = SwapAsking.Part(body?.From, body?.To);
            return part?.Error is { } error ? error : new SwapVerb.Accept(by, desk.Qualified(organisation, by, swap, now), part?.Value);
        }, cancellationToken);

    private static Task<IResult> Decline(string id, HttpContext http, SwapDesk desk, CancellationToken cancellationToken, SwapActing? body = null)
        => desk.Answer(id, http, body?.As, (swap, organisation, now, by) => new SwapVerb.Decline(by, desk.Qualified(organisation, by, swap, now)), cancellationToken);

    private static Task<IResult> Counter(string id, CounterRequest body, HttpContext http, SwapDesk desk, CancellationToken cancellationToken)
        => desk.Answer(id, http, body.As, (swap, organisation, now, by) =>
        {
            var part = SwapAsking.Part(body.From, body.To);
            if (part?.Error is { } error)
                return error;
            if (body.Note?.Length > 500)
                return Error.Invalid("note", "At most 500 characters.");
            var exchange = default(SwapExchange);
            if (body.Exchange is { } asked)
            {
                var checkedShift = SwapAsking.Exchange(asked, swap, by, organisation, desk.OnCall, now);
                if (checkedShift.Error is { } refused)
                    return refused;
                exchange = checkedShift.Value;
            }
            return new SwapVerb.Counter(by, desk.Qualified(organisation, by, swap, now), part?.Value, exchange, NullIfEmpty(body.Note?.Trim()));
        }, cancellationToken);

    private static Task<IResult> AcceptCounter(string id, int number, HttpContext http, SwapDesk desk, CancellationToken cancellationToken)
        => desk.Own(id, http, new SwapVerb.AcceptCounter(number), cancellationToken);

    private static Task<IResult> DeclineCounter(string id, int number, HttpContext http, SwapDesk desk, CancellationToken cancellationToken)
        => desk.Own(id, http, new SwapVerb.DeclineCounter(number), cancellationToken);

    private static Task<IResult> Withdraw(string id, HttpContext http, SwapDesk desk, CancellationToken cancellationToken)
        => desk.Own(id, http, new SwapVerb.Withdraw(), cancellationToken);

    private static List<SwapState>? States(string? status, List<Fault> faults)
    {
        if (string.IsNullOrEmpty(status))
            return null;
        var states = new List<SwapState>();
        foreach (var word in status.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!char.IsAsciiDigit(word[0]) && Enum.TryParse<SwapState>(word, ignoreCase: true, out var state))
                states.Add(state);
            else
                faults.Add(new Fault("status", $"'{word}' is not open, accepted, declined, expired or withdrawn."));
        }
        return states;
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}

/// <summary>What the endpoints of swap requests share: who acts, and for whom.</summary>
internal sealed class SwapDesk(SwapService service, SwapTable table, IOrganisation organisations, OnCall onCall, Clock clock)
{
    public SwapService Service { get; } = service;
    public SwapTable Table { get; } = table;
    public OnCall OnCall { get; } = onCall;
    public OrganisationSnapshot Organisation => organisations.Current;
    public NodaTime.Instant Now => clock.Now;

    public bool Qualified(OrganisationSnapshot organisation, string by, Swap swap, NodaTime.Instant now) => Duty.Qualified(organisation, OnCall, by, swap.Schedule, now);

    /// <summary>A verb of somebody who was asked.</summary>
    public async Task<IResult> Answer(string id, HttpContext http, string? login, Func<Swap, OrganisationSnapshot, NodaTime.Instant, string, Result<SwapVerb>> ask, CancellationToken cancellationToken)
    {
        var acting = http.Actor().ActingAs(login, Organisation);
        if (acting.Error is { } error)
            return error.ToProblem();
        var actor = acting.Value;
        if (!Organisation.People.ContainsKey(actor.Login))
            return Error.Forbidden($"'{actor.Login}' is nobody who can be on call: say for whom with 'as'.").ToProblem();
        return View(await Service.Act(id, actor, (swap, organisation, now) => ask(swap, organisation, now, actor.Login), cancellationToken));
    }

    /// <summary>A verb of the one who asked, or of a manager for them.</summary>
    public async Task<IResult> Own(string id, HttpContext http, SwapVerb verb, CancellationToken cancellationToken)
    {
        var actor = http.Actor();
        return View(await Service.Act(id, actor, (swap, organisation, _) =>
        {
            if (swap.Person == actor.Login)
                return verb;
            if (!actor.Can(Role.Manager))
                return Error.Forbidden($"Only {swap.Person} or a manager decides that.");
            return actor.RefusalIn(Role.Manager, $"the schedule '{swap.Schedule}'", organisation.Schedules.GetValueOrDefault(swap.Schedule)?.Team) is { } foreign ? foreign : (Result<SwapVerb>)verb;
        }, cancellationToken));
    }

    private IResult View(Result<SwapRow> done) => done.Error is { } error ? error.ToProblem() : Results.Json(SwapView.Of(done.Value, Now), Json.Options);
}
