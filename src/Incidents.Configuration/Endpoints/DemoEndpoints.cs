using Incidents.Configuration.Demo;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Incidents.Configuration.Endpoints;

/// <summary>One direction.</summary>
/// <param name="Changes">What would be made, or removed; empty: nothing is to do.</param>
/// <param name="Kept">Demo things that it leaves as they are, and why.</param>
/// <param name="Refusal">Why it cannot be done as things are, such as a phone number that belongs to somebody already; null: it can.</param>
internal sealed record DemoStep(IReadOnlyList<ConfigChange> Changes, IReadOnlyList<DemoKept> Kept, IReadOnlyList<Fault>? Refusal);

/// <summary>What loading the demo data, and what removing it, would do now.</summary>
internal sealed record DemoPlans(DemoStep Load, DemoStep Remove);

/// <summary>What was done.</summary>
/// <param name="GeneratedKeys">Keys of the integrations that came with it: shown this once.</param>
internal sealed record DemoAnswer(IReadOnlyList<ConfigChange> Changes, IReadOnlyList<DemoKept> Kept, IReadOnlyList<GeneratedKey>? GeneratedKeys);

/// <summary>Demo data put beside what is there, and taken away again. Both want the ETag of the plan, so that nobody does what they have not seen.</summary>
internal static class DemoEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/api/v1/demo", Get).RequireRole(Role.Admin)
            .WithName("planDemo").WithTags("Configuration").WithSummary("What loading the demo organisation, and what removing it, would do")
            .WithDescription("Loading adds what is missing and never touches what is there. Removing takes what is still as the demo document has it and what nothing else names, with the overrides, temporary schedules and absences of what goes.")
            .Produces<DemoPlans>().ProducesProblem(403);
        Act(endpoints.MapPost("/api/v1/demo", (HttpContext context, DemoData demo, PublicAddress address) => Run(context, demo, address, remove: false)), "loadDemo", "Loads the demo organisation beside what is there");
        Act(endpoints.MapDelete("/api/v1/demo", (HttpContext context, DemoData demo, PublicAddress address) => Run(context, demo, address, remove: true)), "removeDemo", "Removes of the demo organisation what nobody changed or needs");
    }

    private static void Act(RouteHandlerBuilder builder, string name, string summary) => builder.RequireRole(Role.Admin)
        .WithName(name).WithTags("Configuration").WithSummary(summary)
        .WithDescription("If-Match with the ETag of GET /api/v1/demo is required: what was planned is what is done, and a change in between is 412.")
        .Produces<DemoAnswer>().ProducesProblem(403).ProducesProblem(412).ProducesProblem(422);

    private static async Task<IResult> Get(HttpContext context, DemoData demo)
    {
        var load = await demo.Plan(remove: false, context.Actor(), context.RequestAborted);
        var remove = await demo.Plan(remove: true, context.Actor(), context.RequestAborted);
        // The older of the two: a change between them makes the tag stale.
        context.Response.Headers.ETag = Query.Tag(Math.Min(load.Version, remove.Version));
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new DemoPlans(Step(load), Step(remove)));
    }

    private static DemoStep Step(DemoOutcome outcome) => new(outcome.Plan is { } plan ? EditAnswers.Changes(plan) : [], outcome.Kept, outcome.Error is { } error ? Faults(error) : null);

    private static IReadOnlyList<Fault> Faults(Error error) => error.Faults.Count > 0 ? error.Faults : [new Fault("", error.Title)];

    private static async Task<IResult> Run(HttpContext context, DemoData demo, PublicAddress address, bool remove)
    {
        var faults = new List<Fault>();
        var version = Query.Tag(context.Request.Headers.IfMatch, "GET /api/v1/demo", faults);
        if (version is null && faults.Count == 0)
            faults.Add(new Fault("If-Match", "send the ETag of GET /api/v1/demo: that is the plan which is carried out."));
        if (faults.Count > 0)
            return Error.Invalid(faults).ToProblem();
        var outcome = await demo.Run(remove, context.Actor(), version!.Value, context.RequestAborted);
        if (outcome.Plan is not { } plan)
            return outcome.Error!.ToProblem();
        context.Response.Headers.ETag = Query.Tag(outcome.Version);
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new DemoAnswer(EditAnswers.Changes(plan), outcome.Kept,
            plan.GeneratedKeys.Count == 0 ? null : [.. plan.GeneratedKeys.Select(k => new GeneratedKey(k.Key, k.Value, address.OfIntegration(EditAnswers.KindOf(plan, k.Key), k.Value)))]));
    }
}
