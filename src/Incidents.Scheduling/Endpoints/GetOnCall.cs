using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Scheduling.Shifts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace Incidents.Scheduling.Endpoints;

/// <summary>
/// <c>GET /oncall?at=&amp;pool=&amp;schedule=&amp;service=</c>: who is on call at an instant (default now), in every position, with the extent of each
/// answer and its reason. The filters narrow one another; naming what does not exist is an error, so that a typing mistake
/// does not read as "nobody".
/// </summary>
internal static class GetOnCall
{
    /// <summary>How far the beginning and the end of an answer are looked for.</summary>
    private static readonly Duration Horizon = Duration.FromDays(400);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/v1/oncall", Handle)
        .RequireRole(Role.Observer)
        .WithName("getOnCall")
        .WithTags("Schedules")
        .WithSummary("Who is on call at an instant, why, and until when")
        .Produces<ShiftList>()
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static IResult Handle(
        string? at,
        string? pool,
        string? schedule,
        string? service,
        IOrganisation organisations,
        OnCall onCall,
        Clock clock)
    {
        var organisation = organisations.Current;
        var faults = new List<Fault>();
        var instant = QueryInstants.Read("at", at, clock.Now, faults);
        var names = Choose(organisation, pool, schedule, service, faults);
        if (faults.Count > 0)
            return Error.Invalid(faults).ToProblem();

        var compiled = onCall.Of(organisation);
        var items = names.SelectMany(name => ItemsOf(compiled, name, instant)).ToArray();
        return Results.Json(new ShiftList(items), Json.Options);
    }

    private static IEnumerable<ShiftItem> ItemsOf(CompiledOrganisation compiled, string name, Instant at)
    {
        if (compiled.LineOf(name) is not { } line)
            return [];
        var current = compiled.Organisation.Schedules.GetValueOrDefault(name);
        return new[] { Position.Primary, Position.Secondary }
            .Where(position => line.Has(position, at))
            .SelectMany(position => line.ShiftsAt(position, at, Horizon))
            .Select(shift => ShiftItem.Of(name, shift.Schedule ?? current, shift));
    }

    private static string[] Choose(OrganisationSnapshot organisation, string? pool, string? schedule, string? service, List<Fault> faults)
    {
        var names = organisation.Schedules.Keys.Order(StringComparer.Ordinal);
        var chosen = names.AsEnumerable();
        if (!string.IsNullOrEmpty(schedule))
            chosen = Known("schedule", schedule, organisation.Schedules, faults) ? chosen.Where(n => n == schedule) : [];
        if (!string.IsNullOrEmpty(pool))
            chosen = Known("pool", pool, organisation.Pools, faults) ? chosen.Where(n => organisation.Schedules[n].Pool == pool) : [];
        if (!string.IsNullOrEmpty(service))
            chosen = Known("service", service, organisation.Services, faults) ? chosen.Where(n => n == organisation.Services[service].Schedule) : [];
        return [.. chosen];
    }

    private static bool Known<T>(string parameter, string name, IReadOnlyDictionary<string, T> things, List<Fault> faults)
    {
        if (things.ContainsKey(name))
            return true;
        faults.Add(new Fault(parameter, $"There is no {parameter} '{name}'."));
        return false;
    }
}
