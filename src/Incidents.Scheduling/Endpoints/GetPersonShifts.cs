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
/// <c>GET /people/{login}/shifts?from=&amp;to=</c>: a person's shifts over all schedules that touch <c>[from, to)</c>, cut to it (default: 90 days from now),
/// those that run now, and the next that begins, both whole. Somebody who has left still answers for the past, and somebody renamed by the old login.
/// </summary>
internal static class GetPersonShifts
{
    private static readonly Duration Quarter = Duration.FromDays(90);
    private static readonly Duration Horizon = Duration.FromDays(400);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/v1/people/{login}/shifts", Handle)
        .RequireRole(Role.Observer)
        .WithName("getPersonShifts")
        .WithTags("Schedules")
        .WithSummary("A person's shifts over all schedules, the ones that run now and the next")
        .Produces<PersonShifts>()
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static IResult Handle(string login, string? from, string? to, IOrganisation organisations, OnCall onCall, Clock clock)
    {
        var now = clock.Now;
        var compiled = onCall.Of(organisations.Current);
        var former = compiled.Organisation.FormerPeople.GetValueOrDefault(login);
        login = former?.Login ?? login;
        if (former is null && !compiled.Knows(login))
            return Error.NotFound($"Nobody has the login '{login}'.").ToProblem();

        var faults = new List<Fault>();
        var (start, end) = Span.Read(from, to, now, Quarter, faults);
        if (faults.Count > 0)
            return Error.Invalid(faults).ToProblem();

        return Results.Json(
            new PersonShifts(
                [.. compiled.ShiftsOfPerson(login, start, end).Select(Item)],
                [.. compiled.SchedulesOf(login).SelectMany(schedule => Running(compiled.LineOf(schedule)!, login, now)).Select(Item)],
                compiled.NextShiftOf(login, now, now + Horizon) is { } next ? Item(next) : null),
            Json.Options);
    }

    private static IEnumerable<Shift> Running(Line line, string login, Instant now)
        => new[] { Position.Primary, Position.Secondary }
            .Where(position => line.At(position, now).People.Contains(login, StringComparer.Ordinal))
            .SelectMany(position => line.ShiftsAt(position, now, Horizon).Where(shift => shift.Has(login)));

    private static ShiftItem Item(Shift shift) => ShiftItem.Of(shift.Schedule!.Name, shift.Schedule, shift);
}

/// <summary><paramref name="Current"/>: shifts that run now; <paramref name="Next"/>: the first that begins from now on, within 400 days.</summary>
internal sealed record PersonShifts(IReadOnlyList<ShiftItem> Items, IReadOnlyList<ShiftItem> Current, ShiftItem? Next);
