using System.Text.Json;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Paging.Channels;
using Incidents.Paging.Model;
using Incidents.Paging.Notices;
using Incidents.Paging.Rules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace Incidents.Paging.Trials;

/// <summary>One of them: a contact by name, or the whole rule of an urgency (high or low).</summary>
internal sealed record NewTest(string? Contact, string? Urgency);

/// <param name="Id">Of the whole test.</param>
/// <param name="Over">Every step has come to its end as far as its vendor tells.</param>
internal sealed record TestView(Guid Id, IReadOnlyList<TestStep> Steps, bool Over);

/// <param name="DueAt">When it goes out, at the earliest.</param>
/// <param name="Reason">Why it failed, in a word; null: it did not.</param>
/// <param name="Why">The same as a sentence.</param>
internal sealed record TestStep(string Contact, [property: Words(typeof(ContactKind))] string Kind, string Address, [property: Words(typeof(NoticeState))] string State, string? Reason, string? Why, Instant? DueAt, Instant? SentAt, Instant? DoneAt);

/// <summary><c>/api/v1/me/tests</c>: rings one's own contacts.</summary>
internal static class TestEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        Own(routes.MapPost("/api/v1/me/tests", Start)).WithName("testMyContacts").WithSummary("Rings or writes to one of your contacts, or plays a whole rule, plainly as a test")
            .WithDescription("{contact} or {urgency: high | low}. A rule keeps its delays; a key in the test call stops the rest, as an acknowledgement would. 409 while a page is open for you, 429 beyond 30 calls and messages an hour.")
            .Produces<TestView>(202).ProducesProblem(409).ProducesProblem(422).ProducesProblem(429);
        Own(routes.MapGet("/api/v1/me/tests/{id:guid}", Get)).WithName("getMyTest").WithSummary("How a test stands, step by step").Produces<TestView>();
        Own(routes.MapPost("/api/v1/me/tests/{id:guid}/stop", Stop)).WithName("stopMyTest").WithSummary("Takes back what of a test has not gone out yet").Produces<TestView>();
    }

    private static RouteHandlerBuilder Own(RouteHandlerBuilder endpoint) => endpoint.RequireRole(Role.Observer).WithTags("Me").ProducesProblem(404);

    private static async Task<IResult> Start(NewTest body, HttpContext http, IOrganisation organisation, TestRuns runs, TrialTable trials, CancellationToken cancellationToken)
    {
        if (!organisation.Current.People.TryGetValue(http.Actor().Login, out var person))
            return Error.NotFound($"'{http.Actor().Login}' is nobody who can be reached.").ToProblem();
        if (Steps(body, person) is not { } steps)
            return Error.Invalid(body.Contact is null ? "urgency" : "contact", body.Contact is null ? "must be high or low; or name a contact instead." : "names no contact of yours; or give an urgency instead.").ToProblem();
        if (steps.Count == 0)
            return Error.Invalid("urgency", "There is no contact that this rule would use.").ToProblem();
        var run = await runs.Start(person, steps, cancellationToken);
        if (run.Error is { } error)
            return error.ToProblem();
        return TypedResults.Json(View(run.Value, await trials.Run(person.Login, run.Value, cancellationToken)), Json.Options, statusCode: StatusCodes.Status202Accepted);
    }

    /// <summary>Null: it says neither, or both.</summary>
    private static IReadOnlyList<PlannedAttempt>? Steps(NewTest body, Person person) => (body.Contact, body.Urgency) switch
    {
        ({ } name, null) => person.Contacts.FirstOrDefault(c => string.Equals(c.Name, name, StringComparison.Ordinal)) is { } contact ? [new(contact.Name, contact.Kind, contact.Address, Duration.Zero, 0)] : null,
        (null, "high") => PersonalRules.Plan(person, high: true),
        (null, "low") => PersonalRules.Plan(person, high: false),
        _ => null,
    };

    private static async Task<IResult> Get(Guid id, HttpContext http, TrialTable trials, CancellationToken cancellationToken)
        => await trials.Run(http.Actor().Login, id, cancellationToken) is { Count: > 0 } steps ? TypedResults.Json(View(id, steps), Json.Options) : Missing();

    private static async Task<IResult> Stop(Guid id, HttpContext http, TestRuns runs, TrialTable trials, CancellationToken cancellationToken)
    {
        await runs.Stop(http.Actor().Login, id, cancellationToken);
        return await Get(id, http, trials, cancellationToken);
    }

    private static IResult Missing() => Error.NotFound("You have made no such test.").ToProblem();

    private static TestView View(Guid run, IReadOnlyList<Notice> steps) => new(run, [.. steps.Select(Step)], steps.All(s => s.DoneAt is not null || (s.State == NoticeState.Sent && s.Channel is ContactKind.Email)));

    private static TestStep Step(Notice n) => new(n.Contact ?? "", JsonNamingPolicy.CamelCase.ConvertName(n.Channel?.ToString() ?? ""), n.Address ?? "", JsonNamingPolicy.CamelCase.ConvertName(n.State.ToString()),
        n.Reason == Reason.None ? null : n.Reason.Wire(), n.Reason == Reason.None ? null : n.Reason.Say(), n.InHand ? null : n.NextAt, n.SentAt, n.DoneAt);
}
