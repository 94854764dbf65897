using System.Text;
using Incidents.Contracts.Messages;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Paging.Channels;
using Incidents.Paging.Data;
using Incidents.Paging.Model;
using Incidents.Persistence.Transactions;
using NodaTime;

namespace Incidents.Paging.Notices;

/// <summary>Turns requests into rows, one per (person, kind, key) for ever: what is asked twice is told once.</summary>
internal sealed class NoticeCreation(IOrganisation organisation, ChannelCatalogue channels, Dialect dialect, NoticePump pump, PagingMetrics metrics)
{
    public async Task Create(IReadOnlyList<NoticeRequested> requests, Work work, CancellationToken cancellationToken)
    {
        var known = await organisation.AtLeast(await work.OrganisationVersion(cancellationToken), cancellationToken);
        var rows = dialect.Rows();
        foreach (var r in requests.DistinctBy(r => (r.Person, r.Kind, r.Key)))
            Row(rows, r, known.People.GetValueOrDefault(r.Person), work.Now);
        var inserted = await dialect.Command(work, $"insert into {dialect.Notices} ({rows.Columns}) select x.* from {rows.As("x")} where true order by x.person, x.kind, x.key on conflict (person, kind, key) do nothing returning state")
            .With("@rows", rows).Read(r => Enum.Parse<NoticeState>(r.GetString(0)), cancellationToken);
        foreach (var state in inserted)
            metrics.Notice(state);
        if (inserted.Contains(NoticeState.Queued))
            work.AfterCommit(pump.Wake);
    }

    private void Row(RowSet rows, NoticeRequested r, Person? person, Instant now)
    {
        var contact = person is null ? null : r.Email is { } email ? Mailed(email) : Quietest(person, channels);
        var reason = person is null ? Reason.UnknownPerson : contact is null ? Reason.NoChannel : Reason.None;
        var failed = reason != Reason.None;
        rows.Row().Id("id", Guid.CreateVersion7(now.ToDateTimeOffset())).Text("person", r.Person).Text("kind", r.Kind).Text("key", r.Key)
            .Text("subject", Wording.Cut(r.Subject, 200)).Text("text", Shorten(r.Text, Notice.LongestText)).Text("link", r.Link)
            .Text("state", failed ? NoticeState.Failed : NoticeState.Queued).Text("reason", reason)
            .Text("channel", contact?.Kind.ToString()).Text("contact", contact?.Name).Text("address", contact?.Address)
            .At("next_at", failed ? null : now).Flag("in_hand", false).Int("claims", 0).Int("tries", 0).Int("vendor_rank", 0)
            .At("created_at", now).At("done_at", failed ? now : null);
        if (failed)
            metrics.Error(reason);
    }

    private Contact? Mailed(string email) => channels.Of(ContactKind.Email) is null ? null : new Contact("e-mail", ContactKind.Email, email);

    /// <summary>The contact over which a notice disturbs least, of those that have a channel here; the person's own order decides between equals.</summary>
    public static Contact? Quietest(Person person, ChannelCatalogue channels) => person.Contacts
        .Select(c => (Contact: c, Loudness: channels.Of(c.Kind)?.Descriptor.Loudness))
        .Where(c => c.Loudness is not null)
        .OrderBy(c => c.Loudness)
        .Select(c => c.Contact)
        .FirstOrDefault();

    /// <summary>Keeps line ends; what does not fit is cut at a line where there is one near.</summary>
    private static string Shorten(string text, int longest)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (c == '\n' || !char.IsControl(c))
                clean.Append(c);
        }
        var line = clean.ToString().TrimEnd();
        if (line.Length <= longest)
            return line;
        var end = line.LastIndexOf('\n', longest - 2);
        if (end < longest / 2)
            end = longest - 2;
        if (char.IsHighSurrogate(line[end - 1]))
            end--;
        return line[..end] + "\n…";
    }
}
