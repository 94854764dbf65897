using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Scheduling.Limits;
using Incidents.Scheduling.Limits.Endpoints;
using Incidents.Scheduling.Shifts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace Incidents.Scheduling.Fairness;

/// <summary>People in the order of their logins; everybody in the rotations asked for, and everybody who had duty in them.</summary>
internal sealed record FairnessReport(IReadOnlyList<Burden> Items, Balance Balance, IReadOnlyDictionary<string, decimal> Weights, long Version, Instant From, Instant To)
{
    public static FairnessReport Of(CompiledOrganisation compiled, IReadOnlySet<string>? schedules, IReadOnlyList<DutyEvent> events, Instant from, Instant to)
    {
        var organisation = compiled.Organisation;
        var chosen = schedules ?? organisation.Schedules.Keys.ToHashSet(StringComparer.Ordinal);
        var roll = new Roll(compiled, from, to, chosen);
        var roster = organisation.Schedules.Values.Where(s => chosen.Contains(s.Name)).SelectMany(s => s.Layers).SelectMany(l => l.Slots).SelectMany(s => s);
        var pages = events.Where(e => chosen.Contains(e.Schedule) && e.At >= from && e.At < to)
            .DistinctBy(e => (e.Person, e.Incident)).GroupBy(e => e.Person, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        var items = Burdens.Of(organisation, roster.Concat(roll.People), p => roll.Of(p).Select(d => d.Span), p => pages.GetValueOrDefault(p), from, to);
        return new FairnessReport(items, Balance.Of([.. items.Select(b => b.Points)]), BurdenWeights.All, organisation.Version, from, to);
    }
}

/// <summary>
/// <c>GET /fairness?schedule=&amp;team=&amp;pool=&amp;from=&amp;to=</c>: what duty costs whom (default: the last 90 days), hours by shift class of the person's own clock and
/// calendar, weekends, holidays, nights and pages, and how evenly it lies.
/// </summary>
internal static class GetFairness
{
    private static readonly Duration DefaultSpan = Duration.FromDays(90);
    private static readonly Duration LongestSpan = Duration.FromDays(732);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/v1/fairness", Handle)
        .RequireRole(Role.Observer)
        .WithName("getFairness")
        .WithTags("Limits")
        .WithSummary("What duty costs each person in a window, and how evenly it lies")
        .Produces<FairnessReport>()
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> Handle(
        string? schedule, string? team, string? pool, string? from, string? to, IOrganisation organisations, OnCall onCall, FactsReader facts, Clock clock, CancellationToken cancellationToken)
    {
        var organisation = organisations.Current;
        var faults = new List<Fault>();
        var schedules = QueryPage.Schedules(organisation, schedule, pool, team, null, faults);
        var window = QueryPage.Interval(from, to, clock.Now - DefaultSpan, DefaultSpan, LongestSpan, faults);
        if (faults.Count > 0)
            return Error.Invalid(faults).ToProblem();
        var events = await facts.Events(window.From, window.To, cancellationToken);
        return Results.Json(FairnessReport.Of(onCall.Of(organisation), schedules, events, window.From, window.To), Json.Options);
    }
}
