using System.Text.Json.Nodes;
using Incidents.Contracts.Organisation;
using Incidents.Kernel;
using NodaTime;

namespace Incidents.Contracts.Seams;

/// <summary>
/// One change to the organisation by somebody: items to put and items to delete, in the shapes of the configuration document.
/// <see cref="Body"/>: <c>{schedules: [{…}], overrides: [{…}], delete: {schedules: [name], overrides: [id]}}</c>; a listed item is put whole, what is not
/// listed stays. <see cref="Effective"/>: from when changed schedules hold (null: now). <see cref="IfVersion"/>: refuse unless the organisation is at it.
/// <see cref="Waiver"/>: why breaches of enforced limits are accepted; kept in the audit. <see cref="AnyTeam"/>: the teams that the actor's rights are for
/// are not asked about; only for what the caller has found to be the actor's own, or theirs to decide, and for drafts that nothing comes of.
/// </summary>
public sealed record OrganisationEdit(JsonObject Body, Actor Actor, Instant? Effective = null, long? IfVersion = null, string? Waiver = null, bool AnyTeam = false);

/// <summary><see cref="Version"/> after the edit. <see cref="Changes"/>: what was done, as <c>kind name: action</c> facts.</summary>
public sealed record EditOutcome(long Version, IReadOnlyList<EditChange> Changes);

/// <summary><paramref name="Action"/>: create, update or delete. <paramref name="Id"/>: the identity that lasts through renames.</summary>
public sealed record EditChange(string Kind, string Name, string Action, Guid Id);

/// <summary>Edits parts of the organisation with the checks of a whole document. Implemented by Configuration.</summary>
public interface IOrganisationEditor
{
    /// <summary>In a transaction of its own; in force in this process before it answers, in others within a second.</summary>
    Task<Result<EditOutcome>> Edit(OrganisationEdit edit, CancellationToken cancellationToken);

    /// <summary>In the caller's transaction (a <c>Work</c>): nothing is in force before it commits, and a failed result means that the caller must roll back.</summary>
    Task<Result<EditOutcome>> EditWithin(object work, OrganisationEdit edit, CancellationToken cancellationToken);

    /// <summary>The organisation as it would be after the edit, checked in the same way but for limits; changes nothing.</summary>
    Task<Result<OrganisationSnapshot>> Draft(OrganisationEdit edit, CancellationToken cancellationToken);
}

/// <summary>
/// Asked before any change of the organisation commits, by document or by edit; a fault refuses it. Implemented by Scheduling (staffing limits that a pool
/// enforces); a breach that was there before the change is not held against it.
/// </summary>
public interface IOrganisationGuard
{
    /// <summary>Faults by path of the document (<c>schedules[payments]</c>). Pure over the two snapshots and the clock; at most a second for an organisation of 1,000 schedules.</summary>
    ValueTask<IReadOnlyList<Fault>> Check(OrganisationSnapshot before, OrganisationSnapshot after, Instant now, CancellationToken cancellationToken);
}
