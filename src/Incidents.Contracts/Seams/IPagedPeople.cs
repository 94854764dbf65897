namespace Incidents.Contracts.Seams;

/// <summary>Who has been paged for what. Implemented by Paging.</summary>
public interface IPagedPeople
{
    /// <summary>Those of these incidents that the person was ever paged for, in whatever episode; read beside any transaction of the caller's.</summary>
    Task<IReadOnlySet<Guid>> PagedFor(string person, IReadOnlyCollection<Guid> incidents, CancellationToken cancellationToken);
}
