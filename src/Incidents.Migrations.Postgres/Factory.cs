using Incidents.Persistence;
using Incidents.Persistence.Storage;
using Microsoft.EntityFrameworkCore.Design;

namespace Incidents.Migrations.Postgres;

/// <summary>For <c>dotnet ef</c> only; never connects.</summary>
internal sealed class Factory : IDesignTimeDbContextFactory<IncidentsDbContext>
{
    public IncidentsDbContext CreateDbContext(string[] args) => new Database(StorageProvider.Postgres, "Host=127.0.0.1", DesignTimeModel.Parts()).CreateContext();
}
