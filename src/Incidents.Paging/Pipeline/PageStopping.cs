using Incidents.Contracts.Messages;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Paging.Channels;
using Incidents.Paging.Channels.Sms;
using Incidents.Paging.Channels.Phrases;
using Incidents.Paging.Data;
using Incidents.Paging.Model;
using Incidents.Paging.Rules;
using Incidents.Persistence.Incidents;
using Incidents.Persistence.Transactions;
using NodaTime;

namespace Incidents.Paging.Pipeline;

/// <summary>
/// Somebody has it, or it is over: closes pages, takes back what waits, marks ringing calls for cancellation at the vendor
/// (the row carries that, so it survives whatever is killed) and tells the others who were paged.
/// </summary>
internal sealed class PageStopping(Dialect dialect, IOrganisation organisation, PageTable pages, ChannelCatalogue channels, Pump pump, PagingMetrics metrics)
{
    private sealed record Closed(Guid Incident, long Number, string Person, bool WasSent);

    public async Task Stop(IReadOnlyList<PagingStopped> stops, Work work, CancellationToken cancellationToken)
    {
        var last = stops.GroupBy(s => s.Incident).Select(g => g.MaxBy(s => s.Episode)!).ToDictionary(s => s.Incident);
        var rows = dialect.Rows();
        foreach (var s in last.Values)
            rows.Row().Id("incident", s.Incident).Int("episode", s.Episode);

        var closed = await dialect.Command(work,
                $"update {dialect.Pages} as p set state = 'Closed', closed_at = @now from {rows.As("x")} " +
                "where p.incident = x.incident and p.episode <= x.episode and p.state = 'Open' returning " + dialect.Own("p", "incident"))
            .With("@rows", rows).With("@now", work.Now).Read(r => r.GetGuid(0), cancellationToken);
        metrics.Page("closed", closed.Count);

        // Also attempts of pages that a restart closed before: their calls may still ring.
        var canceled = await dialect.Command(work, Cancel(rows))
            .With("@rows", rows).With("@now", work.Now)
            .Read(r => new Closed(r.GetGuid(0), r.GetInt64(1), r.GetString(2), WasSent: !r.IsDBNull(3)), cancellationToken);

        var story = new Story(dialect);
        foreach (var c in canceled.Where(c => c.WasSent))
            story.Add(c.Incident, c.Number, TimelineKinds.PageCanceled, work.Now, $"The call to {c.Person} is cancelled", c.Person, "voice");
        var told = await Tell(last, [.. closed.Distinct()], work, cancellationToken);
        pages.InsertAttempts(work, told);
        story.Write(work);
        if (told.Count > 0 || canceled.Exists(c => c.WasSent))
            work.AfterCommit(pump.Wake);
    }

    /// <summary>
    /// Waiting: canceled. Ringing (sent, without an end): canceled, and due at once for cancelling at the vendor. Being sent right now: marked,
    /// so that whoever records the outcome cancels it.
    /// </summary>
    private string Cancel(RowSet rows)
    {
        const string Ringing = "(a.state = 'Sent' and a.channel = 'Voice' and a.done_at is null)";
        return $"update {dialect.Attempts} as a set " +
            "state = case when a.state = 'Sending' then a.state else 'Canceled' end, " +
            "reason = case when a.state = 'Sending' then a.reason else 'Stopped' end, " +
            $"next_at = case when a.state = 'Sending' then a.next_at when {Ringing} then @now else null end, " +
            "done_at = case when a.state = 'Sending' then a.done_at else @now end, " +
            $"stop = {dialect.True} " +
            $"from {dialect.Pages} as p, {rows.As("x")} " +
            "where p.incident = x.incident and p.episode <= x.episode and a.page = p.id and a.kind = 'Page' " +
            $"and (a.state in ('Waiting', 'Sending') or {Ringing}) and a.stop = {dialect.False} returning {dialect.Own("a", "incident", "number", "person", "sent_at")}";
    }

    private async Task<List<Attempt>> Tell(Dictionary<Guid, PagingStopped> stops, IReadOnlyList<Guid> closed, Work work, CancellationToken cancellationToken)
    {
        var asked = closed.Where(i => stops[i].By is not null).ToList();
        if (asked.Count == 0 || channels.Of(ContactKind.Sms) is null)
            return [];
        var people = await dialect.Command(work,
                $"select distinct p.incident, p.person, p.episode from {dialect.Pages} p join {dialect.Attempts} a on a.page = p.id " +
                $"where p.incident {dialect.In("@ids")} and a.kind = 'Page' and a.sent_at is not null")
            .With("@ids", asked)
            .Read(r => (Incident: r.GetGuid(0), Person: r.GetString(1), Episode: r.GetInt32(2)), cancellationToken);
        var others = people.Where(p => stops[p.Incident].Episode == p.Episode && !string.Equals(p.Person, stops[p.Incident].By, StringComparison.Ordinal)).ToList();
        if (others.Count == 0)
            return [];

        var facts = await Latest(others, work, cancellationToken);
        var notices = new List<Attempt>(others.Count);
        foreach (var (incident, login, _) in others)
        {
            if (organisation.Current.People.GetValueOrDefault(login) is not { } person || PersonalRules.ForNotices(person) is not { } contact || !facts.TryGetValue((incident, login), out var page))
                continue;
            var notice = page.Attempt(Guid.CreateVersion7(work.Now.ToDateTimeOffset()), contact.Name, contact.Kind, contact.Address, 0, work.Now, work.Now);
            notice.Kind = AttemptKind.Notice;
            // Telling never overtakes waking.
            notice.Urgency = 1;
            notice.Text = Notice(stops[incident], page, login);
            notices.Add(notice);
        }
        return notices;
    }

    private async Task<Dictionary<(Guid, string), Page>> Latest(IReadOnlyList<(Guid Incident, string Person, int Episode)> of, Work work, CancellationToken cancellationToken)
    {
        var found = await dialect.Command(work, $"select id, incident, number, person, step, high, pool_rank, title from {dialect.Pages} where incident {dialect.In("@ids")} order by episode, step")
            .With("@ids", of.Select(o => o.Incident).Distinct())
            .Read(r => new Page { Id = r.GetGuid(0), Incident = r.GetGuid(1), Number = r.GetInt64(2), Person = r.GetString(3), Step = r.GetInt32(4), High = r.GetBoolean(5), PoolRank = r.GetInt32(6), Title = r.GetString(7) }, cancellationToken);
        var latest = new Dictionary<(Guid, string), Page>();
        foreach (var page in found)
            latest[(page.Incident, page.Person)] = page;
        return latest;
    }

    private string Notice(PagingStopped stop, Page page, string login)
    {
        var reader = Listener.Of(organisation, login);
        var (who, number) = (reader.Name(stop.By!), PhoneActions.Plain(page.Number));
        return SmsText.Sentence(page.Title, title => stop.Reason.Contains("resolve", StringComparison.OrdinalIgnoreCase)
            ? reader.Texts.TextResolved(who, number, title)
            : reader.Texts.TextHasIt(who, number, title));
    }
}
