using Incidents.Contracts.Organisation;
using Incidents.Kernel;

namespace Incidents.Contracts.Seams;

/// <summary>
/// Rights of managers and responders that are for some teams (<c>scope</c> of a person). The one place that knows what they mean: a thing belongs to the
/// team that it names, a person to every team that they lead or are a member of, and what names no team belongs to everybody, so that it takes rights
/// everywhere. What is somebody's own (their shifts, absences, contacts) is decided before this is asked.
/// </summary>
public static class TeamRights
{
    /// <summary>Whether the role holds for every team, and for what belongs to none.</summary>
    public static bool CanEverywhere(this Actor actor, Role atLeast) => actor.Can(atLeast) && actor.Teams is null;

    /// <summary>Whether the role holds for a thing of this team; null: it names none.</summary>
    public static bool CanIn(this Actor actor, Role atLeast, string? team)
        => actor.Can(atLeast) && (actor.Teams is null || (team is not null && actor.Teams.Contains(team, StringComparer.Ordinal)));

    /// <summary>Whether the role holds for a person: one of their teams is enough.</summary>
    public static bool CanFor(this Actor actor, Role atLeast, string login, OrganisationSnapshot organisation)
        => actor.CanEverywhere(atLeast) || TeamsOf(organisation, login).Any(team => actor.CanIn(atLeast, team));

    /// <summary>Whether the role holds for a schedule; one that is not there takes rights everywhere.</summary>
    public static bool CanInSchedule(this Actor actor, Role atLeast, string schedule, OrganisationSnapshot organisation)
        => actor.CanIn(atLeast, organisation.Schedules.GetValueOrDefault(schedule)?.Team);

    /// <summary>The teams that a person leads or is a member of, by name.</summary>
    public static IEnumerable<string> TeamsOf(OrganisationSnapshot organisation, string login)
        => organisation.Teams.Values.Where(t => Has(t, login)).Select(t => t.Name).Order(StringComparer.Ordinal);

    public static bool Has(Team team, string login) => team.Lead == login || team.Members.Contains(login, StringComparer.Ordinal);

    /// <summary>Null: the role holds everywhere.</summary>
    public static Error? RefusalEverywhere(this Actor actor, Role atLeast)
        => actor.CanEverywhere(atLeast) ? null : Error.Forbidden($"This needs the right {Word(atLeast)} for every team: {Has(actor)}.");

    /// <summary>
    /// Why somebody may not do something to a thing; null: they may.
    /// </summary>
    /// <param name="what">The thing, as a sentence begins with it: <c>the schedule 'kitchen'</c>.</param>
    /// <param name="team">Whose it is; null: nobody's in particular.</param>
    public static Error? RefusalIn(this Actor actor, Role atLeast, string what, string? team)
        => actor.CanIn(atLeast, team) ? null : Error.Forbidden(Sentence(actor, atLeast, what, team));

    /// <summary>The same for something of a person.</summary>
    public static Error? RefusalFor(this Actor actor, Role atLeast, string what, string login, OrganisationSnapshot organisation)
    {
        if (actor.CanFor(atLeast, login, organisation))
            return null;
        var teams = TeamsOf(organisation, login).ToList();
        return Error.Forbidden(teams.Count == 0
            ? Sentence(actor, atLeast, what, team: null)
            : $"{Upper(what)} need{(what.EndsWith('s') ? "" : "s")} the right {Word(atLeast)} for the team {Names(teams, "or")}: {Has(actor)}.");
    }

    /// <summary>The sentence of a refusal: what, which right, for which team, and what the actor has.</summary>
    public static string Sentence(Actor actor, Role atLeast, string what, string? team)
        => team is null
            ? $"{Upper(what)} belongs to no team, and so needs the right {Word(atLeast)} for every team: {Has(actor)}."
            : $"{Upper(what)} is of the team '{team}' and needs the right {Word(atLeast)} for it: {Has(actor)}.";

    private static string Has(Actor actor) => actor.Teams is { } teams && actor.Role is Role.Manager or Role.Responder
        ? $"'{actor.Login}' is {Word(actor.Role)} for {Names(teams!, "and")} only"
        : $"'{actor.Login}' is {Word(actor.Role)}";

    private static string Names(IReadOnlyList<string> teams, string last)
        => teams.Count == 1 ? $"'{teams[0]}'" : $"{string.Join(", ", teams.Take(teams.Count - 1).Select(t => $"'{t}'"))} {last} '{teams[^1]}'";

    private static string Upper(string what) => char.ToUpperInvariant(what[0]) + what[1..];

    private static string Word(Role role) => role.ToString().ToLowerInvariant();
}
