using System.Text;
using System.Text.Json;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;
using NodaTime.Text;

namespace Incidents.Scheduling.Compensation;

/// <summary>
/// The pay API: managers see, approve and export everything, those of some teams see the pay of these teams' people; everybody sees their own statements.
/// </summary>
internal static class PayEndpoints
{
    private const int DefaultLimit = 12;
    private const int MostItems = 120;
    private static readonly LocalDate Earliest = new(1990, 1, 1);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var pay = routes.MapGroup("/api/v1/pay").WithTags("Pay");
        pay.MapGet("/me", Mine).RequireRole(Role.Observer).WithName("getMyPay").WithSummary("The caller's own statement of a period, by default of the one that today belongs to")
            .Produces<StatementAnswer>().ProducesProblem(StatusCodes.Status404NotFound);

        var periods = pay.MapGroup("/periods");
        periods.MapGet("", List).RequireRole(Role.Manager).WithName("listPayPeriods").WithSummary("Pay periods, newest first: calendar months unless another range was set")
            .Produces<PeriodList>().ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        periods.MapGet("/{period}", One).RequireRole(Role.Manager).WithName("getPayPeriod").WithSummary("A pay period: status, totals of each currency, people, time without a price")
            .WithDescription("The ETag is the hash of all statements: send it as If-Match when approving, and what was seen is what is approved. To a manager of some teams it shows these teams' people, and totals of them.")
            .Produces<PeriodView>().ProducesProblem(StatusCodes.Status404NotFound);
        periods.MapPut("/{period}", SetRange).RequireRole(Role.Manager, everywhere: true).WithName("putPayPeriod").WithSummary("Sets the range of a period that is not approved; days belong to one period each")
            .Accepts<RangeBody>("application/json").Produces<PeriodItem>().ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        periods.MapGet("/{period}/statements/{login}", Statement).RequireRole(Role.Observer).WithName("getStatement").WithSummary("One person's statement, line by line, each with its explanation")
            .Produces<StatementAnswer>().ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);
        periods.MapPost("/{period}/approve", Approve).RequireRole(Role.Manager, everywhere: true).WithName("approvePayPeriod").WithSummary("Locks a period that is over: its statements never change again; a repeat answers the same")
            .WithDescription("If-Match: the ETag of the draft that was seen; another draft is refused with 412. Later corrections become adjustment lines of the next period.")
            .Produces<PeriodView>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status412PreconditionFailed);
        periods.MapPost("/{period}/export", Export).RequireRole(Role.Manager, everywhere: true).WithName("exportPayPeriod").WithSummary("Notes that an approved period went to payroll; a repeat keeps the first time")
            .Produces<PeriodView>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        periods.MapGet("/{period}/export.csv", Csv).RequireRole(Role.Observer).WithName("getPayCsv").WithSummary("The period as CSV, one row a line; its status is a column")
            .Produces<string>(StatusCodes.Status200OK, "text/csv").ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> List(string? limit, string? cursor, PayBook book, Clock clock, CancellationToken cancellationToken)
    {
        var faults = new List<Fault>();
        if (!int.TryParse(limit ?? FormattableString.Invariant($"{DefaultLimit}"), out var most) || most is < 1 or > MostItems)
            faults.Add(new Fault("limit", $"Choose 1 to {MostItems}."));
        var last = clock.Now.InUtc().Date;
        if (cursor is not null && (LocalDatePattern.Iso.Parse(cursor) is not { Success: true } given || (last = given.Value) < Earliest))
            faults.Add(new Fault("cursor", "Use the nextCursor of the page before."));
        if (faults.Count > 0)
            return Error.Invalid(faults).ToProblem();
        var found = await book.List(last, most, cancellationToken);
        var next = found[^1].Period.From.PlusDays(-1);
        return Results.Json(new PeriodList([.. found.Select(f => PeriodItem.Of(f.Period, f.Row))], next < Earliest ? null : LocalDatePattern.Iso.Format(next)), Json.Options);
    }

    private static async Task<IResult> One(string period, HttpContext http, PayBook book, IOrganisation organisations, CancellationToken cancellationToken)
        => Shown(http, await book.Find(period, cancellationToken) is { } sheet ? sheet : PayBook.Missing(period), Whose(http.Actor(), organisations.Current));

    private static async Task<IResult> SetRange(string period, HttpContext http, PayBook book, CancellationToken cancellationToken)
    {
        RangeBody? body;
        try
        {
            body = await JsonSerializer.DeserializeAsync<RangeBody>(http.Request.Body, Json.Options, cancellationToken);
        }
        catch (JsonException)
        {
            return Error.Malformed("Send JSON: {\"from\": \"2026-12-01\", \"to\": \"2027-01-01\"}.").ToProblem();
        }

        var faults = new List<Fault>();
        if (body?.From is null)
            faults.Add(new Fault("from", "Give the first day."));
        if (body?.To is null)
            faults.Add(new Fault("to", "Give the day after the last."));
        if (faults.Count > 0)
            return Error.Invalid(faults).ToProblem();
        var set = await book.SetRange(new PayPeriod(period, body!.From!.Value, body.To!.Value), cancellationToken);
        return set.IsOk ? Results.Json(PeriodItem.Of(set.Value.Period, set.Value), Json.Options) : set.Error!.ToProblem();
    }

    private static async Task<IResult> Approve(string period, HttpContext http, PayBook book, CancellationToken cancellationToken)
    {
        var expected = http.Request.Headers.IfMatch.ToString() is { Length: > 0 } match and not "*" ? match.Trim().Trim('"') : null;
        return Shown(http, await book.Approve(period, expected, http.Actor(), cancellationToken));
    }

    private static async Task<IResult> Export(string period, HttpContext http, PayBook book, CancellationToken cancellationToken)
        => Shown(http, await book.Export(period, http.Actor(), cancellationToken));

    private static async Task<IResult> Mine(string? period, HttpContext http, PayBook book, IOrganisation organisations, Clock clock, CancellationToken cancellationToken)
    {
        var login = http.Actor().Login;
        var organisation = await organisations.Fresh(cancellationToken);
        if (People.Known(organisation, login) is not { } person)
            return Error.NotFound($"'{login}' is not a person who is paid.").ToProblem();
        var today = clock.Now.InZone(Classes.ShiftClasses.ZoneOf(person, organisation)).Date;
        return await Statement(period ?? (await book.Holding(today, cancellationToken)).Name, login, http, book, organisations, cancellationToken);
    }

    private static async Task<IResult> Statement(string period, string login, HttpContext http, PayBook book, IOrganisation organisations, CancellationToken cancellationToken)
    {
        var organisation = await organisations.Fresh(cancellationToken);
        if (Refused(http.Actor(), login, organisation) is { } refused)
            return refused.ToProblem();
        if (await book.Find(period, cancellationToken) is not { } sheet)
            return PayBook.Missing(period).ToProblem();
        var statement = sheet.Statements.FirstOrDefault(s => s.Login == login)
            ?? (People.Known(organisation, login) is null ? null : StatementView.Of(PayDrafts.Nothing(organisation, login)));
        if (statement is null)
            return Error.NotFound($"Nobody has the login '{login}'.").ToProblem();
        Tag(http, sheet);
        return Results.Json(StatementAnswer.Of(sheet, statement), Json.Options);
    }

    private static async Task<IResult> Csv(string period, string? login, HttpContext http, PayBook book, IOrganisation organisations, CancellationToken cancellationToken)
    {
        if (Refused(http.Actor(), string.IsNullOrEmpty(login) ? null : login, organisations.Current) is { } refused)
            return refused.ToProblem();
        if (await book.Find(period, cancellationToken) is not { } sheet)
            return PayBook.Missing(period).ToProblem();
        Tag(http, sheet);
        var name = $"pay-{sheet.Period.Name}{(sheet.Status == PayStatus.Draft ? "-draft" : "")}.csv";
        return Results.File(Encoding.UTF8.GetBytes(PayCsv.Write(sheet, string.IsNullOrEmpty(login) ? Whose(http.Actor(), organisations.Current) : l => l == login)), "text/csv; charset=utf-8; header=present", name);
    }

    /// <param name="login">Null: everybody whose pay the actor may see.</param>
    private static Error? Refused(Actor actor, string? login, OrganisationSnapshot organisation)
    {
        if (actor.Login == login)
            return null;
        if (!actor.Can(Role.Manager))
            return Error.Forbidden("The pay of others needs the role manager; your own is at /api/v1/pay/me.");
        return login is null ? null : actor.RefusalFor(Role.Manager, $"the pay of '{login}'", login, organisation);
    }

    /// <summary>Whose pay a manager sees.</summary>
    private static Func<string, bool> Whose(Actor actor, OrganisationSnapshot organisation)
        => login => login == actor.Login || actor.CanFor(Role.Manager, login, organisation);

    private static IResult Shown(HttpContext http, Result<PaySheet> sheet, Func<string, bool>? whose = null)
    {
        if (!sheet.IsOk)
            return sheet.Error!.ToProblem();
        Tag(http, sheet.Value);
        return Results.Json(PeriodView.Of(sheet.Value, whose), Json.Options);
    }

    private static void Tag(HttpContext http, PaySheet sheet)
    {
        http.Response.Headers.ETag = $"\"{sheet.Hash}\"";
        http.Response.Headers.CacheControl = "private, no-store";
    }
}
