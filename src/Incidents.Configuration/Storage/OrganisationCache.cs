using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Persistence.Storage;

namespace Incidents.Configuration.Storage;

/// <summary>A snapshot with the rows that it was made of.</summary>
internal sealed record LoadedOrganisation(OrganisationSnapshot Snapshot, ItemIndex Items)
{
    public static LoadedOrganisation Empty { get; } = new(OrganisationSnapshot.Empty, new ItemIndex([]));

    public long Version => Snapshot.Version;
}

/// <summary>The whole organisation in memory. Readers never wait; one load at a time; a snapshot never goes back.</summary>
internal sealed class OrganisationCache(Database database) : IOrganisation, IDisposable
{
    private readonly SemaphoreSlim loading = new(1, 1);
    private volatile LoadedOrganisation loaded = LoadedOrganisation.Empty;

    public OrganisationSnapshot Current => loaded.Snapshot;

    /// <summary>The snapshot together with its rows.</summary>
    public LoadedOrganisation Loaded => loaded;

    public async ValueTask<OrganisationSnapshot> Fresh(CancellationToken cancellationToken) => (await FreshRows(cancellationToken)).Snapshot;

    /// <summary>As <see cref="Fresh"/>, with its rows.</summary>
    public async ValueTask<LoadedOrganisation> FreshRows(CancellationToken cancellationToken)
    {
        await using var db = database.CreateContext();
        var version = await ItemStore.Version(db, cancellationToken);
        return loaded is { } cached && cached.Version >= version ? cached : await Load(version, cancellationToken);
    }

    public ValueTask<OrganisationSnapshot> AtLeast(long version, CancellationToken cancellationToken)
        => loaded is { } cached && cached.Version >= version ? new(cached.Snapshot) : new(LoadSnapshot(version, cancellationToken));

    private async Task<OrganisationSnapshot> LoadSnapshot(long version, CancellationToken cancellationToken) => (await Load(version, cancellationToken)).Snapshot;

    private async Task<LoadedOrganisation> Load(long version, CancellationToken cancellationToken)
    {
        await loading.WaitAsync(cancellationToken);
        try
        {
            if (loaded.Version < version)
                loaded = await Read(cancellationToken);
            return loaded;
        }
        finally
        {
            loading.Release();
        }
    }

    private async Task<LoadedOrganisation> Read(CancellationToken cancellationToken)
    {
        await using var db = database.CreateContext();
        var stored = await ItemStore.Load(db, cancellationToken);
        return new LoadedOrganisation(stored.Snapshot(), new ItemIndex(stored.Rows));
    }

    public void Dispose() => loading.Dispose();
}
