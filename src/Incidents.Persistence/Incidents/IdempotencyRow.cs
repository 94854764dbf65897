using System.Security.Cryptography;
using Incidents.Kernel;
using Incidents.Persistence.Transactions;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Incidents.Persistence.Incidents;

/// <summary>What was answered under an <c>Idempotency-Key</c>, kept 24 h per key and path, written in the transaction of the work itself.</summary>
public sealed class IdempotencyRow
{
    public string Key { get; set; } = "";
    public string Path { get; set; } = "";
    public string BodyHash { get; set; } = "";
    public string Answer { get; set; } = "";
    public Instant At { get; set; }

    internal static void Configure(ModelBuilder model, Modelling modelling)
    {
        var e = model.Entity<IdempotencyRow>();
        modelling.Table(e, "platform", "idempotency");
        e.HasKey(x => new { x.Key, x.Path });
        e.Property(x => x.Key).HasMaxLength(200);
        e.Property(x => x.Path).HasMaxLength(300);
        e.Property(x => x.BodyHash).HasMaxLength(64);
        e.HasIndex(x => x.At);
    }
}

/// <summary>Runs work once per key and path. Two requests at once: the second fails on the key, is redone, and finds the first one's answer.</summary>
public static class Idempotency
{
    private static readonly Duration Kept = Duration.FromHours(24);

    public static async Task<Result<string>> Once(Work work, string? key, string path, ReadOnlyMemory<byte> body, Func<Task<Result<string>>> run, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(key))
            return await run();
        if (key.Length > 200)
            return Error.Invalid("Idempotency-Key", "At most 200 characters.");
        var hash = Convert.ToHexString(SHA256.HashData(body.Span));
        if (!work.Db.IsSqlite)
            await work.Db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({path + "\n" + key}, 7))", cancellationToken);
        var known = await work.Db.Set<IdempotencyRow>().SingleOrDefaultAsync(r => r.Key == key && r.Path == path, cancellationToken);
        if (known is not null && known.At + Kept > work.Now)
        {
            return known.BodyHash == hash
                ? known.Answer
                : Error.Invalid("Idempotency-Key", "This key was used with another body within the last 24 hours.");
        }
        var answer = await run();
        if (!answer.IsOk)
            return answer;
        if (known is null)
            work.Db.Add(known = new IdempotencyRow { Key = key, Path = path });
        known.BodyHash = hash;
        known.Answer = answer.Value;
        known.At = work.Now;
        return answer;
    }
}
