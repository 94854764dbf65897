using Incidents.Kernel;

namespace Incidents.Contracts.Seams;

/// <summary>An incident that somebody opens by hand. <paramref name="Severity"/> null: SEV3.</summary>
public sealed record Declaration(string? Title, string? Service, string? Severity, string? Details);

/// <summary>Somebody was asked to join. <paramref name="Paged"/> false: nobody is paged for the incident now, so they were told by their quietest contact.</summary>
public sealed record Asked(long Number, string Person, bool Paged);

/// <summary>
/// What people do with incidents beside <see cref="IIncidentActions"/>. Implemented by Escalation; each call is a transaction of its own, answered after its
/// commit. The caller has checked the role (responder); for which teams it holds is asked here, as <see cref="IIncidentRights"/> says, but for declaring, which is
/// calling for help and open to every responder. Throws when the database is away.
/// </summary>
public interface IIncidentDesk
{
    /// <summary>Opens an incident and pages for it, with the faults that the API would tell (paths <c>title</c>, <c>service</c>, <c>severity</c>).</summary>
    Task<Result<ActionOutcome>> Declare(Declaration declaration, Actor actor, CancellationToken cancellationToken);

    /// <summary>Changes how bad it is; who is paged for it stays as the policy's snapshot says. A resolved incident answers a conflict.</summary>
    Task<Result<ActionOutcome>> SetSeverity(Guid incident, Severity severity, Actor actor, CancellationToken cancellationToken);

    /// <summary>Asks one more person to join: a page by their own rules while the incident is triggered, a notice while somebody has it. Resolved: a conflict.</summary>
    Task<Result<Asked>> Ask(Guid incident, string person, Actor actor, string link, CancellationToken cancellationToken);
}
