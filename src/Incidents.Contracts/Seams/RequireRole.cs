using Incidents.Contracts.Organisation;
using Incidents.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Incidents.Contracts.Seams;

/// <summary>What an endpoint asks of its caller, for its description. <paramref name="Everywhere"/>: not for some teams only.</summary>
public sealed record RequiredRole(Role AtLeast, bool Everywhere = false);

/// <summary>Rights of an endpoint, declared where the endpoint is mapped.</summary>
public static class RoleRequirements
{
    /// <summary>
    /// Lets a caller through whose role is at least <paramref name="atLeast"/>; 401 without a valid key or session, 403 with a lower role.
    /// Works on one endpoint and on a group.
    /// </summary>
    /// <param name="everywhere">What it changes is everybody's: somebody whose rights are for some teams is refused too.</param>
    public static TBuilder RequireRole<TBuilder>(this TBuilder builder, Role atLeast, bool everywhere = false)
        where TBuilder : IEndpointConventionBuilder
        => builder.WithMetadata(new RequiredRole(atLeast, everywhere)).AddEndpointFilter(new RoleFilter(atLeast, everywhere));

    /// <summary>
    /// Whom a request acts for: the caller, or the person named by <c>as</c>. Anybody may name themself; naming another needs the role admin.
    /// The way (<c>Via</c>) stays the caller's, the rights become those of the person named.
    /// </summary>
    public static Result<Actor> ActingAs(this Actor caller, string? login, OrganisationSnapshot organisation)
    {
        if (string.IsNullOrEmpty(login) || string.Equals(login, caller.Login, StringComparison.Ordinal))
            return caller;
        if (!caller.Can(Role.Admin))
            return Error.Forbidden($"'{caller.Login}' may not act as '{login}': that needs the role admin.");
        return organisation.People.TryGetValue(login, out var person)
            ? Actor.Of(person, caller.Via)
            : Error.Invalid("as", $"Nobody has the login '{login}'.");
    }

    private sealed class RoleFilter(Role atLeast, bool everywhere) : IEndpointFilter
    {
        public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
        {
            var actor = context.HttpContext.TryActor();
            if (actor is null)
                return new(Unauthorized(context.HttpContext));
            if (!actor.Can(atLeast))
                return new(Forbidden(actor, atLeast));
            return everywhere && actor.RefusalEverywhere(atLeast) is { } refusal ? new(refusal.ToProblem()) : next(context);
        }

        private static IResult Unauthorized(HttpContext context)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            return new Error(ErrorKind.Unauthorized, "unauthorized", "Send an API key: Authorization: Bearer <key>.", []).ToProblem();
        }

        private static IResult Forbidden(Actor actor, Role atLeast)
            => Error.Forbidden($"This needs the role {atLeast.ToString().ToLowerInvariant()}; '{actor.Login}' is {actor.Role.ToString().ToLowerInvariant()}.").ToProblem();
    }
}
