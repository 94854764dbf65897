using Incidents.Contracts.Seams;
using Incidents.Paging.Model;
using Incidents.Persistence.Storage;
using Microsoft.EntityFrameworkCore;

namespace Incidents.Paging.Data;

/// <inheritdoc cref="IPagedPeople"/>
internal sealed class PagedPeople(Database database) : IPagedPeople
{
    public async Task<IReadOnlySet<Guid>> PagedFor(string person, IReadOnlyCollection<Guid> incidents, CancellationToken cancellationToken)
    {
        await using var db = database.CreateContext();
        return (await db.Set<Page>().AsNoTracking().Where(p => incidents.Contains(p.Incident) && p.Person == person).Select(p => p.Incident).Distinct().ToListAsync(cancellationToken)).ToHashSet();
    }
}
