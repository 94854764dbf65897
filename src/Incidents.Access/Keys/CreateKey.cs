using System.Text.Json;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Kernel;
using Incidents.Persistence.Transactions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Incidents.Access.Keys;

/// <summary>Body of <c>POST /keys</c>. Without a role: the person's, or observer for a machine.</summary>
internal sealed record CreateKeyBody(string? Name, string? Person, string? Role);

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
        .Produces<NewKey>(StatusCodes.Status201Created)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> Handle(HttpContext context, IOrganisation organisation, WorkRunner works, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        CreateKeyBody? body;
        try
        {
            body = await JsonSerializer.DeserializeAsync<CreateKeyBody>(context.Request.Body, Json.Options, cancellationToken);
        }
        catch (JsonException e)
        {
            return Error.Malformed("The body is not the JSON object that was expected: " + e.Message).ToProblem();
        }

        var actor = context.Actor();
        var wanted = Check(body ?? new CreateKeyBody(null, null, null), actor, organisation.Current);
        if (!wanted.IsOk)
            return wanted.Error!.ToProblem();

        var (name, person, role) = wanted.Value;
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
            };
            work.Db.Add(made);
            return Task.FromResult(made);
        }, cancellationToken);
        Log.KeyCreated(loggers.CreateLogger(nameof(CreateKey)), actor.Login, key.Name, key.Id, key.Person ?? "a machine", key.Role.ToString());
        var answer = new NewKey(key.Id, key.Name, key.Person, key.Role, key.CreatedAt, key.CreatedBy, secret);
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.Location = $"/api/v1/keys/{key.Id}";
        return Results.Json(answer, Json.Options, statusCode: StatusCodes.Status201Created);
    }

    private static Result<(string Name, string? Person, Role Role)> Check(CreateKeyBody body, Actor actor, OrganisationSnapshot organisation)
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

        if (login != actor.Login && !actor.Can(Role.Admin))
            return Error.Forbidden($"'{actor.Login}' may make keys for '{actor.Login}' only; for others that needs the role admin.");
        return faults.Count > 0 ? Error.Invalid(faults) : (name, login, role);
    }
}
