using Incidents.Persistence;
using Incidents.Persistence.Storage;
using Microsoft.EntityFrameworkCore.Design;

namespace Incidents.Migrations.Sqlite;

/// <summary>For <c>dotnet ef</c> only; never connects.</summary>
internal sealed class Factory : IDesignTimeDbContextFactory<IncidentsDbContext>
{
    public IncidentsDbContext CreateDbContext(string[] args) => new Database(StorageProvider.Sqlite, "Data Source=:memory:", DesignTimeModel.Parts()).CreateContext();
}
