using Incidents.Persistence.Incidents;
using Incidents.Persistence.Transactions;

namespace Incidents.Paging.Data;

/// <summary>What paging must know of an incident while it holds its lock.</summary>
internal sealed record IncidentFacts(Guid Id, IncidentStatus Status, int Episode)
{
    /// <summary>Is a page of this episode still wanted? The answer holds until the transaction that asked ends.</summary>
    public bool Wants(int episode) => Status == IncidentStatus.Triggered && Episode == episode;
}

/// <summary>
/// The incident's row lock, which acknowledging takes too: after an acknowledge commits nothing is claimed any more.
/// Reads three columns only; the row itself can be large.
/// </summary>
internal sealed class IncidentLocks(Dialect dialect)
{
    /// <summary>Waits for each, in the order of their numbers, as everybody does.</summary>
    public Task<Dictionary<Guid, IncidentFacts>> Lock(Work work, IEnumerable<Guid> ids, CancellationToken cancellationToken) => Take(work, ids, "", cancellationToken);

    /// <summary>Passes over those that somebody else holds right now; they are absent in the answer.</summary>
    public Task<Dictionary<Guid, IncidentFacts>> LockFree(Work work, IEnumerable<Guid> ids, CancellationToken cancellationToken) => Take(work, ids, "skip locked", cancellationToken);

    private async Task<Dictionary<Guid, IncidentFacts>> Take(Work work, IEnumerable<Guid> ids, string how, CancellationToken cancellationToken)
    {
        var facts = await dialect.Command(work, $"select id, status, episode from {dialect.Incidents} where id {dialect.In("@ids")} order by number{dialect.ForUpdate(how)}")
            .With("@ids", ids)
            .Read(r => new IncidentFacts(r.GetGuid(0), Enum.Parse<IncidentStatus>(r.GetString(1)), r.GetInt32(2)), cancellationToken);
        work.Locked();
        return facts.ToDictionary(f => f.Id);
    }
}
