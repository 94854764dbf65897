using System.Globalization;
using System.Text;
using Incidents.Paging.Channels.Slack.Kit;
using Incidents.Paging.Channels.Slack.People;
using Incidents.Paging.Channels.Slack.Wire;
using Incidents.Paging.Model;
using Incidents.Persistence.Incidents;
using Microsoft.Extensions.Logging;

namespace Incidents.Paging.Channels.Slack.Board;

/// <summary>A channel per incident: made, named, bookmarked, its responders invited, archived when the incident is resolved.</summary>
internal sealed class Rooms(SlackApi api, SlackPeople people, BoardStore store, ILogger<Rooms> logger)
{
    private const int LongestName = 80;

    // The process knows no cultures, and so no decompositions.
    private const string Accented = "àáâãäåçèéêëìíîïñòóôõöøùúûüýÿšžčřěůąćęłńśźżőűğış";
    private const string Base = "aaaaaaceeeeiiiinoooooouuuuyyszcreuacelnszzougis";

    /// <summary>Null: all is as it should be. Each step is written before the next, so that a crash repeats one at most.</summary>
    public async Task<SlackReply?> Bring(Taken taken, IncidentFacts now, string link, CancellationToken cancellationToken)
    {
        var row = taken.Row;
        if (now.Status == IncidentStatus.Resolved)
        {
            if (row.Room is null || row.RoomStep == RoomStep.Archived)
                return null;
            var closed = await api.Archive(row.Room, cancellationToken);
            return Failed(now, "archive", closed, "already_archived") ?? await Reached(taken, RoomStep.Archived, cancellationToken);
        }
        if (row.RoomStep == RoomStep.Archived)
        {
            // Apps cannot take a channel out of the archive: what breaks again gets another.
            (row.Room, row.RoomStep, row.Invited) = (null, RoomStep.None, "");
        }
        if (row.RoomStep == RoomStep.None)
        {
            var (room, refused) = await Make(now, cancellationToken);
            if (room is null)
                return Failed(now, "create", refused!);
            row.Room = room;
            await Reached(taken, RoomStep.Created, cancellationToken);
        }
        if (row.RoomStep == RoomStep.Created)
        {
            var topic = Wording.Cut($"#{now.Number} {now.Severity.ToString().ToUpperInvariant()} {now.Service}: {now.Title}", 240);
            if (Failed(now, "topic", await api.SetTopic(row.Room!, topic, cancellationToken)) is { } refused)
                return refused;
            await Reached(taken, RoomStep.Topic, cancellationToken);
        }
        if (row.RoomStep == RoomStep.Topic)
        {
            if (Failed(now, "bookmark", await api.Bookmark(row.Room!, $"Incident #{now.Number}", link, cancellationToken), "already_bookmarked") is { } refused)
                return refused;
            await Reached(taken, RoomStep.Ready, cancellationToken);
        }
        return await Invite(taken, now, cancellationToken);
    }

    /// <summary><c>inc-42-checkout-is-slow</c>: what a channel may be called (docs.slack.dev/reference/methods/conversations.create).</summary>
    public static string NameOf(long number, string title, int again = 1)
    {
        var name = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"inc-{number}"));
        var gap = true;
        foreach (var given in title.ToLowerInvariant())
        {
            var c = Accented.IndexOf(given, StringComparison.Ordinal) is >= 0 and var at ? Base[at] : given;
            var fits = char.IsAsciiLetterOrDigit(c);
            if (fits && gap)
                name.Append('-');
            if (fits)
                name.Append(c);
            gap = !fits;
        }
        var suffix = again > 1 ? string.Create(CultureInfo.InvariantCulture, $"-{again}") : "";
        if (name.Length + suffix.Length > LongestName)
            name.Length = LongestName - suffix.Length;
        return name.ToString().TrimEnd('-') + suffix;
    }

    private async Task<(string? Room, SlackReply? Refused)> Make(IncidentFacts now, CancellationToken cancellationToken)
    {
        SlackReply? reply = null;
        for (var again = 1; again <= 5; again++)
        {
            var name = NameOf(now.Number, now.Title, again);
            reply = await api.CreateChannel(name, cancellationToken);
            if (reply.Ok && reply.Text("channel", "id") is { } made)
                return (made, null);
            if (reply.Code != "name_taken")
                return (null, reply);
            // Ours from before a crash, unless it lies in the archive.
            if (await api.ChannelNamed(name, cancellationToken) is { } found)
                return (found, null);
        }
        return (null, reply);
    }

    private async Task<SlackReply?> Invite(Taken taken, IncidentFacts now, CancellationToken cancellationToken)
    {
        var row = taken.Row;
        var invited = row.Invited.Split(',', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
        var wanted = now.Paged.Append(now.AcknowledgedBy).Concat(now.Story.SelectMany(l => new[] { l.Actor, l.Person })).OfType<string>().Distinct(StringComparer.Ordinal);
        var before = invited.Count;
        foreach (var login in wanted)
        {
            if (await people.IdOf(login, cancellationToken) is not { } user || invited.Contains(user))
                continue;
            var reply = await api.Invite(row.Room!, [user], cancellationToken);
            if (!reply.Ok && !reply.Permanent && reply.Code != "already_in_channel")
                return reply;
            invited.Add(user);
        }
        if (invited.Count > before)
            row.Invited = string.Join(',', invited);
        return null;
    }

    private async Task<SlackReply?> Reached(Taken taken, RoomStep step, CancellationToken cancellationToken)
    {
        taken.Row.RoomStep = step;
        await store.Save(taken, cancellationToken);
        return null;
    }

    private SlackReply? Failed(IncidentFacts now, string step, SlackReply reply, string asGood = "")
    {
        if (reply.Ok || reply.Code == asGood)
            return null;
        if (reply.Reason != Reason.RateLimited)
            SlackLog.RoomFailed(logger, now.Number, step, reply.Reason, reply.Code);
        return reply;
    }
}
