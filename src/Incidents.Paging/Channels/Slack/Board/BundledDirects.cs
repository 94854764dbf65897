using Incidents.Paging.Channels.Slack.Kit;
using Incidents.Paging.Channels.Slack.Wire;
using Incidents.Paging.Model;
using Incidents.Persistence.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Incidents.Paging.Channels.Slack.Board;

/// <summary>Direct messages that list several incidents: brought up to date when any of them changes.</summary>
internal sealed class BundledDirects(FactsReader facts, SlackApi api, Database database, IOptions<PagingAddresses> addresses)
{
    /// <summary>
    /// Two incidents of one message may change at once, in two processes: whoever wrote looks again, so that the last one to write has written what is.
    /// </summary>
    private const int Looks = 5;

    /// <summary>The vendor's last answer.</summary>
    public async Task<SlackReply> Bring(Guid bundle, string vendorId, string person, (string Conversation, string Ts) place, CancellationToken cancellationToken)
    {
        var message = await Message(bundle, vendorId, person, cancellationToken);
        for (var look = 1; ; look++)
        {
            var reply = await api.Update(place.Conversation, place.Ts, message, cancellationToken);
            if (!reply.Ok || look == Looks)
                return reply;
            var now = await Message(bundle, vendorId, person, cancellationToken);
            if (now.Blocks.ToJsonString() == message.Blocks.ToJsonString())
                return reply;
            message = now;
        }
    }

    private async Task<SlackMessage> Message(Guid bundle, string vendorId, string person, CancellationToken cancellationToken)
    {
        await using var db = database.CreateContext();
        var incidents = await db.Set<Attempt>().AsNoTracking().Where(a => a.Bundle == bundle && a.VendorId == vendorId).Select(a => a.Incident).Distinct().ToListAsync(cancellationToken);
        var first = await db.Incidents.AsNoTracking().Where(i => incidents.Contains(i.Id)).OrderBy(i => i.Number).Select(i => i.Id).Take(IncidentMessage.MostListed).ToListAsync(cancellationToken);
        var listed = new List<IncidentFacts>(first.Count);
        foreach (var id in first)
        {
            if (await facts.Of(id, cancellationToken) is { } found)
                listed.Add(found);
        }
        string Link(long number) => $"{addresses.Value.PublicUrl}/incidents/{number}";
        return listed is [var alone] && incidents.Count == 1 ? IncidentMessage.Page(alone, Link(alone.Number), person) : IncidentMessage.Several(listed, incidents.Count, Link);
    }
}
