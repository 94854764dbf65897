using System.Text.Json;
using System.Text.RegularExpressions;
using Incidents.Contracts.Organisation;
using Incidents.Paging.Channels.Slack.Board;
using Incidents.Paging.Channels.Slack.Commands;
using Incidents.Paging.Channels.Slack.Kit;
using Incidents.Paging.Channels.Slack.People;
using Incidents.Paging.Channels.Slack.Wire;
using Incidents.Contracts.Seams;
using Incidents.Persistence.Incidents;
using Incidents.Persistence.Transactions;
using Microsoft.Extensions.Options;

namespace Incidents.Paging.Channels.Slack;

/// <summary>
/// A chosen emoji puts a message onto an incident's timeline, once, whoever reacts and however often Slack tells of it: what was pinned is written in the
/// transaction of the note. A message belongs to the incident whose own channel it is in, in whose thread it stands, or whose number (#42) it names.
/// </summary>
internal sealed partial class PinnedMessages(SlackApi api, SlackPeople people, BoardStore board, FactsReader facts, SeenStore seen, IIncidentRights rights, WorkRunner works, IOptions<SlackOptions> options)
{
    private const int LongestText = 3000;

    public async Task Pin(JsonElement reaction, CancellationToken cancellationToken)
    {
        if (reaction.Text("reaction") != options.Value.PinEmoji || reaction.Text("item", "type") != "message")
            return;
        if (reaction.Text("item", "channel") is not { } channel || reaction.Text("item", "ts") is not { } ts || reaction.Text("user") is not { } user)
            return;
        var (message, reply) = await api.Message(channel, ts, cancellationToken);
        if (message is null && !reply.Ok && !reply.Permanent)
            throw new HttpRequestException($"Slack could not be asked for a message: {reply.Reason}");
        if (message is not { } found || await Incident(channel, found, cancellationToken) is not { } incident)
            return;
        if (await people.Of(user, cancellationToken) is not { } person || person.Role < Role.Responder)
        {
            await api.Whisper(channel, user, "To pin messages you need to be known to Incidents, with the role responder.", cancellationToken);
            return;
        }
        if (!await rights.Within(person.Login, incident.Id, cancellationToken))
        {
            await api.Whisper(channel, user, $"Incident {incident.Number} is of a team that your rights are not for.", cancellationToken);
            return;
        }
        var author = found.Text("user") is { } by ? await Author(by, cancellationToken) : "An app";
        var link = (await api.Permalink(channel, ts, cancellationToken)).Text("permalink");
        var text = $"{author} in Slack: {Plain(found.Text("text") ?? "")}{(link is null ? "" : $" {link}")}";
        var written = await works.Run(async work =>
        {
            if (!await seen.First(work, $"pin/{channel}/{ts}", cancellationToken))
                return false;
            work.Db.Timeline.Add(new TimelineEntry { Incident = incident.Number, At = work.Now, Kind = TimelineKinds.Note, Actor = person.Login, Via = "slack", Text = text });
            work.Announce("incident", new { id = incident.Id, number = incident.Number });
            return true;
        }, cancellationToken);
        if (written)
            await api.Whisper(channel, user, $":pushpin: Pinned onto the timeline of incident {incident.Number}.", cancellationToken);
    }

    private async Task<IncidentFacts?> Incident(string channel, JsonElement message, CancellationToken cancellationToken)
    {
        if (await board.About(channel, message.Text("thread_ts"), cancellationToken) is { } row)
            return await facts.Of(row.Incident, cancellationToken);
        return message.Text("bot_id") is null && await board.Announces(channel, cancellationToken)
            && Named().Match(message.Text("text") ?? "") is { Success: true } named && CommandWords.Number(named.Value) is { } number
            ? await facts.Of(number, cancellationToken)
            : null;
    }

    private async Task<string> Author(string user, CancellationToken cancellationToken)
        => (await people.Of(user, cancellationToken))?.Name ?? (await api.User(user, cancellationToken)).Text("user", "real_name") ?? "Somebody";

    private static string Plain(string text)
    {
        var plain = text.Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal).Replace("&amp;", "&", StringComparison.Ordinal);
        return plain.Length <= LongestText ? plain : plain[..LongestText] + "…";
    }

    [GeneratedRegex(@"#\d{1,12}\b", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 200)]
    private static partial Regex Named();
}
