using Incidents.Access.Audit;
using Incidents.Access.Passkeys;
using Incidents.Access.Sessions;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Persistence.Storage;
using Incidents.Persistence.Transactions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Incidents.Access.Accounts;

/// <summary>
/// An invitation. <paramref name="Email"/>: where it was sent, null: the person has no address, hand the link over yourself.
/// <paramref name="Link"/> is shown this once; whoever has it chooses the password.
/// </summary>
internal sealed record InvitationView(string Person, string? Email, string? Link, Instant ExpiresAt);

/// <summary>How somebody can sign in, for admins. <paramref name="InvitedUntil"/> null: no invitation is open.</summary>
internal sealed record PersonAccountView(string Login, string? Email, bool HasPassword, bool Totp, int Passkeys, int Sessions, Instant? SignedInAt, Instant? InvitedUntil, Instant? LockedUntil);

/// <summary><c>/api/v1/people/{login}/invitation</c> and <c>/account</c>: an admin lets somebody in, or takes their account away.</summary>
internal static class Invitations
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        One(routes.MapPost("/api/v1/people/{login}/invitation", Invite)).WithName("invitePerson").WithSummary("Invite somebody to choose a password: by e-mail, and by a link to hand over")
            .WithDescription("An open invitation of the person ends. Who has lost password and app is invited anew after their account was removed.").Produces<InvitationView>(StatusCodes.Status201Created);
        One(routes.MapGet("/api/v1/people/{login}/account", Show)).WithName("getPersonAccount").WithSummary("How somebody signs in").Produces<PersonAccountView>();
        One(routes.MapDelete("/api/v1/people/{login}/account", Remove)).WithName("removePersonAccount").WithSummary("Take somebody's account away: password, app, passkeys and sessions; the person stays")
            .Produces(StatusCodes.Status204NoContent);
    }

    private static RouteHandlerBuilder One(RouteHandlerBuilder endpoint) => endpoint.RequireRole(Role.Admin).WithTags("Access").ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<IResult> Invite(string login, HttpContext context, IOrganisation organisation, WorkRunner works, Mails mails, IOptions<AccessOptions> options, ILoggerFactory loggers)
    {
        if (!organisation.Current.People.TryGetValue(login, out var person))
            return Nobody(login);
        if (!options.Value.Passwords)
            return Error.Conflict("no-passwords", "Passwords are turned off here.").ToProblem();
        var actor = context.Actor();
        var by = organisation.Current.People.GetValueOrDefault(actor.Login)?.Name ?? "An administrator";
        var email = AccountBook.EmailOf(person);
        var lifetime = Duration.FromHours(options.Value.InvitationHours);
        var (link, until) = await works.Run(async work =>
        {
            var account = await AccountBook.Load(work, login, context.RequestAborted) ?? AccountBook.Made(work, login, Caller.Of(context));
            AccountBook.Changed(account);
            await work.Db.Set<Pending>().Where(p => p.Login == login && p.Kind == PendingKind.Invitation).ExecuteDeleteAsync(context.RequestAborted);
            var token = PendingBook.Add(work, PendingKind.Invitation, login, data: null, lifetime);
            var address = mails.Link(token) ?? $"{context.Request.Scheme}://{context.Request.Host}/signin/password/{token}";
            work.Note(Caller.Of(context), AccessAction.Invited, login, email);
            if (email is not null)
                mails.Invitation(work, person, email, address, by, work.Now + lifetime);
            return (address, work.Now + lifetime);
        }, context.RequestAborted);
        Log.Invited(loggers.CreateLogger(nameof(Invitations)), actor.Login, login);
        context.Response.Headers.CacheControl = "no-store";
        return Results.Json(new InvitationView(login, email, link, until), Json.Options, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> Show(string login, HttpContext context, IOrganisation organisation, AccountBook accounts, Database database, Clock clock)
    {
        if (!organisation.Current.People.TryGetValue(login, out var person))
            return Nobody(login);
        var now = clock.Now;
        var account = await accounts.Find(login, context.RequestAborted);
        await using var db = database.CreateContext();
        var sessions = await db.Set<Session>().CountAsync(s => s.Person == login && s.ExpiresAt > now, context.RequestAborted);
        var invited = await db.Set<Pending>().Where(p => p.Login == login && p.Kind == PendingKind.Invitation && p.ExpiresAt > now).Select(p => (Instant?)p.ExpiresAt).FirstOrDefaultAsync(context.RequestAborted);
        var passkeys = account is null ? 0 : await db.Set<Passkey>().CountAsync(p => p.Account == account.Id, context.RequestAborted);
        return Results.Json(new PersonAccountView(
            login, AccountBook.EmailOf(person), account?.PasswordHash is not null, account?.TotpOn ?? false, passkeys, sessions, account?.SignedInAt, invited,
            account?.LockedUntil > now ? account.LockedUntil : null), Json.Options);
    }

    private static async Task<IResult> Remove(string login, HttpContext context, AccountBook accounts)
        => await accounts.Remove(login, Caller.Of(context), context.RequestAborted) ? Results.NoContent() : Error.NotFound($"'{login}' has no account.").ToProblem();

    private static IResult Nobody(string login) => Error.NotFound($"Nobody has the login '{login}'.").ToProblem();
}
