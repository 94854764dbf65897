using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Paging.Data;
using Incidents.Paging.Model;
using Incidents.Paging.QuietHours;
using Incidents.Persistence.Transactions;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Incidents.Paging.Channels.Voice;

/// <summary>What follows a call that nobody took: the person's next rule at once after a machine, one more call after a while when it was busy or not answered.</summary>
internal sealed class CallSequels(Dialect dialect, PageTable pages, LineTable lines, IOrganisation organisation, IOptions<VoiceOptions> options)
{
    /// <summary>How long the few words to a machine take at most, in case the call's end is never told.</summary>
    private static readonly Duration FewWords = Duration.FromSeconds(20);

    /// <summary>The earliest rules that still wait on these attempts' pages are due now; a number that is still engaged by the call to the machine is waited for.</summary>
    public async Task NextRule(IReadOnlyList<Guid> attempts, Work work, CancellationToken cancellationToken)
    {
        if (attempts.Count == 0)
            return;
        // Low urgency waits for the end of quiet hours, also after a machine.
        var known = organisation.Current;
        var quiet = known.People.Values.Where(p => QuietTime.Of(p, known)?.EndOf(work.Now) is not null).Select(p => p.Login).ToList();
        var command = dialect.Command(work,
                $"update {dialect.Attempts} as a set due_at = @now, next_at = @now where a.kind = 'Page' and a.state = 'Waiting' and a.due_at > @now and a.tries = 0 and a.repetition = 0 " +
                (quiet.Count == 0 ? "" : $"and not (a.urgency = 1 and a.person in ({string.Join(", ", quiet.Select((_, i) => $"@q{i}"))})) ") +
                $"and a.page in (select m.page from {dialect.Attempts} m where m.id {dialect.In("@ids")}) " +
                $"and not exists (select 1 from {dialect.Attempts} b where b.page = a.page and b.kind = 'Page' and b.state = 'Waiting' and b.repetition = 0 and b.due_at < a.due_at)")
            .With("@ids", attempts).With("@now", work.Now);
        for (var i = 0; i < quiet.Count; i++)
            command.With($"@q{i}", quiet[i]);
        await command.Execute(cancellationToken);
        await lines.Shorten(work, attempts, FewWords, cancellationToken);
    }

    /// <summary>One more attempt for each of these, while its page is open and the settings allow it.</summary>
    public async Task Repeat(IReadOnlyList<Guid> attempts, Work work, CancellationToken cancellationToken)
    {
        var most = options.Value.BusyRetries;
        if (attempts.Count == 0 || most == 0)
            return;
        var due = work.Now + Duration.FromTimeSpan(options.Value.BusyRetryDelay);
        var again = await dialect.Command(work,
                "select a.page, a.incident, a.number, a.person, a.contact, a.address, a.ordinal, a.urgency, a.pool_rank, a.repetition, a.service " +
                $"from {dialect.Attempts} a join {dialect.Pages} p on p.id = a.page where a.id {dialect.In("@ids")} " +
                $"and a.kind = 'Page' and a.channel = 'Voice' and a.stop = {dialect.False} and a.repetition < {most} and p.state = 'Open'")
            .With("@ids", attempts)
            .Read(r => new Attempt
            {
                Id = Guid.CreateVersion7(work.Now.ToDateTimeOffset()),
                Page = r.GetGuid(0),
                Incident = r.GetGuid(1),
                Number = r.GetInt64(2),
                Person = r.GetString(3),
                Kind = AttemptKind.Page,
                Contact = r.GetString(4),
                Channel = ContactKind.Voice,
                Address = r.GetString(5),
                Ordinal = r.GetInt32(6),
                Urgency = r.GetInt32(7),
                PoolRank = r.GetInt32(8),
                Repetition = r.GetInt32(9) + 1,
                Service = r.GetString(10),
                DueAt = due,
                State = AttemptState.Waiting,
                NextAt = due,
                CreatedAt = work.Now,
            }, cancellationToken);
        pages.InsertAttempts(work, again);
    }
}
