using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Scheduling.Endpoints;
using Incidents.Scheduling.Limits;
using Incidents.Scheduling.Limits.Endpoints;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace Incidents.Scheduling.Overload;

/// <summary>A running shift of a person with its events so far. <see cref="Max"/> null: the pool does not limit them.</summary>
internal sealed record LoadItem(
    string Schedule, string Pool, Position Position, string Person, Instant From, Instant? To, int Events, decimal? Max, bool Overloaded, IReadOnlyList<long> Incidents);

internal sealed record LoadList(IReadOnlyList<LoadItem> Items);

/// <summary><c>GET /limits/load?schedule=&amp;pool=&amp;person=&amp;at=</c>: how many events each running shift has had.</summary>
internal static class GetLoad
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/v1/limits/load", Handle)
        .RequireRole(Role.Observer)
        .WithName("getShiftLoad")
        .WithTags("Limits")
        .WithSummary("Events of the shifts that are running, and which are overloaded")
        .Produces<LoadList>()
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> Handle(
        string? schedule, string? pool, string? person, string? at, IOrganisation organisations, OnCall onCall, FactsReader facts, Clock clock, CancellationToken cancellationToken)
    {
        var organisation = organisations.Current;
        var faults = new List<Fault>();
        var instant = QueryInstants.Read("at", at, clock.Now, faults);
        var chosen = QueryPage.Schedules(organisation, schedule, pool, null, person, faults);
        if (faults.Count > 0)
            return Error.Invalid(faults).ToProblem();

        var events = (await facts.Events(instant, instant + Duration.Epsilon, cancellationToken)).ToLookup(e => (e.Schedule, e.Person));
        var compiled = onCall.Of(organisation);
        var items = organisation.Schedules.Values
            .Where(s => chosen?.Contains(s.Name) != false)
            .OrderBy(s => s.Name, StringComparer.Ordinal)
            .SelectMany(s => compiled.LineOf(s.Name) is { } line ? ShiftsOf.On(line, s.Name, instant).SelectMany(shift => shift.People, (shift, p) => Item(organisation, s, shift, p, events)) : [])
            .Where(i => string.IsNullOrEmpty(person) || i.Person == person)
            .ToArray();
        return Results.Json(new LoadList(items), Json.Options);
    }

    private static LoadItem Item(OrganisationSnapshot organisation, Schedule schedule, Shifts.Shift shift, string person, ILookup<(string, string), DutyEvent> events)
    {
        var mine = events[(schedule.Name, person)].Where(e => e.At >= shift.From && e.At < shift.To).DistinctBy(e => e.Incident).OrderBy(e => e.At).Select(e => e.Number).ToArray();
        var limit = organisation.Pools.GetValueOrDefault(schedule.Pool)?.Limits.EventsPerShift;
        var max = limit is { Breach: not Breach.Ignore } ? limit.Max : (decimal?)null;
        return new LoadItem(
            schedule.Name, schedule.Pool, shift.Position, person, shift.From, shift.To == Instant.MaxValue ? null : shift.To, mine.Length, max, mine.Length > max, mine);
    }
}
