using System.Globalization;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace Incidents.Scheduling.Limits.Endpoints;

/// <summary><see cref="Version"/>: of the organisation that was looked at. <see cref="From"/> and <see cref="To"/>: the window.</summary>
internal sealed record FindingList(IReadOnlyList<Finding> Items, string? NextCursor, long Version, Instant From, Instant To);

/// <summary>
/// <c>GET /limits/findings?schedule=&amp;pool=&amp;team=&amp;person=&amp;rule=&amp;from=&amp;to=</c>: breaches of staffing limits that touch the window (default: 90 days from
/// now; what has happened is looked at from eight days before it). Waived ones are shown as waived.
/// </summary>
internal static class GetFindings
{
    private const int MostItems = 1000;
    private static readonly Duration LongestSpan = Duration.FromDays(366);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/v1/limits/findings", Handle)
        .RequireRole(Role.Observer)
        .WithName("listLimitFindings")
        .WithTags("Limits")
        .WithSummary("Breaches of staffing limits in a window, with numbers and what would repair each")
        .Produces<FindingList>()
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> Handle(
        string? schedule,
        string? pool,
        string? team,
        string? person,
        string? rule,
        string? from,
        string? to,
        string? limit,
        string? cursor,
        IOrganisation organisations,
        LimitsService limits,
        Clock clock,
        CancellationToken cancellationToken)
    {
        var organisation = organisations.Current;
        var faults = new List<Fault>();
        var schedules = QueryPage.Schedules(organisation, schedule, pool, team, person, faults);
        var window = QueryPage.Interval(from, to, clock.Now, LimitsService.Ahead, LongestSpan, faults);
        var most = QueryPage.Limit(limit, MostItems, faults);
        var skip = QueryPage.Offset(cursor, faults);
        if (!string.IsNullOrEmpty(rule) && !RuleNames.All.Contains(rule, StringComparer.Ordinal))
            faults.Add(new Fault("rule", $"Use {string.Join(", ", RuleNames.All)}."));
        if (faults.Count > 0)
            return Error.Invalid(faults).ToProblem();

        var question = new LintQuestion(window.From, window.To) { Schedules = schedules, EventsFrom = window.From - LimitsService.Back };
        var found = (await limits.Find(organisation, question, cancellationToken))
            .Where(f => string.IsNullOrEmpty(rule) || f.Rule == rule)
            .Where(f => string.IsNullOrEmpty(person) || f.Person == person)
            .Skip(skip).Take(most + 1).ToArray();
        var next = found.Length > most ? (skip + most).ToString(CultureInfo.InvariantCulture) : null;
        return Results.Json(new FindingList([.. found.Take(most)], next, organisation.Version, window.From, window.To), Json.Options);
    }
}
