namespace Incidents.Contracts.Seams;

/// <summary>
/// What became of one accepted alert. <paramref name="Outcome"/>: opened, joined, repeat, recorded, reopened, resolved, resolvedUnknown, late, dropped, heartbeat or parked.
/// <paramref name="Incident"/>: the one that it opened, joined or resolved. <paramref name="Rule"/>: the triage rule that decided, if one did.
/// </summary>
public sealed record AlertOutcome(string Outcome, long? Incident, string? Rule);

/// <summary>Remembers for some days what became of alerts that were marked <see cref="Messages.AlertAccepted.Followed"/>. Implemented by Triage.</summary>
public interface IAlertOutcomes
{
    /// <summary>By the id of the accepted alert; one that triage has not taken yet is not in it.</summary>
    Task<IReadOnlyDictionary<Guid, AlertOutcome>> Of(IReadOnlyCollection<Guid> alerts, CancellationToken cancellationToken);
}
