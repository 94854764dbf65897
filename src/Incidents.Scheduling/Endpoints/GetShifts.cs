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
/// <c>GET /schedules/{name}/shifts?from=&amp;to=</c>: shifts and gaps that touch <c>[from, to)</c>, cut to it (default: two weeks from now);
/// <c>/gaps</c>: the gaps alone (default: 90 days from now). A deleted schedule still answers for its past, and a renamed one by its old name.
/// </summary>
internal static class GetShifts
{
    private static readonly Duration TwoWeeks = Duration.FromDays(14);
    private static readonly Duration Quarter = Duration.FromDays(90);

    public static void Map(IEndpointRouteBuilder routes)
    {
        Describe(routes.MapGet(
            "/api/v1/schedules/{name}/shifts",
            (string name, string? from, string? to, IOrganisation organisations, OnCall onCall, Clock clock)
                => Answer(name, from, to, TwoWeeks, organisations, onCall, clock, static (line, start, end) => line.Shifts(start, end))))
            .WithName("getShifts")
            .WithSummary("Shifts and gaps of a schedule in an interval, each with its reason");
        Describe(routes.MapGet(
            "/api/v1/schedules/{name}/gaps",
            (string name, string? from, string? to, IOrganisation organisations, OnCall onCall, Clock clock)
                => Answer(name, from, to, Quarter, organisations, onCall, clock, static (line, start, end) => line.Gaps(start, end))))
            .WithName("getGaps")
            .WithSummary("When nobody is on call on a schedule, and why");
    }

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder endpoint) => endpoint
        .RequireRole(Role.Observer)
        .WithTags("Schedules")
        .Produces<ShiftList>()
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static IResult Answer(
        string name,
        string? from,
        string? to,
        Duration otherwise,
        IOrganisation organisations,
        OnCall onCall,
        Clock clock,
        Func<Line, Instant, Instant, IReadOnlyList<Shift>> find)
    {
        var organisation = organisations.Current;
        name = organisation.FormerSchedules.GetValueOrDefault(name, name);
        if (onCall.Of(organisation).LineOf(name) is not { } line)
            return Error.NotFound($"There is no schedule '{name}'.").ToProblem();

        var faults = new List<Fault>();
        var (start, end) = Span.Read(from, to, clock.Now, otherwise, faults);
        if (faults.Count > 0)
            return Error.Invalid(faults).ToProblem();

        var current = organisation.Schedules.GetValueOrDefault(name);
        var items = find(line, start, end).Select(shift => ShiftItem.Of(name, shift.Schedule ?? current, shift)).ToArray();
        return Results.Json(new ShiftList(items), Json.Options);
    }
}
