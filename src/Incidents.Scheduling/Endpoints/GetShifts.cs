using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace Incidents.Scheduling.Endpoints;

/// <summary>
/// <c>GET /schedules/{name}/shifts?from=&amp;to=</c>: shifts and gaps that touch <c>[from, to)</c>, cut to it. Default: two weeks from now.
/// A deleted schedule still answers for its past.
/// </summary>
internal static class GetShifts
{
    private static readonly Duration DefaultSpan = Duration.FromDays(14);
    private static readonly Duration LongestSpan = Duration.FromDays(732);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/v1/schedules/{name}/shifts", Handle)
        .RequireRole(Role.Observer)
        .WithName("getShifts")
        .WithTags("Schedules")
        .WithSummary("Shifts and gaps of a schedule in an interval, each with its reason")
        .Produces<ShiftList>()
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static IResult Handle(string name, string? from, string? to, IOrganisation organisations, OnCall onCall, Clock clock)
    {
        var organisation = organisations.Current;
        if (onCall.Of(organisation).LineOf(name) is not { } line)
            return Error.NotFound($"There is no schedule '{name}'.").ToProblem();

        var faults = new List<Fault>();
        var start = QueryInstants.Read("from", from, clock.Now, faults);
        var end = QueryInstants.Read("to", to, start + DefaultSpan, faults);
        if (faults.Count == 0 && end <= start)
            faults.Add(new Fault("to", "Choose an instant after 'from'."));
        if (faults.Count == 0 && end - start > LongestSpan)
            faults.Add(new Fault("to", "Ask for at most two years at a time."));
        if (faults.Count > 0)
            return Error.Invalid(faults).ToProblem();

        var current = organisation.Schedules.GetValueOrDefault(name);
        var items = line.Shifts(start, end)
            .Select(shift => ShiftItem.Of(name, line.VersionAt(shift.From)?.Schedule ?? current, shift))
            .ToArray();
        return Results.Json(new ShiftList(items), Json.Options);
    }
}
