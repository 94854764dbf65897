using System.Text.Json;
using Incidents.Access.Audit;
using Incidents.Access.Identity;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Persistence.Transactions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Incidents.Access.Keys;

/// <summary>
/// Body of <c>POST /keys</c>. Without a role: the person's, or observer for a machine. Without scopes: all that the role may. Without an instant in
/// <paramref name="ExpiresAt"/>: it holds until it is revoked.
/// </summary>
internal sealed record CreateKeyBody(string? Name, string? Person, string? Role, IReadOnlyList<string>? Scopes, Instant? ExpiresAt);

/// <summary>
/// <c>POST /keys</c>: anybody may make keys for themself, an admin for anybody and for machines (<c>person: null</c>).
/// Nobody can give more than they have. The secret is in the answer and nowhere else.
/// </summary>
internal static class CreateKey
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/v1/keys", Handle)
        .RequireRole(Role.Observer)
        .Accepts<CreateKeyBody>("application/json")
        .WithName("createKey")
        .WithTags("Access")
        .WithSummary("Make an API key; its secret is shown once")
        .WithDescription("scopes (read, incidents, schedules, config, pay) narrow what the key may below its role; a key with scopes can neither make keys nor change accounts.")
        .Produces<NewKey>(StatusCodes.Status201Created)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> Handle(HttpContext context, IOrganisation organisation, WorkRunner works, Clock clock, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var read = await Bodies.Read<CreateKeyBody>(context, new CreateKeyBody(null, null, null, null, null));
        if (!read.IsOk)
            return read.Error!.ToProblem();
        var actor = context.Actor();
        var wanted = Check(read.Value, actor, organisation.Current, clock.Now);
        if (!wanted.IsOk)
            return wanted.Error!.ToProblem();

        var (name, person, role, scopes) = wanted.Value;
        var secret = KeySecret.New();
        var key = await works.Run(work =>
        {
            var made = new ApiKey
            {
                Id = Guid.CreateVersion7(work.Now.ToDateTimeOffset()),
                Hash = KeySecret.Hash(secret),
                Name = name,
                Person = person,
                Role = role,
                CreatedAt = work.Now,
                CreatedBy = actor.Login,
                ExpiresAt = read.Value.ExpiresAt is { } at ? Instants.Truncate(at) : null,
                Scopes = scopes is { } some ? string.Join(' ', Scopes.List(some)) : null,
            };
            work.Db.Add(made);
            work.Note(Caller.Of(context), AccessAction.KeyMade, person, name);
            return Task.FromResult(made);
        }, cancellationToken);
        Log.KeyCreated(loggers.CreateLogger(nameof(CreateKey)), actor.Login, key.Name, key.Id, key.Person ?? "a machine", key.Role.ToString());
        var shown = KeyItem.Of(key, clock.Now);
        var answer = new NewKey(shown.Id, shown.Name, shown.Person, shown.Role, shown.Scopes, shown.CreatedAt, shown.CreatedBy, shown.ExpiresAt, secret);
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.Location = $"/api/v1/keys/{key.Id}";
        return Results.Json(answer, Json.Options, statusCode: StatusCodes.Status201Created);
    }

    private static Result<(string Name, string? Person, Role Role, Scope? Scopes)> Check(CreateKeyBody body, Actor actor, OrganisationSnapshot organisation, Instant now)
    {
        var faults = new List<Fault>();
        var name = body.Name?.Trim() ?? "";
        if (name.Length is 0 or > ApiKey.LongestName)
            faults.Add(new Fault("name", $"Say what the key is for, in 1 to {ApiKey.LongestName} characters."));

        var login = actor.Can(Role.Admin) ? body.Person : body.Person ?? actor.Login;
        Person? person = null;
        if (login is not null && !organisation.People.TryGetValue(login, out person))
            faults.Add(new Fault("person", $"Nobody has the login '{login}'."));

        var highest = person is not null && person.Role < actor.Role ? person.Role : actor.Role;
        var role = person is null ? Role.Observer : highest;
        if (body.Role is not null && !(Enum.TryParse(body.Role, ignoreCase: true, out role) && Enum.IsDefined(role) && char.IsLetter(body.Role[0])))
            faults.Add(new Fault("role", "Use admin, manager, responder or observer."));
        else if (role > highest)
            faults.Add(new Fault("role", $"At most {highest.ToString().ToLowerInvariant()}: a key cannot do more than its person, nor than whoever makes it."));

        var scopes = ReadScopes(body.Scopes, faults);
        if (body.ExpiresAt <= now)
            faults.Add(new Fault("expiresAt", "Choose an instant that is still to come."));

        if (login != actor.Login && !actor.Can(Role.Admin))
            return Error.Forbidden($"'{actor.Login}' may make keys for '{actor.Login}' only; for others that needs the role admin.");
        return faults.Count > 0 ? Error.Invalid(faults) : (name, login, role, scopes);
    }

    private static Scope? ReadScopes(IReadOnlyList<string>? words, List<Fault> faults)
    {
        if (words is null)
            return null;
        var scopes = Scope.None;
        for (var i = 0; i < words.Count; i++)
        {
            if (Scopes.Parse(words[i]) is { } one)
                scopes |= one;
            else
                faults.Add(new Fault($"scopes[{i}]", $"Use {string.Join(", ", Scopes.Words)}."));
        }
        if (words.Count == 0)
            faults.Add(new Fault("scopes", "Name at least one, or leave scopes out for all that the role may."));
        return scopes;
    }
}
