using Incidents.Contracts.Messages;
using Incidents.Paging.Data;
using Incidents.Paging.Notices;
using Incidents.Paging.Model;
using Incidents.Persistence.Incidents;
using Incidents.Persistence.Messages;
using Incidents.Persistence.Transactions;

namespace Incidents.Paging.Pipeline;

/// <summary>The endpoint <c>paging</c>: pages are requested and stopped. All messages of a batch share one transaction and a few statements.</summary>
internal sealed class PagingConsumer(PageCreation creation, PageStopping stopping, NoticeCreation notices, Pump pump, Dialect dialect, PagingMetrics metrics) : IEndpointConsumer
{
    /// <summary>
    /// Requests before stops, whatever their order: the incident's own row says which episode is wanted, so a request that was stopped
    /// meanwhile is dropped, and a stop never touches a later episode.
    /// </summary>
    public async Task Consume(IReadOnlyList<Received> messages, Work work, CancellationToken cancellationToken)
    {
        var requests = messages.Select(m => m.Message).OfType<PageRequested>().ToList();
        var stops = messages.Select(m => m.Message).OfType<PagingStopped>().ToList();
        if (requests.Count > 0)
            await creation.Create(requests, work, cancellationToken);
        if (stops.Count > 0)
            await stopping.Stop(stops, work, cancellationToken);
        var told = messages.Select(m => m.Message).OfType<NoticeRequested>().ToList();
        if (told.Count > 0)
            await notices.Create(told, work, cancellationToken);
        if (messages.Any(m => m.Message is AttemptDue))
            work.AfterCommit(pump.Wake);
    }

    /// <summary>A page that fails again and again inside must not be silent: its people count as nobody, so that the next level starts.</summary>
    public Task Parked(Received message, string error, Work work, CancellationToken cancellationToken)
    {
        var story = new Story(dialect);
        if (message.Message is PageRequested request)
        {
            metrics.Error(Reason.PageLost);
            foreach (var person in request.People)
            {
                work.Send(new PersonUnreachable(request.Incident, request.Step, person, Reason.PageLost.Wire()));
                story.Add(request.Incident, request.Number, TimelineKinds.PageFailed, work.Now, $"{person} could not be paged: {Reason.PageLost.Say()} ({error})", person, level: request.Level);
            }
        }
        story.Write(work);
        return Task.CompletedTask;
    }
}
