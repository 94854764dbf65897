using Incidents.Contracts.Organisation;
using Microsoft.AspNetCore.Http;

namespace Incidents.Contracts.Seams;

/// <summary>Who calls the API. <paramref name="Login"/> is <c>system</c> for the bootstrap key.</summary>
public sealed record Actor(string Login, Role Role, string Via)
{
    /// <summary>Teams that the rights of a manager or responder are for; null: everywhere. See <see cref="TeamRights"/>.</summary>
    public IReadOnlyList<string>? Teams { get; init; }

    public static Actor System { get; } = new("system", Role.Admin, "system");

    /// <summary>A person with all of their rights.</summary>
    public static Actor Of(Person person, string via) => new(person.Login, person.Role, via) { Teams = person.Scope };

    /// <summary>Whether the role suffices somewhere: for which teams is what <see cref="TeamRights"/> says.</summary>
    public bool Can(Role atLeast) => Role >= atLeast;
}

/// <summary>The caller of the present request; set by Access before an endpoint runs.</summary>
public static class ActorContext
{
    private static readonly object Key = new();

    public static void SetActor(this HttpContext context, Actor actor) => context.Items[Key] = actor;

    public static Actor? TryActor(this HttpContext context) => context.Items.TryGetValue(Key, out var actor) ? (Actor)actor! : null;

    public static Actor Actor(this HttpContext context) => context.TryActor() ?? throw new InvalidOperationException("The endpoint has no authentication.");
}
