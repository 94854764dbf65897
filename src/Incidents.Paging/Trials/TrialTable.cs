using Incidents.Contracts.Organisation;
using Incidents.Paging.Channels;
using Incidents.Paging.Data;
using Incidents.Paging.Model;
using Incidents.Paging.Notices;
using Incidents.Persistence.Storage;
using Incidents.Persistence.Transactions;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Incidents.Paging.Trials;

/// <summary>
/// What goes out over one chosen contact to see whether it works: codes and tests. They are notices with a contact of their own, so they have the claims,
/// leases and retries of notices, wait behind pages, and count as what vendors take; unlike other notices they also call.
/// </summary>
internal sealed class TrialTable(Database database, Dialect dialect, NoticePump pump)
{
    public const string CodeKind = "code", TestKind = "test";

    /// <summary>Stands in the text of a notice where its code goes when it is sent.</summary>
    public const string CodePlaceholder = "••••••";

    public static bool Is(string kind) => kind is CodeKind or TestKind;

    /// <summary>One at a time for each person, so that limits hold.</summary>
    public async Task Alone(Work work, string person, CancellationToken cancellationToken)
    {
        if (!dialect.Sqlite)
            await work.Db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({person}, 17))", cancellationToken);
    }

    public Task<int> Count(Work work, string person, string kind, Instant since, CancellationToken cancellationToken)
        => work.Db.Set<Notice>().CountAsync(n => n.Person == person && n.Kind == kind && n.CreatedAt > since, cancellationToken);

    /// <summary>In the caller's transaction; the pump is woken after it.</summary>
    public Notice Add(Work work, string person, Contact contact, string kind, string key, string subject, string text, Instant due)
    {
        var notice = new Notice
        {
            Id = Guid.CreateVersion7(work.Now.ToDateTimeOffset()),
            Person = person,
            Kind = kind,
            Key = key,
            Subject = subject,
            Text = text,
            State = NoticeState.Queued,
            Channel = contact.Kind,
            Contact = contact.Name,
            Address = contact.Address,
            NextAt = due,
            CreatedAt = work.Now,
        };
        work.Db.Add(notice);
        work.AfterCommit(pump.Wake);
        return notice;
    }

    /// <summary>A code or test by its id; null: none.</summary>
    public async Task<Notice?> Find(Guid id, CancellationToken cancellationToken)
    {
        await using var db = database.CreateContext();
        return await db.Set<Notice>().AsNoTracking().SingleOrDefaultAsync(n => n.Id == id && (n.Kind == CodeKind || n.Kind == TestKind), cancellationToken);
    }

    /// <summary>Steps of a test in their order.</summary>
    public async Task<IReadOnlyList<Notice>> Run(string person, Guid run, CancellationToken cancellationToken)
    {
        await using var db = database.CreateContext();
        var prefix = Key(run);
        return await db.Set<Notice>().AsNoTracking().Where(n => n.Person == person && n.Kind == TestKind && n.Key.StartsWith(prefix)).OrderBy(n => n.Key).ToListAsync(cancellationToken);
    }

    /// <summary>Takes back what of a test has not gone out yet.</summary>
    public Task Stop(Work work, string person, string key, CancellationToken cancellationToken)
        => dialect.Command(work,
                $"update {dialect.Notices} set state = 'Canceled', reason = 'Stopped', next_at = null, done_at = @now where person = @person and kind = '{TestKind}' and key like @prefix and state = 'Queued' and in_hand = {dialect.False}")
            .With("@now", work.Now).With("@person", person).With("@prefix", key[..(key.IndexOf('/', StringComparison.Ordinal) + 1)] + "%").Execute(cancellationToken);

    public static string Key(Guid run) => $"{run:N}/";

    public static string Key(Guid run, int step) => Key(run) + step.ToString("D2", System.Globalization.CultureInfo.InvariantCulture);
}
