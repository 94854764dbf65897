using Incidents.Contracts.Organisation;

namespace Incidents.Contracts.Seams;

/// <summary>Read side of the configuration document. Implemented by Configuration, used by every module.</summary>
public interface IOrganisation
{
    /// <summary>What this process has loaded; at most a second behind the database.</summary>
    OrganisationSnapshot Current { get; }

    /// <summary>The snapshot of exactly the database's version now; reloads when the cached one is stale. Throws when the database is away.</summary>
    ValueTask<OrganisationSnapshot> Fresh(CancellationToken cancellationToken);

    /// <summary>
    /// The snapshot of at least <paramref name="version"/>, the version that the caller read in its own transaction
    /// (<c>Work.OrganisationVersion</c>); reloads when the cached one is older.
    /// </summary>
    ValueTask<OrganisationSnapshot> AtLeast(long version, CancellationToken cancellationToken);
}
