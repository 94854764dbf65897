using Incidents.Contracts.Messages;
using Incidents.Contracts.Organisation;
using Incidents.Contracts.Seams;
using Incidents.Paging.Channels;
using Incidents.Paging.Contacts;
using Incidents.Paging.Data;
using Incidents.Paging.Model;
using Incidents.Paging.QuietHours;
using Incidents.Paging.Rules;
using Incidents.Paging.Vendors;
using Incidents.Paging.Vendors.Usage;
using Incidents.Persistence.Incidents;
using Incidents.Persistence.Transactions;
using NodaTime;

namespace Incidents.Paging.Pipeline;

/// <summary>
/// Turns requests into pages and attempts, many at once. Attempts that are due now are claimed in the same transaction while the vendor's
/// rate and this process have room: that saves a commit between the request and the ring.
/// </summary>
internal sealed class PageCreation(Dialect dialect, IOrganisation organisation, IncidentLocks incidents, PageTable pages, LineTable lines, BurstTable bursts, Bundling bundling, ChannelCatalogue channels, VendorQueues queues, UsageWatch usage, Pump pump, Leases leases, PagingMetrics metrics)
{
    private sealed record Draft(Page Page, List<Attempt> Attempts);

    public async Task Create(IReadOnlyList<PageRequested> requests, Work work, CancellationToken cancellationToken)
    {
        var known = await organisation.AtLeast(await work.OrganisationVersion(cancellationToken), cancellationToken);
        var locked = await incidents.Lock(work, requests.Select(r => r.Incident).Distinct(), cancellationToken);
        var wanted = requests.Where(r => locked.TryGetValue(r.Incident, out var incident) && incident.Wants(r.Episode))
            .SelectMany(r => r.People.Distinct(StringComparer.Ordinal).Select(person => (Request: r, Person: person)))
            .GroupBy(x => (x.Request.Incident, x.Person))
            .Select(g => g.MaxBy(x => x.Request.Step))
            .Select(x => New(x.Request, x.Person, work.Now)).ToList();
        if (wanted.Count == 0)
            return;

        // A newer page of the same person takes the place of the older one; an older one that comes late is dropped.
        var (restarted, opened) = await pages.Replace(work, wanted, cancellationToken);
        metrics.Page("restarted", restarted);
        var drafts = wanted.Where(p => opened.Contains(p.Id)).Select(p => new Draft(p, Plan(p, known, work.Now))).ToList();
        if (drafts.Count == 0)
            return;
        metrics.Page("opened", drafts.Count);

        var story = new Story(dialect);
        await TellUnreachable(drafts, known, story, work, cancellationToken);
        TellDelayed(drafts, known, story, work.Now);
        var claimed = await ClaimNow(drafts, story, work, cancellationToken);
        pages.InsertAttempts(work, drafts.SelectMany(d => d.Attempts));
        foreach (var d in drafts)
            story.Touch(d.Page.Incident, d.Page.Number);
        story.Write(work);

        var left = drafts.SelectMany(d => d.Attempts).Where(a => a.State == AttemptState.Waiting && a.DueAt <= work.Now)
            .GroupBy(a => a.Vendor, StringComparer.Ordinal).Select(g => (Queue: queues.Of(g.Key), First: g.Select(a => new Place(a.Urgency, a.PoolRank)).MinBy(p => p.Order))).ToList();
        work.AfterCommit(() =>
        {
            pump.Send(claimed);
            foreach (var (queue, first) in left)
                queue?.Left(first);
            if (left.Count > 0)
                pump.Wake();
        });
    }

    private static Page New(PageRequested r, string person, Instant now) => new()
    {
        Id = Guid.CreateVersion7(now.ToDateTimeOffset()),
        Incident = r.Incident,
        Number = r.Number,
        Person = person,
        Episode = r.Episode,
        Step = r.Step,
        Level = r.Level,
        Pass = r.Pass,
        High = r.High,
        PoolRank = r.PoolRank,
        State = PageState.Open,
        Title = Wording.Cut(r.Title, 1000),
        Service = r.Service,
        Severity = r.Severity,
        CreatedAt = now,
    };

    /// <summary>A contact whose kind has no channel here stands in the log as failed at once: passed over, but seen.</summary>
    private List<Attempt> Plan(Page page, OrganisationSnapshot known, Instant now)
    {
        if (!known.People.TryGetValue(page.Person, out var person))
            return [];
        var quiet = QuietTime.Of(person, known);
        return [.. usage.Affordable(PersonalRules.Plan(person, page.High), person, page.High).Select(p =>
        {
            var usable = channels.Of(p.Channel) is not null;
            var attempt = page.Attempt(Guid.CreateVersion7(now.ToDateTimeOffset()), p.Contact, p.Channel, p.Address, p.Ordinal, PersonalRules.Due(p, page.High, quiet, now), now);
            attempt.Vendor = queues.First(p.Channel);
            if (!usable)
            {
                attempt.State = AttemptState.Failed;
                attempt.Reason = Reason.NoChannel;
                attempt.NextAt = null;
                attempt.DoneAt = now;
                metrics.Error(Reason.NoChannel);
            }
            return attempt;
        })];
    }

    /// <summary>A page of low urgency that finds its person in quiet hours says so; the escalation goes on meanwhile.</summary>
    private static void TellDelayed(List<Draft> drafts, OrganisationSnapshot known, Story story, Instant now)
    {
        foreach (var (page, attempts) in drafts.Where(d => !d.Page.High).Select(d => (d.Page, d.Attempts)))
        {
            var first = attempts.Where(a => a.State == AttemptState.Waiting).MinBy(a => a.DueAt);
            if (first is not null && known.People.GetValueOrDefault(page.Person) is { } person && QuietTime.Of(person, known) is { } quiet && quiet.EndOf(now) is { } end && first.DueAt >= end)
                story.Add(page.Incident, page.Number, TimelineKinds.PageDelayed, now, $"The page of {page.Person} waits until {quiet.Local(end)}, quiet hours of {person.Name}", page.Person, level: page.Level);
        }
    }

    private async Task TellUnreachable(List<Draft> drafts, OrganisationSnapshot known, Story story, Work work, CancellationToken cancellationToken)
    {
        var nobody = drafts.Where(d => d.Attempts.TrueForAll(a => a.State == AttemptState.Failed)).ToList();
        foreach (var (page, attempts) in nobody.Select(d => (d.Page, d.Attempts)))
        {
            var reason = !known.People.ContainsKey(page.Person) ? Reason.UnknownPerson : attempts.Count == 0 ? Reason.NoContact : Reason.NoChannel;
            metrics.Error(reason);
            LeadNotices.Tell(work, known, page.Person, page.Number);
            work.Send(new PersonUnreachable(page.Incident, page.Step, page.Person, reason.Wire()));
            story.Add(page.Incident, page.Number, TimelineKinds.PageFailed, work.Now, $"{page.Person} could not be paged: {reason.Say()}", page.Person, level: page.Level);
        }
        if (nobody.Count == 0)
            return;
        metrics.Page("unreachable", nobody.Count);
        await pages.MarkUnreachable(work, [.. nobody.Select(d => d.Page.Id)], cancellationToken);
    }

    private async Task<List<Claimed>> ClaimNow(List<Draft> drafts, Story story, Work work, CancellationToken cancellationToken)
    {
        var due = drafts.SelectMany(d => d.Attempts.Select(a => (d.Page, Attempt: a))).Where(x => x.Attempt.State == AttemptState.Waiting && x.Attempt.DueAt <= work.Now).ToList();
        var joining = due.Where(x => bundling.Applies(x.Attempt)).ToLookup(x => Contact(x.Attempt));
        var held = await bursts.Held(work, joining.Select(j => j.Key), cancellationToken);
        foreach (var (contact, until) in held)
            Hold(joining[contact], until, story, work.Now);

        // Of those that go in one message one stands for all.
        var going = new List<(Page Page, Attempt Attempt)>();
        foreach (var waiting in due.Where(x => !bundling.Applies(x.Attempt)).Concat(joining.Where(j => !held.ContainsKey(j.Key)).Select(j => j.First()))
            .GroupBy(x => x.Attempt.Vendor, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            if (queues.Of(waiting.Key) is not { } queue)
                continue;
            var admitted = Admitted(waiting, queue);
            going.AddRange(admitted.Take(await queue.Budget.Take(admitted.Count, cancellationToken)));
        }
        var opened = await Open(going, joining, story, work, cancellationToken);
        var engaged = await lines.Engage(work, going.Where(x => OneAtATime(x.Attempt)).Select(x => (x.Attempt.Address, x.Attempt.Id)), cancellationToken);
        return [.. going.Where(x => OneAtATime(x.Attempt) ? engaged.Contains(x.Attempt.Id) : !bundling.Applies(x.Attempt) || opened.Contains(Contact(x.Attempt))).Select(x => Claim(x.Page, x.Attempt, work.Now))];
    }

    /// <summary>The first of a burst goes at once; those that came with it wait for the burst's end, as what comes later does.</summary>
    private async Task<HashSet<Reach>> Open(List<(Page Page, Attempt Attempt)> going, ILookup<Reach, (Page Page, Attempt Attempt)> joining, Story story, Work work, CancellationToken cancellationToken)
    {
        var first = going.Where(x => bundling.Applies(x.Attempt)).ToDictionary(x => Contact(x.Attempt), x => x.Attempt);
        if (first.Count == 0)
            return [];
        var opened = await bursts.Engage(work, first.Keys, work.Now + bundling.Window, cancellationToken);
        foreach (var contact in opened)
            Hold(joining[contact].Where(x => x.Attempt != first[contact]), work.Now + bundling.Window, story, work.Now);
        if (opened.Count < first.Count)
        {
            // Another process was first.
            foreach (var (contact, until) in await bursts.Held(work, first.Keys.Except(opened), cancellationToken))
                Hold(joining[contact], until, story, work.Now);
        }
        return opened;
    }

    private void Hold(IEnumerable<(Page Page, Attempt Attempt)> waiting, Instant until, Story story, Instant now)
    {
        foreach (var (page, attempt) in waiting)
        {
            (attempt.DueAt, attempt.NextAt, attempt.Reason) = (until, until, Reason.Bundled);
            bundling.Tell(story, page.Incident, page.Number, page.Person, attempt.Channel, attempt.Id, until, now);
        }
    }

    private static Reach Contact(Attempt a) => new(a.Channel, a.Address);

    private bool OneAtATime(Attempt a) => channels.Of(a.Channel)!.Descriptor.OneAtATime;

    /// <summary>What of this may go now: most urgent first, as many as there is room for each place.</summary>
    private List<(Page Page, Attempt Attempt)> Admitted(IEnumerable<(Page Page, Attempt Attempt)> waiting, VendorQueue queue)
    {
        var admitted = new List<(Page, Attempt)>();
        foreach (var place in waiting.GroupBy(x => new Place(x.Attempt.Urgency, x.Attempt.PoolRank)).OrderBy(g => g.Key.Order))
            admitted.AddRange(place.OrderBy(x => x.Attempt.Ordinal).Take(pump.Room(queue, place.Key) - admitted.Count));
        return admitted;
    }

    private Claimed Claim(Page page, Attempt attempt, Instant now)
    {
        attempt.State = AttemptState.Sending;
        attempt.Claims = 1;
        attempt.FirstClaimAt = now;
        attempt.NextAt = now + leases.Length;
        return new Claimed(page.Dispatch(attempt), attempt.Channel, AttemptKind.Page, 1, attempt.NextAt.Value, now, 0, LookFirst: false, Wanted: true)
        {
            Vendor = attempt.Vendor,
            Urgency = attempt.Urgency,
        };
    }
}
