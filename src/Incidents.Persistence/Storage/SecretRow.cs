using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;

namespace Incidents.Persistence.Storage;

/// <summary>A secret that all processes of an installation share and nobody configured, made once.</summary>
internal sealed class SecretRow
{
    public string Name { get; set; } = "";
    public string Value { get; set; } = "";

    public static void Configure(ModelBuilder model, Modelling modelling)
    {
        var e = model.Entity<SecretRow>();
        modelling.Table(e, "platform", "secrets");
        e.HasKey(x => x.Name);
        e.Property(x => x.Name).HasMaxLength(100);
        e.Property(x => x.Value).HasMaxLength(200);
    }
}

public static class SharedSecrets
{
    /// <summary>The secret of that name; the first process to ask makes it (256 random bits, base64), the others get the same.</summary>
    public static async Task<string> SharedSecret(this Database database, string name, CancellationToken cancellationToken)
    {
        using var gate = await database.EnterWrite(cancellationToken);
        await using var db = database.CreateContext();
        var table = database.Table("platform", "secrets");
        var made = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
#pragma warning disable EF1002 // The table's name is ours.
        await db.Database.ExecuteSqlRawAsync($"insert into {table} (name, value) values ({{0}}, {{1}}) on conflict do nothing", [name, made], cancellationToken);
#pragma warning restore EF1002
        return await db.Set<SecretRow>().Where(s => s.Name == name).Select(s => s.Value).SingleAsync(cancellationToken);
    }
}
