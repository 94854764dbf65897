using System.Text;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace Incidents.Scheduling.Feeds.Import;

/// <summary><paramref name="Applied"/> false: a dry run. <paramref name="Changes"/>: how many absences were new or changed.</summary>
internal sealed record AbsenceImportOutcome(bool Applied, int Changes, IReadOnlyList<ImportedAbsence> Items);

/// <summary><paramref name="Applied"/> false: a dry run. <paramref name="Unmatched"/>: events that were left out; <paramref name="Past"/>: events that are over.</summary>
internal sealed record OverrideImportOutcome(bool Applied, int Changes, IReadOnlyList<ImportedOverride> Items, IReadOnlyList<UnmatchedEvent> Unmatched, int Past);

/// <summary><c>POST /people/{login}/absences/import</c> and <c>POST /schedules/{name}/overrides/import</c>: what other programs keep, taken over.</summary>
internal static class ImportEndpoints
{
    private const int LongestBody = 2 << 20;
    private static readonly Duration Horizon = Duration.FromDays(400);

    public static void Map(IEndpointRouteBuilder routes)
    {
        Describe(routes.MapPost("/api/v1/people/{login}/absences/import", Absences), "text/csv").RequireRole(Role.Responder)
            .WithName("importAbsences").WithSummary("Absences out of a calendar (text/calendar) or CSV: person,from,to,reason")
            .WithDescription("One's own; those of others need the role manager. to is exclusive; dates are midnights of the person. dryRun=true changes nothing. Imported again, nothing changes.")
            .Produces<AbsenceImportOutcome>();
        Describe(routes.MapPost("/api/v1/schedules/{name}/overrides/import", Overrides), "text/plain").RequireRole(Role.Manager)
            .WithName("importOverrides").WithSummary("An existing on-call calendar (.ics) as overrides of a schedule")
            .WithDescription("map=TEXT=LOGIN (repeatable) says whom a summary, name or e-mail means; else e-mail, login or name decide. Unmatched events refuse all, unless skipUnmatched=true. dryRun=true changes nothing.")
            .Produces<OverrideImportOutcome>().ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder endpoint, string other) => endpoint.WithTags("Calendars")
        .Accepts<string>("text/calendar", other)
        .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> Absences(string login, bool? dryRun, HttpContext http, ImportDesk desk, CancellationToken cancellationToken)
    {
        var actor = http.Actor();
        var organisation = desk.Organisation;
        if (!organisation.People.ContainsKey(login))
            return Error.NotFound($"Nobody has the login '{login}'.").ToProblem();
        var text = await Body(http.Request, cancellationToken);
        if (text.Error is { } unread)
            return unread.ToProblem();
        var csv = !text.Value.TrimStart('\uFEFF').StartsWith("BEGIN:VCALENDAR", StringComparison.OrdinalIgnoreCase);
        var read = AbsenceImport.Read(text.Value, csv, login, organisation, desk.Now);
        if (read.Error is { } wrong)
            return wrong.ToProblem();
        if (read.Value.Find(a => a.Person != actor.Login) is { } other && !actor.Can(Role.Manager))
            return Error.Forbidden($"'{actor.Login}' may import their own absences; those of '{other.Person}' need the role manager.").ToProblem();
        if (read.Value.Find(a => a.Person != actor.Login && !actor.CanFor(Role.Manager, a.Person, organisation)) is { } foreign && organisation.People.ContainsKey(foreign.Person))
            return actor.RefusalFor(Role.Manager, $"the absences of '{foreign.Person}'", foreign.Person, organisation)!.ToProblem();
        var done = await desk.Edit(AbsenceImport.Edit(read.Value), read.Value.Count, actor, dryRun == true, cancellationToken);
        return done.Error is { } error ? error.ToProblem() : Results.Json(new AbsenceImportOutcome(dryRun != true, done.Value, read.Value), Json.Options);
    }

    private static async Task<IResult> Overrides(string name, Position? position, [FromQuery(Name = "map")] string[]? map, bool? dryRun, bool? skipUnmatched, HttpContext http, ImportDesk desk, CancellationToken cancellationToken)
    {
        var organisation = desk.Organisation;
        if (!organisation.Schedules.TryGetValue(name, out var schedule) || desk.LineOf(name) is not { } line)
            return Error.NotFound($"There is no schedule '{name}'.").ToProblem();
        var mapping = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var one in map ?? [])
        {
            var at = one.LastIndexOf('=');
            if (at <= 0)
                return Error.Invalid("map", $"'{one}' is not TEXT=LOGIN.").ToProblem();
            mapping[one[..at]] = one[(at + 1)..];
        }
        if (http.Actor().RefusalIn(Role.Manager, $"the schedule '{name}'", schedule.Team) is { } foreign)
            return foreign.ToProblem();
        var text = await Body(http.Request, cancellationToken);
        if (text.Error is { } unread)
            return unread.ToProblem();
        var events = CalendarReader.Read(text.Value);
        if (events.Error is { } unreadable)
            return unreadable.ToProblem();
        var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(schedule.Zone) ?? DateTimeZone.Utc;
        var occurrences = Occurrences.Expand(events.Value, zone, desk.Now + Horizon);
        if (occurrences.Error is { } wrong)
            return wrong.ToProblem();

        var place = position ?? Position.Primary;
        var plan = OverridePlan.Of(occurrences.Value, line, place, new PeopleByWord(organisation, mapping), desk.Now);
        if (plan.Unmatched.Count > 0 && skipUnmatched != true && dryRun != true)
        {
            return (Error.Invalid([.. plan.Unmatched.Take(200).Select(u => new Fault(u.Path, $"'{u.Summary}' ({u.From} to {u.To}) {u.Why}."))])
                with { Code = "unmatched", Title = "Not every event could be matched: nothing was changed." }).ToProblem();
        }
        var done = await desk.Edit(plan.Edit(name, place), plan.Items.Count(i => i.Action != ImportAction.None), http.Actor(), dryRun == true, cancellationToken);
        return done.Error is { } error ? error.ToProblem() : Results.Json(new OverrideImportOutcome(dryRun != true, done.Value, plan.Items, plan.Unmatched, plan.Past), Json.Options);
    }

    private static async Task<Result<string>> Body(HttpRequest request, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        var buffer = new byte[16_384];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            body.Write(buffer, 0, read);
            if (body.Length > LongestBody)
                return new Error(ErrorKind.TooLarge, "too-large", "At most 2 MiB.", []);
        }
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(body.GetBuffer(), 0, (int)body.Length);
        }
        catch (DecoderFallbackException)
        {
            return Error.Malformed("This is not UTF-8.");
        }
    }
}

/// <summary>What the imports share.</summary>
internal sealed class ImportDesk(IOrganisation organisations, IOrganisationEditor editor, OnCall onCall, Clock clock)
{
    public OrganisationSnapshot Organisation => organisations.Current;

    public Instant Now => clock.Now;

    public Shifts.Line? LineOf(string schedule) => onCall.Of(Organisation).LineOf(schedule);

    /// <summary>How many items changed; a dry run has all the checks and tells how many would be put.</summary>
    public async Task<Result<int>> Edit(System.Text.Json.Nodes.JsonObject body, int count, Actor actor, bool dryRun, CancellationToken cancellationToken)
    {
        if (count == 0)
            return 0;
        var edit = new OrganisationEdit(body, actor);
        if (dryRun)
        {
            var draft = await editor.Draft(edit, cancellationToken);
            return draft.Error is { } refused ? refused : count;
        }
        var done = await editor.Edit(edit, cancellationToken);
        return done.Error is { } error ? error : done.Value.Changes.Count;
    }
}
