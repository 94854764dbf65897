using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Persistence.Storage;

namespace Incidents.Configuration.Storage;

/// <summary>The whole organisation in memory. Readers never wait; one load at a time; a snapshot never goes back.</summary>
internal sealed class OrganisationCache(Database database) : IOrganisation, IDisposable
{
    private readonly SemaphoreSlim loading = new(1, 1);
    private volatile OrganisationSnapshot current = OrganisationSnapshot.Empty;

    public OrganisationSnapshot Current => current;

    public async ValueTask<OrganisationSnapshot> Fresh(CancellationToken cancellationToken)
    {
        await using var db = database.CreateContext();
        return await AtLeast(await ItemStore.Version(db, cancellationToken), cancellationToken);
    }

    public ValueTask<OrganisationSnapshot> AtLeast(long version, CancellationToken cancellationToken)
        => current is { } cached && cached.Version >= version ? new(cached) : new(Load(version, cancellationToken));

    private async Task<OrganisationSnapshot> Load(long version, CancellationToken cancellationToken)
    {
        await loading.WaitAsync(cancellationToken);
        try
        {
            if (current.Version < version)
                current = await Read(cancellationToken);
            return current;
        }
        finally
        {
            loading.Release();
        }
    }

    private async Task<OrganisationSnapshot> Read(CancellationToken cancellationToken)
    {
        await using var db = database.CreateContext();
        return (await ItemStore.Load(db, cancellationToken)).Snapshot();
    }

    public void Dispose() => loading.Dispose();
}
